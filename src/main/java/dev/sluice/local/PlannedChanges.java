package dev.sluice.local;

import com.google.api.services.bigquery.model.DmlStatistics;
import com.google.api.services.bigquery.model.QueryParameter;
import dev.sluice.local.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;

/** What a statement is about to do to rows, in a temporary table, until it is closed. */
final class PlannedChanges implements AutoCloseable {

    private static final String TABLE = "temp._sluice_changes";

    private final Connection connection;
    private final StoredTable target;

    private PlannedChanges(Connection connection, StoredTable target) {
        this.connection = connection;
        this.target = target;
    }

    static PlannedChanges open(Connection connection, StoredTable target) throws SQLException {
        String columns = target.fields().stream()
                .map(field -> ", " + ColumnTypes.quoted(field.getName()) + " " + ColumnTypes.duckDb(field))
                .collect(Collectors.joining());
        Store.update(
                connection,
                "CREATE OR REPLACE TEMP TABLE _sluice_changes (_sluice_action VARCHAR, %s BIGINT%s%s)"
                        .formatted(Statement.ROW, columns, TableLayout.arrival(target)));
        return new PlannedChanges(connection, target);
    }

    void compute(Statement.Select rows, Map<String, QueryParameter> parameters, RunningJob state) throws SQLException {
        String sql = "INSERT INTO %s %s".formatted(TABLE, rows.sql());
        BoundStatements.run(connection, sql, rows.parameters(), parameters, state);
    }

    /** @throws ApiError if a row would be changed twice */
    void requireOnePerRow() throws SQLException {
        boolean twice = Store.text(
                        connection,
                        "SELECT 'twice' FROM %s WHERE %2$s IS NOT NULL GROUP BY %2$s HAVING COUNT(*) > 1 LIMIT 1"
                                .formatted(TABLE, Statement.ROW))
                .isPresent();
        if (twice) {
            throw new ApiError(
                    400, "invalidQuery", "UPDATE/MERGE must match at most one source row for each target row");
        }
    }

    void apply(long commit) throws SQLException {
        Store.update(
                connection,
                "UPDATE %s SET _sluice_to = %d WHERE rowid IN (SELECT %s FROM %s)"
                        .formatted(target.duckDbName(), commit, Statement.ROW, TABLE));
        Store.update(
                connection,
                "INSERT INTO %s (%2$s, _sluice_from) SELECT %2$s, %3$d FROM %4$s WHERE _sluice_action <> 'Delete'"
                        .formatted(target.duckDbName(), target.stored(), commit, TABLE));
    }

    DmlStatistics statistics() throws SQLException {
        return new DmlStatistics()
                .setInsertedRowCount(count("Insert"))
                .setUpdatedRowCount(count("Update"))
                .setDeletedRowCount(count("Delete"));
    }

    private long count(String action) throws SQLException {
        return Store.text(
                        connection,
                        "SELECT CAST(COUNT(*) AS VARCHAR) FROM %s WHERE _sluice_action = ?".formatted(TABLE),
                        action)
                .map(Long::parseLong)
                .orElse(0L);
    }

    @Override
    public void close() throws SQLException {
        Store.update(connection, "DROP TABLE " + TABLE);
    }
}
