package dev.sluice.local.load;

import com.google.api.services.bigquery.model.JobConfigurationLoad;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a CSV file is written.
 *
 * @param quote null if nothing is quoted
 * @param nullMarkers what stands for NULL where it is not quoted
 * @param jagged whether rows may end early
 * @param controls whether fields may have control characters that BigQuery refuses else: NUL
 * @param ignoreUnknown whether rows may have more values than there are columns
 */
record CsvSettings(
        long skipLeadingRows,
        char delimiter,
        @Nullable Character quote,
        boolean quotedNewlines,
        Set<String> nullMarkers,
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
        char delimiter = delimiter(Objects.requireNonNullElse(load.getFieldDelimiter(), ","), Encodings.of(load));
        requireApart(delimiter, quote);
        return new CsvSettings(
                skip,
                delimiter,
                quote.isEmpty() ? null : quote.charAt(0),
                Boolean.TRUE.equals(load.getAllowQuotedNewlines()) || isDetected(load),
                nullMarkers(load),
                Boolean.TRUE.equals(load.getAllowJaggedRows()),
                Boolean.TRUE.equals(load.getPreserveAsciiControlCharacters()),
                Boolean.TRUE.equals(load.getIgnoreUnknownValues()),
                Encodings.of(load));
    }

    /** Whether the file tells its columns, and how it is written as far as the load does not. */
    static boolean isDetected(JobConfigurationLoad load) {
        return Boolean.TRUE.equals(load.getAutodetect())
                && (load.getSchema() == null || load.getSchema().getFields() == null);
    }

    CsvSettings delimitedBy(char other) {
        return new CsvSettings(
                skipLeadingRows, other, quote, quotedNewlines, nullMarkers, jagged, controls, ignoreUnknown, charset);
    }

    private static Set<String> nullMarkers(JobConfigurationLoad load) {
        if (load.getNullMarkers() == null) {
            return Set.of(Objects.requireNonNullElse(load.getNullMarker(), ""));
        }
        if (load.getNullMarker() != null) {
            throw LoadRefused.invalid("nullMarker and nullMarkers cannot both be set");
        }
        return Set.copyOf(load.getNullMarkers());
    }

    /** BigQuery delimits by one byte, so that of other characters of UTF-8 the rest would be part of the field. */
    private static char delimiter(String text, Charset charset) {
        String delimiter = delimiter(text);
        if (delimiter.getBytes(charset).length > 1 && charset.equals(StandardCharsets.UTF_8)) {
            throw LoadRefused.unsupported("a fieldDelimiter of several bytes");
        }
        return delimiter.charAt(0);
    }

    /** The character that a job names, by itself or as a tab. */
    static String delimiter(String text) {
        String delimiter = text.equals("\\t") || text.equals("tab") ? "\t" : text;
        if (delimiter.length() != 1) {
            throw LoadRefused.unsupported("a fieldDelimiter of %d characters".formatted(delimiter.length()));
        }
        return delimiter;
    }

    private static void requireApart(char delimiter, String quote) {
        String both = delimiter + quote;
        if (both.chars().anyMatch(c -> c == '\n' || c == '\r') || quote.indexOf(delimiter) >= 0) {
            throw LoadRefused.invalid("fieldDelimiter and quote must differ, and neither can end a line");
        }
    }
}
