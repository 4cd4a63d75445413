package dev.sluice.local;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that come into DuckDB together.
 *
 * @param store id of the DuckDB file that they are for
 * @param number higher than that of all before
 */
record JournalEntry(String store, long number, List<Row> rows) {

    /**
     * A row of a DuckDB table.
     *
     * @param types DuckDB's, of all its columns
     * @param values as texts that DuckDB casts to the types
     */
    record Row(String table, List<String> types, List<@Nullable String> values) {

        /** In characters. */
        long length() {
            return values.stream()
                    .mapToLong(value -> value == null ? 0 : value.length())
                    .sum();
        }
    }
}
