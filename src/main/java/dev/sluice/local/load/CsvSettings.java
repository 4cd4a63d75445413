package dev.sluice.local.load;

import com.google.api.services.bigquery.model.JobConfigurationLoad;
import java.nio.charset.Charset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a CSV file is written.
 *
 * @param quote null if nothing is quoted
 * @param nullMarker what stands for NULL where it is not quoted
 * @param jagged whether rows may end early
 * @param controls whether fields may have control characters that BigQuery refuses else: NUL
 * @param ignoreUnknown whether rows may have more values than there are columns
 */
record CsvSettings(
        long skipLeadingRows,
        char delimiter,
        @Nullable Character quote,
        boolean quotedNewlines,
        String nullMarker,
        boolean jagged,
        boolean controls,
        boolean ignoreUnknown,
        Charset charset) {

    static CsvSettings of(JobConfigurationLoad load) {
        int skip = Objects.requireNonNullElse(load.getSkipLeadingRows(), 0);
        if (skip < 0) {
            throw LoadRefused.invalid("Invalid value for skipLeadingRows: " + skip);
        }
        String quote = Objects.requireNonNullElse(load.getQuote(), "\"");
        if (quote.length() > 1) {
            throw LoadRefused.invalid("Invalid value for quote: it is longer than one character");
        }
        return new CsvSettings(
                skip,
                delimiter(Objects.requireNonNullElse(load.getFieldDelimiter(), ",")),
                quote.isEmpty() ? null : quote.charAt(0),
                Boolean.TRUE.equals(load.getAllowQuotedNewlines()),
                Objects.requireNonNullElse(load.getNullMarker(), ""),
                Boolean.TRUE.equals(load.getAllowJaggedRows()),
                Boolean.TRUE.equals(load.getPreserveAsciiControlCharacters()),
                Boolean.TRUE.equals(load.getIgnoreUnknownValues()),
                Encodings.of(load));
    }

    private static char delimiter(String text) {
        String delimiter = text.equals("\\t") || text.equals("tab") ? "\t" : text;
        if (delimiter.length() != 1) {
            throw LoadRefused.unsupported("a fieldDelimiter of %d characters".formatted(delimiter.length()));
        }
        return delimiter.charAt(0);
    }
}
