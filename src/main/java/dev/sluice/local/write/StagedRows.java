package dev.sluice.local.write;

import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.rpc.Code;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Rows of buffered and pending streams, in a table beside their own until they can be read; so nothing that reads or
 * changes a table has to know of them. They have the order in which they came.
 */
final class StagedRows {

    private static final String HIDDEN = "_sluice_";

    private final Connection connection;
    private final StoredStream stream;

    StagedRows(Connection connection, StoredStream stream) {
        this.connection = connection;
        this.stream = stream;
    }

    void create(WriteTable table) throws SQLException {
        Streams.execute(
                connection,
                "CREATE TABLE data.%s AS FROM data.%s WITH NO DATA"
                        .formatted(stream.stagingTable(), table.duckDbName()));
    }

    /** Adds the columns that the table has got meanwhile. */
    void widen(WriteTable table) throws SQLException {
        Map<String, String> staged = columns(stream.stagingTable());
        Map<String, String> there = columns(table.duckDbName());
        requireColumnsOf(there, staged);
        for (Map.Entry<String, String> column : there.entrySet()) {
            if (!staged.containsKey(column.getKey())) {
                Streams.execute(
                        connection,
                        "ALTER TABLE data.%s ADD COLUMN %s %s"
                                .formatted(stream.stagingTable(), quoted(column.getKey()), column.getValue()));
            }
        }
    }

    /** Makes the first rows of those that still wait rows of the table. */
    void release(WriteTable table, long rows, long commit) throws SQLException {
        Map<String, String> staged = columns(stream.stagingTable());
        requireColumnsOf(columns(table.duckDbName()), staged);
        String names = staged.keySet().stream()
                .filter(name -> !name.startsWith(HIDDEN))
                .map(StagedRows::quoted)
                .collect(Collectors.joining(", "));
        Streams.execute(
                connection,
                "INSERT INTO data.%s (%s, _sluice_from, _sluice_to) SELECT %s, %d, NULL FROM data.%s ORDER BY rowid LIMIT %d"
                        .formatted(table.duckDbName(), names, names, commit, stream.stagingTable(), rows));
        Streams.execute(
                connection,
                "DELETE FROM data.%1$s WHERE rowid IN (SELECT rowid FROM data.%1$s ORDER BY rowid LIMIT %2$d)"
                        .formatted(stream.stagingTable(), rows));
    }

    void drop() throws SQLException {
        Streams.execute(connection, "DROP TABLE IF EXISTS data." + stream.stagingTable());
    }

    /** What a column that was dropped, renamed or given another type does to rows that wait, we do not know. */
    private void requireColumnsOf(Map<String, String> there, Map<String, String> staged) {
        for (Map.Entry<String, String> column : staged.entrySet()) {
            if (!column.getValue().equals(there.get(column.getKey()))) {
                throw WriteRefused.of(
                        Code.UNIMPLEMENTED,
                        StorageErrorCode.INVALID_STREAM_STATE,
                        "The local BigQuery does not support streams whose table has lost column %s since"
                                .formatted(column.getKey()),
                        stream.name().toString());
            }
        }
    }

    private Map<String, String> columns(String table) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT column_name, data_type FROM duckdb_columns() WHERE schema_name = 'data' AND table_name = ?"
                        + " ORDER BY column_index")) {
            statement.setString(1, table);
            try (ResultSet names = statement.executeQuery()) {
                while (names.next()) {
                    columns.put(names.getString(1), names.getString(2));
                }
            }
        }
        return columns;
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
