package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.Streamingbuffer;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that were streamed a short time ago: readable at once, but neither changed nor deleted for half an hour; an insert
 * id is known for a minute. Methods run in the caller's transaction.
 */
final class StreamingBuffer {

    private static final Duration FIXED = Duration.ofMinutes(30);
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final Clock clock;

    StreamingBuffer(Clock clock) {
        this.clock = clock;
    }

    boolean holds(Connection connection, StoredTable table, String insertId) throws SQLException {
        return Store.text(
                        connection,
                        "SELECT 'x' FROM meta.insert_ids WHERE table_number = ? AND id = ? AND streamed_at > ?",
                        table.number(),
                        insertId,
                        clock.millis() - REMEMBERED.toMillis())
                .isPresent();
    }

    /** @return the bytes of the rows */
    long add(Connection connection, StoredTable table, long commit, List<String> insertIds) throws SQLException {
        long now = clock.millis();
        Store.update(connection, "DELETE FROM meta.insert_ids WHERE streamed_at <= ?", now - REMEMBERED.toMillis());
        flush(connection);
        long bytes = LogicalBytes.of(connection, table, commit);
        Store.update(
                connection,
                "INSERT INTO meta.streamed VALUES (?, ?, ?, ?, ?)",
                table.number(),
                commit,
                now,
                insertIds.size(),
                bytes);
        for (String id : insertIds) {
            if (!id.isEmpty()) {
                Store.update(connection, "INSERT INTO meta.insert_ids VALUES (?, ?, ?)", table.number(), id, now);
            }
        }
        return bytes;
    }

    /** Lets rows go whose time in the buffer is over; only then is it decided in which partition of arrival they are. */
    void flush(Connection connection) throws SQLException {
        long before = clock.millis() - FIXED.toMillis();
        if (Store.text(connection, "SELECT 'x' FROM meta.streamed WHERE streamed_at <= ? LIMIT 1", before)
                .isEmpty()) {
            return;
        }
        List<String> settling = Store.texts(
                connection,
                "SELECT concat_ws(' ', s.table_number, s.commit_number, s.streamed_at,"
                        + " coalesce(json_extract_string(resource, '$.timePartitioning.type'), 'DAY')) FROM meta.streamed AS s"
                        + " JOIN meta.tables AS t ON t.number = s.table_number WHERE s.streamed_at <= ? AND"
                        + " json_extract(resource, '$.timePartitioning') IS NOT NULL AND"
                        + " json_extract(resource, '$.timePartitioning.field') IS NULL",
                before);
        for (String each : settling) {
            String[] parts = each.split(" ", -1);
            Arrivals.set(
                    connection,
                    "data.t" + parts[0],
                    Long.parseLong(parts[1]),
                    Arrivals.start(parts[3], Long.parseLong(parts[2])));
        }
        Store.update(connection, "DELETE FROM meta.streamed WHERE streamed_at <= ?", before);
    }

    /** A table has gone, and its rows with it. */
    static void forget(Connection connection, long table) throws SQLException {
        Store.update(connection, "DELETE FROM meta.streamed WHERE table_number = ?", table);
        Store.update(connection, "DELETE FROM meta.insert_ids WHERE table_number = ?", table);
    }

    /** A table's rows are kept under another number. */
    static void follow(Connection connection, long from, long to) throws SQLException {
        Store.update(connection, "UPDATE meta.streamed SET table_number = ? WHERE table_number = ?", to, from);
        Store.update(connection, "UPDATE meta.insert_ids SET table_number = ? WHERE table_number = ?", to, from);
    }

    /** Whether some of a table's rows are in it. */
    static boolean holdsRows(Connection connection, StoredTable table, Instant now) throws SQLException {
        return Store.text(
                        connection,
                        "SELECT 'x' FROM meta.streamed WHERE table_number = ? AND streamed_at > ? LIMIT 1",
                        table.number(),
                        now.minus(FIXED).toEpochMilli())
                .isPresent();
    }

    /** Null if there is nothing in it. */
    @Nullable
    Streamingbuffer of(Connection connection, StoredTable table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT CAST(SUM(row_count) AS BIGINT), CAST(SUM(bytes) AS BIGINT), MIN(streamed_at) FROM meta.streamed"
                        + " WHERE table_number = ? AND streamed_at > ?")) {
            statement.setLong(1, table.number());
            statement.setLong(2, clock.millis() - FIXED.toMillis());
            try (ResultSet sums = statement.executeQuery()) {
                sums.next();
                long rows = sums.getLong(1);
                return rows == 0
                        ? null
                        : new Streamingbuffer()
                                .setEstimatedRows(BigInteger.valueOf(rows))
                                .setEstimatedBytes(BigInteger.valueOf(sums.getLong(2)))
                                .setOldestEntryTime(BigInteger.valueOf(sums.getLong(3)));
            }
        }
    }

    private static String named(Connection connection, String number) throws SQLException {
        return Store.text(
                        connection,
                        "SELECT dataset || '.' || name FROM meta.tables WHERE CAST(number AS VARCHAR) = ?",
                        number)
                .orElse("");
    }

    /** @throws ApiError if a job has just ended rows that are still in the buffer */
    void requireUntouched(Connection connection, Job job) throws SQLException {
        if (job.getStatistics().getQuery() == null
                || job.getStatistics().getQuery().getDmlStats() == null) {
            return;
        }
        List<String> streamed = Store.texts(
                connection,
                "SELECT DISTINCT CAST(table_number AS VARCHAR) FROM meta.streamed WHERE streamed_at > ?",
                clock.millis() - FIXED.toMillis());
        for (String number : streamed) {
            String touched =
                    ("SELECT 'x' FROM data.t%s AS t SEMI JOIN meta.streamed AS s ON s.commit_number = t._sluice_from"
                                    + " AND s.table_number = %s AND s.streamed_at > %d WHERE t._sluice_to IN"
                                    + " (SELECT number FROM meta.commits WHERE job = ?) LIMIT 1")
                            .formatted(number, number, clock.millis() - FIXED.toMillis());
            if (Store.text(connection, touched, job.getJobReference().getJobId())
                    .isPresent()) {
                throw new ApiError(
                        400,
                        "invalidQuery",
                        "UPDATE or DELETE statement over table %s would affect rows in the streaming buffer, which is not supported"
                                .formatted(job.getJobReference().getProjectId() + "." + named(connection, number)));
            }
        }
    }
}
