package dev.sluice.local;

import com.google.api.services.bigquery.model.QueryParameter;
import dev.sluice.local.sql.Statement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/** Moments of FOR SYSTEM_TIME AS OF. */
final class Moments {

    private Moments() {}

    /**
     * A table as it was.
     *
     * @param table the one that was there then in its place
     */
    record Past(StoredTable table, Instant moment) {

        String rows() {
            return table.rowsAt(moment);
        }
    }

    /**
     * @param moment a query for microseconds since 1970
     * @throws ApiError if the table was not there then, or if it is yet to come
     */
    static Past evaluate(
            Connection connection,
            StoredTable table,
            Statement.Select moment,
            Map<String, QueryParameter> parameters,
            Tables tables)
            throws SQLException {
        try (PreparedStatement statement =
                        BoundStatements.bind(connection, moment.sql(), moment.parameters(), parameters);
                ResultSet result = statement.executeQuery()) {
            result.next();
            String micros = result.getString(1);
            if (micros == null) {
                throw ApiError.invalid("FOR SYSTEM_TIME AS OF expression must not be NULL");
            }
            Instant instant = Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
            return past(connection, table, instant, tables.now());
        }
    }

    /** @throws ApiError if the table was not there then, or if it is yet to come */
    static Past past(Connection connection, StoredTable table, Instant moment, Instant now) throws SQLException {
        if (moment.isAfter(now)) {
            throw wrong(table, moment, "Cannot read in the future.");
        }
        Optional<StoredTable> there = Lineage.at(connection, table, moment, now);
        if (there.isEmpty()) {
            long oldest = Lineage.since(connection, Lineage.oldest(connection, table, now));
            throw wrong(table, moment, "Cannot read before %d.".formatted(oldest));
        }
        return new Past(there.get(), moment);
    }

    private static ApiError wrong(StoredTable table, Instant moment, String why) {
        return new ApiError(
                400,
                "invalidQuery",
                "Invalid snapshot time %d for table %s. %s"
                        .formatted(moment.toEpochMilli(), table.resource().getId(), why));
    }
}
