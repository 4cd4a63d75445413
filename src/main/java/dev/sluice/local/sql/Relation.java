package dev.sluice.local.sql;

import java.util.List;

/**
 * A table that a statement may read.
 *
 * @param sql DuckDB's query for the rows that are visible, with the columns in their order and then the hidden ones
 * @param hidden columns that are read by their names only
 */
public record Relation(String sql, List<Column> columns, List<Column> hidden) {

    public Relation {
        columns = List.copyOf(columns);
        hidden = List.copyOf(hidden);
    }

    public Relation(String sql, List<Column> columns) {
        this(sql, columns, List.of());
    }
}
