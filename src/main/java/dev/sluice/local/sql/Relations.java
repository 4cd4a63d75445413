package dev.sluice.local.sql;

import java.util.List;
import java.util.Optional;

/** Finds tables for a statement, and tells who executes it. */
@FunctionalInterface
public interface Relations {

    /** @throws SqlRefused notFound */
    Relation find(TableName table);

    /** What SESSION_USER is. */
    default String user() {
        throw SqlRefused.own("The local BigQuery does not support SESSION_USER here");
    }

    /** What names mean that have no dataset. */
    default Namespace namespace() {
        return Namespace.of("");
    }

    /** What a view says in GoogleSQL; empty if the name is a table's. */
    default Optional<String> view(TableName table) {
        return Optional.empty();
    }

    /** What a view calls its columns, if it says so itself; otherwise its query does. */
    default List<String> viewColumns(TableName table) {
        return List.of();
    }

    /** Told of each table that the statement reads, when all of it is translated. */
    default void scanned(Scan scan) {}

    /**
     * A table as it was.
     *
     * @param moment DuckDB's SQL for a constant TIMESTAMP
     * @param parameters what its placeholders stand for
     */
    default Relation find(TableName table, String moment, List<String> parameters) {
        throw SqlRefused.own("The local BigQuery does not support FOR SYSTEM_TIME AS OF here");
    }

    /**
     * The rows that were appended to a table, with two more columns that tell how and when.
     *
     * @param since DuckDB's SQL for a constant TIMESTAMP, which may be NULL, like the other
     * @param parameters what their placeholders stand for
     */
    default Relation appended(TableName table, String since, String until, List<String> parameters) {
        throw SqlRefused.own("The local BigQuery does not support APPENDS here");
    }

    /**
     * The table that a statement changes; its SQL also has {@link Statement#ROW} for each row where it is
     * executed.
     *
     * @throws SqlRefused notFound
     */
    default Relation target(TableName table) {
        return find(table);
    }
}
