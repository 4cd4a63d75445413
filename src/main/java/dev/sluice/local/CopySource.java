package dev.sluice.local;

import com.google.api.services.bigquery.model.TableReference;
import dev.sluice.local.sql.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a copy, an extract or a list of rows reads: a table, or a partition of it, {@code t$20240131}, as it is or as it was,
 * {@code t@1700000000000} or, in milliseconds before now, {@code t@-3600000}.
 *
 * @param moment null for now
 * @param partition null for all
 */
record CopySource(
        StoredTable table,
        @Nullable Instant moment,
        @Nullable String partition) {

    private static final Pattern NAME = Pattern.compile("([^@$]+)(?:\\$([^@$]+))?(?:@(-?\\d{1,15}))?");

    /** @param partition null for all */
    static CopySource now(StoredTable table, @Nullable String partition) {
        return new CopySource(table, null, partition);
    }

    /** @throws ApiError if it has a decorator that says nothing */
    static void require(TableReference reference) {
        matcher(reference.getTableId());
    }

    private static Matcher matcher(String id) {
        Matcher name = NAME.matcher(id);
        if (!name.matches()) {
            throw ApiError.invalid(
                    "Invalid table decorator of %s; @ with milliseconds, or $ with a partition, is wanted"
                            .formatted(id));
        }
        return name;
    }

    /** Of a table that is there. */
    static CopySource of(Connection connection, Tables tables, TableReference reference) throws SQLException {
        Matcher name = matcher(reference.getTableId());
        StoredTable table = tables.get(connection, new TableName(reference.getDatasetId(), name.group(1)));
        return of(connection, table, name, tables.now());
    }

    /** Of a table that is there, or was there at the moment that the reference says. */
    static CopySource past(Connection connection, Tables tables, TableReference reference) throws SQLException {
        Matcher name = matcher(reference.getTableId());
        if (name.group(3) == null) {
            return of(connection, tables, reference);
        }
        long millis = Long.parseLong(name.group(3));
        var table = new TableName(reference.getDatasetId(), name.group(1));
        long since = millis < 0 ? tables.now().toEpochMilli() + millis : millis;
        return of(connection, tables.past(connection, table, since), name, tables.now());
    }

    private static CopySource of(Connection connection, StoredTable table, Matcher name, Instant now)
            throws SQLException {
        if (name.group(3) == null) {
            return now(table, name.group(2));
        }
        Moments.Past past = past(connection, table, Long.parseLong(name.group(3)), now);
        return new CopySource(past.table(), past.moment(), name.group(2));
    }

    /** @param millis since 1970; negative before now; 0 for the oldest there is */
    private static Moments.Past past(Connection connection, StoredTable table, long millis, Instant now)
            throws SQLException {
        if (millis == 0) {
            StoredTable oldest = Lineage.oldest(connection, table, now);
            return new Moments.Past(oldest, Instant.ofEpochMilli(Lineage.since(connection, oldest)));
        }
        Instant moment = millis < 0 ? now.plusMillis(millis) : Instant.ofEpochMilli(millis);
        return Moments.past(connection, table, moment, now);
    }

    /** Its rows as statements read them. */
    String visible() {
        return "SELECT %s FROM %s WHERE %s".formatted(table.read(), table.duckDbName(), condition());
    }

    /** DuckDB's condition for its rows. */
    String condition() {
        return within(moment == null ? "_sluice_to IS NULL" : table.visibleAt(moment));
    }

    /**
     * DuckDB's condition for its rows.
     *
     * @param commit the copy's own, which may have ended rows of the same table
     */
    String rows(long commit) {
        String visible = moment == null
                ? "(_sluice_to IS NULL OR _sluice_to = %1$d) AND _sluice_from <> %1$d".formatted(commit)
                : table.visibleAt(moment);
        return within(visible);
    }

    private String within(String visible) {
        return partition == null ? visible : visible + " AND " + Partitions.condition(table, partition);
    }
}
