package dev.sluice.local.sql;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A statement that the local BigQuery executes. SQL in it is DuckDB's, with {@code $1}, {@code $2}, … for its parameters in
 * order; each may occur several times.
 */
public sealed interface Statement {

    /** What tells the rows of a {@link Relations#target} apart. */
    String ROW = "_sluice_row";

    /** What conditions and assignments call the table that is changed. */
    String TARGET = "_sluice_target";

    record Select(String sql, List<String> parameters) implements Statement {}

    record Insert(TableName target, List<String> columns, Select source) implements Statement {}

    /** @param condition over the columns of {@link #TARGET} */
    record Delete(TableName target, String condition, List<String> parameters) implements Statement {}

    /**
     * @param type UPDATE or MERGE
     * @param rewrites whether rows of the target may go, so that all its columns are read
     * @param rows a query for what to do: Insert, Update or Delete, the {@link #ROW} of the old row or NULL, and the
     *     columns of the new row in their order
     */
    record Change(String type, TableName target, boolean rewrites, Select rows) implements Statement {}

    /**
     * @param partitionColumn null if the table is not partitioned
     * @param partitionType DAY, HOUR, MONTH or YEAR
     * @param options texts by name: description
     */
    record CreateTable(
            TableName table,
            boolean ifNotExists,
            List<Column> columns,
            @Nullable String partitionColumn,
            String partitionType,
            List<String> clustering,
            Map<String, String> options)
            implements Statement {}

    record DropTable(TableName table, boolean ifExists) implements Statement {}

    record CreateSchema(String dataset, boolean ifNotExists) implements Statement {}

    /** BigQuery's {@code statementType}. */
    default String type() {
        if (this instanceof Select) {
            return "SELECT";
        }
        if (this instanceof Insert) {
            return "INSERT";
        }
        if (this instanceof Delete) {
            return "DELETE";
        }
        if (this instanceof Change change) {
            return change.type();
        }
        if (this instanceof CreateTable) {
            return "CREATE_TABLE";
        }
        return this instanceof DropTable ? "DROP_TABLE" : "CREATE_SCHEMA";
    }
}
