package dev.sluice.local;

import dev.sluice.local.sql.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Requests that brought rows: what INFORMATION_SCHEMA's STREAMING_TIMELINE and WRITE_API_TIMELINE tell, a row for each
 * minute, table and outcome. Methods run in the caller's transaction.
 */
final class Timelines {

    static final String STREAMING = "STREAMING_TIMELINE";
    static final String WRITE_API = "WRITE_API_TIMELINE";

    private static final Duration KEPT = Duration.ofDays(180);
    private static final String ROWS = "SELECT started_at, dataset, table_name, stream_type, error_code, COUNT(*),"
            + " CAST(SUM(row_count) AS BIGINT), CAST(SUM(bytes) AS BIGINT) FROM meta.row_requests"
            + " WHERE (stream_type IS NULL) = ? GROUP BY ALL ORDER BY ALL";

    private final Connection connection;
    private final String projectId;

    Timelines(Connection connection, String projectId) {
        this.connection = connection;
        this.projectId = projectId;
    }

    /**
     * What a request did.
     *
     * @param stream the type of its stream; null for insertAll
     * @param error null if there was none
     * @param rows that were taken
     */
    record Request(
            TableName table,
            @Nullable String stream,
            @Nullable String error,
            long rows,
            long bytes) {}

    static void add(Connection connection, Instant now, Request request) throws SQLException {
        Store.update(
                connection,
                "INSERT INTO meta.row_requests VALUES (?, ?, ?, ?, ?, ?, ?)",
                now.truncatedTo(ChronoUnit.MINUTES).toEpochMilli(),
                request.table().dataset(),
                request.table().table(),
                request.stream(),
                request.error(),
                request.rows(),
                request.bytes());
    }

    static void forgetOld(Connection connection, Instant now) throws SQLException {
        Store.update(
                connection,
                "DELETE FROM meta.row_requests WHERE started_at < ?",
                now.minus(KEPT).toEpochMilli());
    }

    List<Map<String, @Nullable Object>> rows(String view) throws SQLException {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(ROWS)) {
            statement.setBoolean(1, view.startsWith(STREAMING));
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(row(result));
                }
            }
        }
        return rows;
    }

    private Map<String, @Nullable Object> row(ResultSet result) throws SQLException {
        Map<String, @Nullable Object> row = InformationTables.row();
        row.put("start_timestamp", result.getLong(1));
        row.put("project_id", projectId);
        row.put("dataset_id", result.getString(2));
        row.put("table_id", result.getString(3));
        row.put("stream_type", result.getString(4));
        row.put("error_code", result.getString(5));
        row.put("total_requests", result.getLong(6));
        row.put("total_rows", result.getLong(7));
        row.put("total_input_bytes", result.getLong(8));
        return row;
    }
}
