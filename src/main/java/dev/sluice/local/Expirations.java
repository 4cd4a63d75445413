package dev.sluice.local;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import dev.sluice.local.sql.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes tables whose time has passed, those that results of queries share among them, and lets rows out of the streaming buffer. */
final class Expirations {

    private static final Logger log = LoggerFactory.getLogger(Expirations.class);
    private static final String EXPIRATION = "CAST(json_extract_string(resource, '$.expirationTime') AS BIGINT)";
    private static final String EXPIRED = "SELECT dataset, name FROM meta.tables WHERE " + EXPIRATION + " <= ?";

    private final Store store;
    private final Tables tables;
    private final StreamingBuffer buffer;
    private final Clock clock;

    Expirations(Store store, Tables tables, StreamingBuffer buffer, Clock clock) {
        this.buffer = buffer;
        this.store = store;
        this.tables = tables;
        this.clock = clock;
    }

    void removeExpired() {
        try {
            store.change(connection -> {
                buffer.flush(connection);
                Timelines.forgetOld(connection, clock.instant());
                DroppedTables.forgetOld(connection, clock.instant());
                return buffer;
            });
            List<TableName> expired = store.read(this::expired);
            expired.forEach(this::remove);
        } catch (RuntimeException e) {
            log.warn("cannot remove expired tables; tried again later: {}", e.getMessage());
        }
    }

    private void remove(TableName name) {
        try {
            store.change(connection -> {
                if (tables.find(connection, name).isEmpty()) {
                    tables.remove(connection, name);
                }
                return name;
            });
        } catch (RuntimeException e) {
            log.warn(
                    "cannot remove the expired table {}.{}; tried again later: {}",
                    name.dataset(),
                    name.table(),
                    e.getMessage());
        }
    }

    private List<TableName> expired(Connection connection) throws SQLException {
        List<TableName> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(EXPIRED)) {
            statement.setLong(1, clock.millis());
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    names.add(new TableName(result.getString(1), result.getString(2)));
                }
            }
        }
        return names;
    }

    /**
     * What a dataset says for tables that do not say it themselves. Where it says how long partitions live, it says nothing of
     * the tables that have them.
     */
    static void setDefaults(Dataset dataset, Table table, long now) {
        var partitioning = table.getTimePartitioning();
        boolean hasOwnTime = partitioning != null && dataset.getDefaultPartitionExpirationMs() != null;
        if (table.getExpirationTime() == null && dataset.getDefaultTableExpirationMs() != null && !hasOwnTime) {
            table.setExpirationTime(now + dataset.getDefaultTableExpirationMs());
        }
        if (partitioning != null
                && partitioning.getExpirationMs() == null
                && dataset.getDefaultPartitionExpirationMs() != null) {
            partitioning.setExpirationMs(dataset.getDefaultPartitionExpirationMs());
        }
    }
}
