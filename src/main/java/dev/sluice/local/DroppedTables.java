package dev.sluice.local;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import dev.sluice.local.sql.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Tables that were dropped, replaced or have expired, with their rows, for as long as their dataset lets one travel back.
 * Methods run in the caller's transaction.
 */
final class DroppedTables {

    /** The oldest of more go before their time. */
    private static final int MOST = 500;

    private DroppedTables() {}

    /** @param dataset that the table was in */
    static void keep(Connection connection, StoredTable table, Dataset dataset, Instant now) throws SQLException {
        Table resource = table.resource();
        long dropped = now.toEpochMilli();
        if (resource.getExpirationTime() != null) {
            dropped = Math.min(dropped, resource.getExpirationTime());
        }
        long hours = Objects.requireNonNullElse(dataset.getMaxTimeTravelHours(), Resources.WEEK_OF_HOURS);
        Store.update(
                connection,
                "INSERT INTO meta.dropped VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                table.number(),
                table.name().dataset(),
                table.name().table(),
                dataset.getLocation(),
                resource.getCreationTime(),
                dropped,
                dropped + Duration.ofHours(hours).toMillis(),
                Json.write(resource));
    }

    /**
     * The one that had a name at a moment.
     *
     * @param dataset as it is, which may have been made anew since
     * @param millis since 1970; 0 for the oldest there is
     */
    static Optional<StoredTable> find(Connection connection, TableName name, Dataset dataset, long millis, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT resource, number FROM meta.dropped WHERE dataset = ? AND name = ? AND lower(location) = lower(?)"
                        + " AND kept_until > ? AND dropped_at > ? AND (? = 0 OR created_at <= ?)"
                        + " ORDER BY dropped_at, number LIMIT 1")) {
            statement.setString(1, name.dataset());
            statement.setString(2, name.table());
            statement.setString(3, dataset.getLocation());
            statement.setLong(4, now.toEpochMilli());
            statement.setLong(5, millis);
            statement.setLong(6, millis);
            statement.setLong(7, millis);
            try (ResultSet result = statement.executeQuery()) {
                return result.next()
                        ? Optional.of(new StoredTable(Json.read(result.getString(1), Table.class), result.getLong(2)))
                        : Optional.empty();
            }
        }
    }

    /** The one of a number, if one can travel back to it. */
    static Optional<StoredTable> find(Connection connection, long number, Instant now) throws SQLException {
        return Store.text(
                        connection,
                        "SELECT resource FROM meta.dropped WHERE number = ? AND kept_until > ?",
                        number,
                        now.toEpochMilli())
                .map(resource -> new StoredTable(Json.read(resource, Table.class), number));
    }

    /** Removes the rows of those whose time is over. */
    static void forgetOld(Connection connection, Instant now) throws SQLException {
        String old =
                "SELECT number FROM (SELECT number, kept_until, row_number() OVER (ORDER BY dropped_at DESC) AS place"
                        + " FROM meta.dropped) WHERE kept_until <= %d OR place > %d"
                                .formatted(now.toEpochMilli(), MOST);
        for (String number : Store.texts(connection, "SELECT CAST(number AS VARCHAR) FROM (" + old + ")")) {
            Store.update(connection, "DROP TABLE IF EXISTS data.t" + number);
            Store.update(connection, "DELETE FROM meta.dropped WHERE number = CAST(? AS BIGINT)", number);
        }
    }
}
