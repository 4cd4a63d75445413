package dev.sluice.local;

import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.Table;
import dev.sluice.local.sql.Column;
import dev.sluice.local.sql.Relation;
import dev.sluice.local.sql.Type;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** APPENDS: the rows that came to a table by anything but UPDATE, whether they are still there or not. */
final class AppendHistory {

    private static final String TYPE = "_CHANGE_TYPE";
    private static final String TIME = "_CHANGE_TIMESTAMP";

    private final Connection connection;
    private final StoredTable table;

    AppendHistory(Connection connection, StoredTable table) {
        this.connection = connection;
        this.table = table;
    }

    /** A commit whose rows take the place of others. */
    static void leaveOut(Connection connection, long commit) throws SQLException {
        Store.update(connection, "INSERT INTO meta.updates VALUES (?)", commit);
    }

    /**
     * See {@link dev.sluice.local.sql.Relations#appended}.
     *
     * @throws ApiError if the table has no such history, or the times are in the wrong order
     */
    Relation rows(String since, String until, List<String> placeholders, Map<String, QueryParameter> parameters)
            throws SQLException {
        requireHistory();
        String window = "SELECT epoch_us(%s), epoch_us(%s)".formatted(since, until);
        try (PreparedStatement statement = BoundStatements.bind(connection, window, placeholders, parameters);
                ResultSet times = statement.executeQuery()) {
            times.next();
            Long from = (Long) times.getObject(1);
            Long to = (Long) times.getObject(2);
            if (from != null && to != null && from >= to) {
                throw ApiError.invalid("The start of APPENDS must be before its end");
            }
            return rows(
                    Objects.requireNonNullElse(from, Long.MIN_VALUE), Objects.requireNonNullElse(to, Long.MAX_VALUE));
        }
    }

    private Relation rows(long from, long to) {
        String sql = ("SELECT %s, 'INSERT' AS %s, make_timestamptz(_sluice_at) AS %s FROM %s"
                        + " JOIN (SELECT number AS _sluice_number, committed_at * 1000 AS _sluice_at FROM meta.commits)"
                        + " ON _sluice_number = _sluice_from"
                        + " WHERE _sluice_at >= %d AND _sluice_at < %d"
                        + " AND _sluice_from NOT IN (SELECT number FROM meta.updates)")
                .formatted(table.read(), TYPE, TIME, table.duckDbName(), from, to);
        List<Column> columns =
                new ArrayList<>(table.fields().stream().map(ColumnTypes::column).toList());
        columns.add(new Column(TYPE, Type.STRING));
        columns.add(new Column(TIME, Type.TIMESTAMP));
        return new Relation(sql, columns);
    }

    private void requireHistory() {
        Table resource = table.resource();
        if (!Tables.kind(resource).equals("TABLE") || resource.getCloneDefinition() != null) {
            throw ApiError.invalid("APPENDS cannot read %s, which is no ordinary table".formatted(resource.getId()));
        }
        if (RowPolicies.has(resource)) {
            throw ApiError.unsupported("APPENDS with row access policies");
        }
    }
}
