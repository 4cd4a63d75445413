package dev.sluice.local.sql;

/** Finds tables for a statement. */
@FunctionalInterface
public interface Relations {

    /**
     * @return DuckDB's SQL for the rows that are visible now, without hidden columns
     * @throws SqlRefused notFound
     */
    String visible(TableName table);
}
