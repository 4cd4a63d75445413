package dev.sluice.local;

import com.google.api.services.bigquery.model.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** With which change a table has begun, and which one it took the place of, so that one can travel back to that. */
final class Lineage {

    private static final String BEGUN = Tables.HIDDEN + "begun";
    private static final String REPLACED = Tables.HIDDEN + "replaced";

    private Lineage() {}

    /** @param commit whose rows the table has from its creation on */
    static Table begin(Table table, long commit) {
        return table.set(BEGUN, String.valueOf(commit));
    }

    /** @param old whose place the table takes with the change by which it begins */
    static Table replace(Table table, StoredTable old) {
        return table.set(REPLACED, String.valueOf(old.number()));
    }

    /** The change that was there with the table; empty if it was made without rows. */
    static Optional<String> begun(Table table) {
        return Optional.ofNullable(table.get(BEGUN)).map(Object::toString);
    }

    /** The table, or the one that was there in its place at a moment; empty if none was, or if it is forgotten. */
    static Optional<StoredTable> at(Connection connection, StoredTable table, Instant moment, Instant now)
            throws SQLException {
        Optional<StoredTable> at = Optional.of(table);
        while (at.isPresent() && moment.toEpochMilli() < since(connection, at.get())) {
            at = replaced(connection, at.get(), now);
        }
        return at;
    }

    /** The table, or the first one that can still be read of those that were there in its place. */
    static StoredTable oldest(Connection connection, StoredTable table, Instant now) throws SQLException {
        StoredTable oldest = table;
        for (Optional<StoredTable> old = Optional.of(table); old.isPresent(); old = replaced(connection, oldest, now)) {
            oldest = old.get();
        }
        return oldest;
    }

    /** From when on it can be read, in milliseconds since 1970. */
    static long since(Connection connection, StoredTable table) throws SQLException {
        long created = Objects.requireNonNullElse(table.resource().getCreationTime(), 0L);
        Optional<String> begun = begun(table.resource());
        if (begun.isEmpty() || table.resource().get(REPLACED) == null) {
            return created;
        }
        return Store.text(
                        connection,
                        "SELECT CAST(committed_at AS VARCHAR) FROM meta.commits WHERE number = CAST(? AS BIGINT)",
                        begun.get())
                .map(Long::parseLong)
                .orElse(created);
    }

    private static Optional<StoredTable> replaced(Connection connection, StoredTable table, Instant now)
            throws SQLException {
        Object number = table.resource().get(REPLACED);
        return number == null
                ? Optional.empty()
                : DroppedTables.find(connection, Long.parseLong(number.toString()), now);
    }
}
