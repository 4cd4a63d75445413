package dev.sluice.local.sql;

import java.util.List;

/**
 * A table that a statement may read.
 *
 * @param sql DuckDB's query for the rows that are visible, with the columns in their order and then the hidden ones
 * @param hidden columns that are read by their names only
 * @param keys columns whose filters decide what is read of it
 */
public record Relation(String sql, List<Column> columns, List<Column> hidden, Keys keys) {

    /** The hidden column that statements may write. */
    public static final String ARRIVAL = "_PARTITIONTIME";

    /** @param partitioning the names of one key; clustering in its order */
    public record Keys(List<String> partitioning, List<String> clustering) {

        public static final Keys NONE = new Keys(List.of(), List.of());

        public Keys {
            partitioning = List.copyOf(partitioning);
            clustering = List.copyOf(clustering);
        }
    }

    public Relation {
        columns = List.copyOf(columns);
        hidden = List.copyOf(hidden);
    }

    public Relation(String sql, List<Column> columns) {
        this(sql, columns, List.of(), Keys.NONE);
    }
}
