package dev.sluice.local.sql;

import java.util.List;

/**
 * A table that a statement may read.
 *
 * @param sql DuckDB's query for the rows that are visible now, with the columns in their order and nothing hidden
 */
public record Relation(String sql, List<Column> columns) {

    public Relation {
        columns = List.copyOf(columns);
    }
}
