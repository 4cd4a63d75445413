package dev.sluice.local;

import com.google.api.services.bigquery.model.TimePartitioning;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** In which partitions rows come; tables that are not partitioned by their coming are left as they are. */
final class Arrivals {

    private Arrivals() {}

    /** Gives a commit's rows the partition of a moment, unless the statement has given them one. */
    static void settle(Connection connection, StoredTable table, long commit, Instant moment) throws SQLException {
        if (!Partitions.isByArrival(table.resource())) {
            return;
        }
        String unit = Partitions.unit(table.resource().getTimePartitioning());
        requireBounds(connection, table, commit, unit);
        set(connection, table.duckDbName(), commit, start(unit, moment.toEpochMilli()));
    }

    /** Gives a commit's rows the partition of this id. */
    static void settle(Connection connection, StoredTable table, long commit, String partition) throws SQLException {
        if (!Partitions.isByArrival(table.resource())) {
            return;
        }
        TimePartitioning time = table.resource().getTimePartitioning();
        PartitionIds.requireTime(time, partition);
        set(
                connection,
                table.duckDbName(),
                commit,
                "(strptime('%s', '%s') AT TIME ZONE 'UTC')".formatted(partition, Partitions.format(time)));
    }

    /** @throws ApiError if some of a commit's rows are not in the partition of this id */
    static void requireAllIn(Connection connection, StoredTable table, long commit, String partition)
            throws SQLException {
        String strays = "SELECT 'x' FROM %s WHERE _sluice_from = %d AND NOT %s LIMIT 1"
                .formatted(table.duckDbName(), commit, Partitions.condition(table, partition));
        if (Store.text(connection, strays).isPresent()) {
            throw ApiError.invalid(
                    "Some rows belong to different partitions rather than destination partition " + partition);
        }
    }

    /** DuckDB's expression for the start of the partition of a moment. */
    static String start(String unit, long millis) {
        return "date_trunc('%s', make_timestamptz(%d))".formatted(unit, TimeUnit.MILLISECONDS.toMicros(millis));
    }

    /** @param table DuckDB's */
    static void set(Connection connection, String table, long commit, String start) throws SQLException {
        Store.update(
                connection,
                "UPDATE %1$s SET %2$s = %3$s WHERE _sluice_from = %4$d AND %2$s IS NULL"
                        .formatted(table, ColumnTypes.quoted(Partitions.TIME), start, commit));
    }

    private static void requireBounds(Connection connection, StoredTable table, long commit, String unit)
            throws SQLException {
        String within = "SELECT 'x' FROM %1$s WHERE _sluice_from = %2$d AND %3$s <> date_trunc('%4$s', %3$s) LIMIT 1"
                .formatted(table.duckDbName(), commit, ColumnTypes.quoted(Partitions.TIME), unit);
        if (Store.text(connection, within).isPresent()) {
            throw new ApiError(
                    400,
                    "invalidQuery",
                    "_PARTITIONTIME must be the exact start of a partition (%s) of table %s"
                            .formatted(unit, table.resource().getId()));
        }
    }
}
