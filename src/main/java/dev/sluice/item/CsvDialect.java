package dev.sluice.item;

import org.jspecify.annotations.Nullable;

/**
 * How fields stand in a CSV file.
 *
 * @param delimiter between fields; ASCII
 * @param quote around fields, doubled inside; ASCII, or {@link #NO_QUOTE}
 * @param header whether the first record names the columns; otherwise fields are in the table's order
 * @param nullMarker an unquoted or quoted field that stands for NULL
 */
public record CsvDialect(char delimiter, char quote, boolean header, String nullMarker) {

    /** No character of ours: nothing is quoted. */
    public static final char NO_QUOTE = '\0';

    public static final CsvDialect RFC_4180 = new CsvDialect(',', '"', true, "");

    boolean isNull(@Nullable String field) {
        return nullMarker.equals(field);
    }
}
