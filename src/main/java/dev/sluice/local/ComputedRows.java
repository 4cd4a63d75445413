package dev.sluice.local;

import com.google.api.services.bigquery.model.QueryParameter;
import dev.sluice.local.sql.Statement;
import dev.sluice.local.sql.StoredValues;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Rows of a query for a table or an object, computed before that is touched: the query may read what it replaces. */
final class ComputedRows {

    /** Where they are. */
    static final String ROWS = "temp._sluice_rows";

    private ComputedRows() {}

    static void compute(
            Connection connection, Statement.Select select, Map<String, QueryParameter> parameters, RunningJob state)
            throws SQLException {
        BoundStatements.run(
                connection,
                "CREATE OR REPLACE TEMP TABLE _sluice_rows AS " + select.sql(),
                select.parameters(),
                parameters,
                state);
    }

    /**
     * Adds them to a table, within the limits of its columns.
     *
     * @param names of the table's columns that the query has, in the query's order
     */
    static void write(Connection connection, StoredTable table, List<String> names, long commit) throws SQLException {
        String columns = names.stream().map(ColumnTypes::quoted).collect(Collectors.joining(", "));
        String values = names.stream().map(name -> value(table, name)).collect(Collectors.joining(", "));
        Store.update(
                connection,
                "INSERT INTO %s (%s, _sluice_from) SELECT %3$s, %4$d FROM %5$s AS computed (%2$s)"
                        .formatted(table.duckDbName(), columns, values, commit, ROWS));
        drop(connection);
    }

    static void drop(Connection connection) throws SQLException {
        Store.update(connection, "DROP TABLE " + ROWS);
    }

    private static String value(StoredTable table, String name) {
        String quoted = ColumnTypes.quoted(name);
        return TableSchemas.named(table.fields(), name)
                .map(field -> StoredValues.of(quoted, ColumnTypes.column(field)))
                .orElse(quoted);
    }
}
