package dev.sluice.local;

import com.google.api.services.bigquery.model.QueryParameter;
import dev.sluice.local.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Rows of a query for a table, computed before the table is touched: the query may read what it replaces. */
final class ComputedRows {

    private static final String ROWS = "temp._sluice_rows";

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

    /** @param columns of the table, quoted, in the query's order */
    static void write(Connection connection, StoredTable table, String columns, long commit) throws SQLException {
        Store.update(
                connection,
                "INSERT INTO %s (%s, _sluice_from) SELECT *, %d FROM %s"
                        .formatted(table.duckDbName(), columns, commit, ROWS));
        Store.update(connection, "DROP TABLE " + ROWS);
    }
}
