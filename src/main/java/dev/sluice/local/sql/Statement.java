package dev.sluice.local.sql;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A statement that the local BigQuery executes. SQL in it is DuckDB's, with {@code $1}, {@code $2}, … for its parameters in
 * order; each may occur several times.
 */
public sealed interface Statement {

    /** What conditions and assignments call the table that is changed. */
    String TARGET = "target";

    record Select(String sql, List<String> parameters) implements Statement {}

    record Insert(TableName target, List<String> columns, Select source) implements Statement {}

    /** @param condition over the columns of {@link #TARGET} */
    record Delete(TableName target, String condition, List<String> parameters) implements Statement {}

    /** @param values by column, over the columns of {@link #TARGET} in its old version and nothing else */
    record Assignments(Map<String, String> values, List<String> parameters) {}

    /** @param condition over the columns of {@link #TARGET} */
    record Update(TableName target, Assignments assignments, String condition, List<String> parameters)
            implements Statement {}

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
        if (this instanceof Update) {
            return "UPDATE";
        }
        if (this instanceof CreateTable) {
            return "CREATE_TABLE";
        }
        return this instanceof DropTable ? "DROP_TABLE" : "CREATE_SCHEMA";
    }
}
