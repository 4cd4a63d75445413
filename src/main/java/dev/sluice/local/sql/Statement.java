package dev.sluice.local.sql;

import java.util.List;
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

    /** BigQuery's {@code statementType}. */
    String type();

    /**
     * @param columns of what is selected, with the names that BigQuery gives them
     * @param repeated names that several of them had before
     */
    record Select(String sql, List<String> parameters, List<Column> columns, List<String> repeated)
            implements Statement {

        public Select(String sql, List<String> parameters, List<Column> columns) {
            this(sql, parameters, columns, List.of());
        }

        @Override
        public String type() {
            return "SELECT";
        }
    }

    record Insert(TableName target, List<String> columns, Select source) implements Statement {
        @Override
        public String type() {
            return "INSERT";
        }
    }

    /** @param condition over the columns of {@link #TARGET} */
    record Delete(TableName target, String condition, List<String> parameters) implements Statement {
        @Override
        public String type() {
            return "DELETE";
        }
    }

    /**
     * @param condition a query for one BOOL
     * @param description null if there is none
     */
    record Assertion(Select condition, @Nullable String description) implements Statement {
        @Override
        public String type() {
            return "ASSERT";
        }
    }

    record Truncate(TableName target) implements Statement {
        @Override
        public String type() {
            return "TRUNCATE_TABLE";
        }
    }

    /**
     * @param type UPDATE or MERGE
     * @param rewrites whether rows of the target may go, so that all its columns are read
     * @param rows a query for what to do: Insert, Update or Delete, the {@link #ROW} of the old row or NULL, and the
     *     columns of the new row in their order
     */
    record Change(String type, TableName target, boolean rewrites, Select rows) implements Statement {}

    /** What becomes of a table that is there already. */
    enum Creation {
        NEW,
        IF_NOT_EXISTS,
        OR_REPLACE
    }

    /** @param values one row of constants as JSON */
    record Options(List<String> names, Select values) {}

    /** @param source null for an empty table */
    record CreateTable(
            TableName table,
            Creation creation,
            List<Column> columns,
            Layout layout,
            Options options,
            @Nullable Select source)
            implements Statement {
        @Override
        public String type() {
            return source == null ? "CREATE_TABLE" : "CREATE_TABLE_AS_SELECT";
        }
    }

    /** What a table made from another one is. */
    enum Copy {
        LIKE,
        COPY,
        CLONE,
        SNAPSHOT
    }

    record CopyTable(
            TableName table,
            Creation creation,
            Copy kind,
            TableName source,
            @Nullable Select moment,
            Options options) implements Statement {
        @Override
        public String type() {
            return kind == Copy.SNAPSHOT ? "CREATE_SNAPSHOT_TABLE" : "CREATE_TABLE";
        }
    }

    /**
     * @param query GoogleSQL
     * @param renames whether the columns have other names than those of the query
     */
    record CreateView(
            TableName table,
            Creation creation,
            boolean materialized,
            String query,
            boolean renames,
            List<Column> columns,
            Options options)
            implements Statement {
        @Override
        public String type() {
            return materialized ? "CREATE_MATERIALIZED_VIEW" : "CREATE_VIEW";
        }
    }

    /** @param kind TABLE, VIEW or MATERIALIZED VIEW */
    record AlterTable(String kind, TableName table, boolean ifExists, List<Alteration> alterations)
            implements Statement {
        @Override
        public String type() {
            return "ALTER_" + kind.replace(' ', '_');
        }
    }

    /** @param kind TABLE, VIEW, MATERIALIZED VIEW or SNAPSHOT TABLE */
    record Drop(String kind, TableName table, boolean ifExists) implements Statement {
        @Override
        public String type() {
            return "DROP_" + kind.replace(' ', '_');
        }
    }

    /** @param filter GoogleSQL's condition over the table's columns */
    record CreatePolicy(TableName table, String name, Creation creation, List<String> grantees, String filter)
            implements Statement {

        public CreatePolicy {
            grantees = List.copyOf(grantees);
        }

        @Override
        public String type() {
            return "CREATE_ROW_ACCESS_POLICY";
        }
    }

    /** @param name null for all of the table */
    record DropPolicy(TableName table, @Nullable String name, boolean ifExists) implements Statement {
        @Override
        public String type() {
            return "DROP_ROW_ACCESS_POLICY";
        }
    }

    record Export(Options options, Select source) implements Statement {
        @Override
        public String type() {
            return "EXPORT_DATA";
        }
    }

    record CreateSchema(SchemaName schema, boolean ifNotExists, Options options) implements Statement {
        @Override
        public String type() {
            return "CREATE_SCHEMA";
        }
    }

    record AlterSchema(SchemaName schema, boolean ifExists, Options options) implements Statement {
        @Override
        public String type() {
            return "ALTER_SCHEMA";
        }
    }

    record DropSchema(SchemaName schema, boolean ifExists, boolean cascade) implements Statement {
        @Override
        public String type() {
            return "DROP_SCHEMA";
        }
    }
}
