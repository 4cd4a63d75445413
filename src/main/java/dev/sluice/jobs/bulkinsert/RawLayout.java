package dev.sluice.jobs.bulkinsert;

import dev.sluice.bigquery.FileLayout;
import dev.sluice.item.CsvDialect;
import dev.sluice.item.SourceLayout;
import java.util.List;
import java.util.stream.IntStream;

/** How the load job of a raw table reads its files. */
final class RawLayout {

    /** Parts lines that are no JSON anyway; {@code rest} gets what follows it. */
    private static final char NO_DELIMITER = '\u0001';

    /** Is no field of anybody's, so that only a field that is missing is NULL. */
    private static final String NO_NULL = "\u0001\u0002";

    private RawLayout() {}

    /** @param columns how many the table has */
    static FileLayout of(SourceLayout layout, int columns) {
        return switch (layout.format()) {
            case AVRO -> new FileLayout.Avro();
            case PARQUET -> new FileLayout.Parquet();
            case NDJSON -> new FileLayout.Text(List.of("line", "rest"), NO_DELIMITER, null, NO_NULL, encoding(layout));
            case CSV -> csv(layout, fields(columns));
        };
    }

    private static FileLayout csv(SourceLayout layout, List<String> fields) {
        CsvDialect csv = layout.csv();
        Character quote = csv.quote() == CsvDialect.NO_QUOTE ? null : csv.quote();
        return new FileLayout.Text(fields, csv.delimiter(), quote, NO_NULL, encoding(layout));
    }

    /** One more than there are columns, so that a row which is too long is seen. */
    static List<String> fields(int columns) {
        return IntStream.rangeClosed(1, columns + 1).mapToObj(i -> "f" + i).toList();
    }

    /** As BigQuery calls it. */
    private static String encoding(SourceLayout layout) {
        return switch (layout.encoding()) {
            case UTF_8 -> "UTF-8";
            case ISO_8859_1 -> "ISO-8859-1";
            case UTF_16, UTF_16BE -> "UTF-16BE";
            case UTF_16LE -> "UTF-16LE";
        };
    }
}
