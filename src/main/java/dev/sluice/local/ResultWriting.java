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

    /** @return the rows if they are few */
    Optional<FewRows> told() throws SQLException {
        try (var statement = insertion(FewRows.returning(fields))) {
            Optional<FewRows> rows = state.query(statement, FewRows::read);
            if (rows.isPresent() && rows.get().texts().isEmpty()) {
                SharedTables.addNone(connection, name);
            }
            return rows;
        }
    }

    /** @return empty: they may be many */
    Optional<FewRows> written() throws SQLException {
        try (var statement = insertion("")) {
            if (state.execute(statement) == 0) {
                SharedTables.addNone(connection, name);
            }
            return Optional.empty();
        }
    }

    private PreparedStatement insertion(String end) throws SQLException {
        int place = select.parameters().size() + 1;
        String sql = "INSERT INTO data.t%d SELECT *, CAST($%d AS BIGINT), NULL FROM (%s)%s"
                .formatted(name.table(), place, select.sql(), end);
        PreparedStatement statement = BoundStatements.bind(connection, sql, select.parameters(), parameters);
        statement.setLong(place, name.from());
        return statement;
    }
}
