package dev.sluice.local;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that come into DuckDB together.
 *
 * @param number higher than that of all before
 */
record JournalEntry(long number, List<Row> rows) {

    /**
     * A row of a DuckDB table.
     *
     * @param types DuckDB's, of all its columns
     * @param values as texts that DuckDB casts to the types
     */
    record Row(String table, List<String> types, List<@Nullable String> values) {}

    /** The same entry without its first row. */
    JournalEntry withoutFirst() {
        return new JournalEntry(number, rows.subList(1, rows.size()));
    }
}
