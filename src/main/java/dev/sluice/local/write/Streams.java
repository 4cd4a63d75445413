package dev.sluice.local.write;

import com.google.cloud.bigquery.storage.v1.StorageError.StorageErrorCode;
import com.google.cloud.bigquery.storage.v1.WriteStream;
import com.google.rpc.Code;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The streams of all tables, as the store remembers them. Methods run in the caller's transaction. */
public final class Streams {

    private Streams() {}

    /** Ends the streams of a table that goes or gets another name; what they have not yet made readable goes, too. */
    public static void forget(Connection connection, String dataset, String table) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "DELETE FROM meta.write_streams WHERE dataset = ? AND table_name = ? RETURNING number")) {
            statement.setString(1, dataset);
            statement.setString(2, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    numbers.add(rows.getLong(1));
                }
            }
        }
        for (long number : numbers) {
            execute(connection, "DROP TABLE IF EXISTS data.s" + number);
        }
    }

    static StoredStream create(Connection connection, StreamName parent, WriteStream.Type type, long now)
            throws SQLException {
        long number = next(connection);
        var name = new StreamName(parent.project(), parent.dataset(), parent.table(), "s" + number);
        execute(
                connection,
                "INSERT INTO meta.write_streams VALUES (?, ?, ?, ?, ?, 0, 0, FALSE, NULL)",
                number,
                name.dataset(),
                name.table(),
                type.name(),
                now);
        return new StoredStream(name, number, type, now, 0, 0, false, null);
    }

    private static long next(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT nextval('meta.stream_number')")) {
            result.next();
            return result.getLong(1);
        }
    }

    /** @throws WriteRefused if there is none, or none any more */
    static StoredStream get(Connection connection, StreamName name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT number, type, created_at, row_count, flushed, finalized, committed_at FROM meta.write_streams"
                        + " WHERE dataset = ? AND table_name = ? AND 's' || number = ?")) {
            statement.setString(1, name.dataset());
            statement.setString(2, name.table());
            statement.setString(3, name.id());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw WriteRefused.of(
                            Code.NOT_FOUND,
                            StorageErrorCode.STREAM_NOT_FOUND,
                            "Requested entity was not found.",
                            name.toString());
                }
                long committed = row.getLong(7);
                boolean isCommitted = !row.wasNull();
                return new StoredStream(
                        name,
                        row.getLong(1),
                        WriteStream.Type.valueOf(row.getString(2)),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getBoolean(6),
                        isCommitted ? committed : null);
            }
        }
    }

    static void appended(Connection connection, StoredStream stream, long rows) throws SQLException {
        execute(
                connection,
                "UPDATE meta.write_streams SET row_count = ? WHERE number = ?",
                stream.rows() + rows,
                stream.number());
    }

    static void flushed(Connection connection, StoredStream stream, long flushed) throws SQLException {
        execute(connection, "UPDATE meta.write_streams SET flushed = ? WHERE number = ?", flushed, stream.number());
    }

    static void finalized(Connection connection, StoredStream stream) throws SQLException {
        execute(connection, "UPDATE meta.write_streams SET finalized = TRUE WHERE number = ?", stream.number());
    }

    static void committed(Connection connection, StoredStream stream, long now) throws SQLException {
        execute(connection, "UPDATE meta.write_streams SET committed_at = ? WHERE number = ?", now, stream.number());
    }

    static int execute(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }
}
