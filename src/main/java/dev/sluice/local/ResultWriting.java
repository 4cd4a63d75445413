package dev.sluice.local;

import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.TableFieldSchema;
import dev.sluice.local.sql.Statement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Executes a query and writes what it finds, in the caller's transaction. */
record ResultWriting(
        Connection connection,
        ResultName name,
        List<TableFieldSchema> fields,
        Statement.Select select,
        Map<String, QueryParameter> parameters,
        RunningJob state) {

    /** Into the journal if the rows are few, which are returned then; else into DuckDB. */
    Optional<FewRows> journaled(ReadTransactions reading) throws SQLException {
        Optional<FewRows> rows;
        try (var statement = bind(FewRows.selecting(fields, select.sql()))) {
            rows = state.query(statement, FewRows::read);
        }
        if (rows.isEmpty()) {
            written();
        } else {
            reading.journal(connection, SharedTables.rows(name, fields, rows.get()));
        }
        return rows;
    }

    /** Into DuckDB, and returns the rows if they are few. */
    Optional<FewRows> told() throws SQLException {
        try (var statement = insertion(FewRows.returning(fields))) {
            Optional<FewRows> rows = state.query(statement, FewRows::read);
            if (rows.isPresent() && rows.get().texts().isEmpty()) {
                SharedTables.addNone(connection, name);
            }
            return rows;
        }
    }

    /** Into DuckDB. */
    void written() throws SQLException {
        try (var statement = insertion("")) {
            if (state.execute(statement) == 0) {
                SharedTables.addNone(connection, name);
            }
        }
    }

    private PreparedStatement insertion(String end) throws SQLException {
        int place = select.parameters().size() + 1;
        PreparedStatement statement = bind("INSERT INTO data.t%d SELECT *, CAST($%d AS BIGINT), NULL FROM (%s)%s"
                .formatted(name.table(), place, select.sql(), end));
        statement.setLong(place, name.from());
        return statement;
    }

    private PreparedStatement bind(String sql) throws SQLException {
        return BoundStatements.bind(connection, sql, select.parameters(), parameters);
    }
}
