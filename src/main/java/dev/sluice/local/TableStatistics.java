package dev.sluice.local;

import com.google.api.services.bigquery.model.Table;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;

/** What only the rows of a table can tell of it. */
final class TableStatistics {

    private TableStatistics() {}

    /** The resource with them. */
    static Table described(Connection connection, StoredTable table) throws SQLException {
        if (table.resource().getView() != null) {
            return table.resource();
        }
        long bytes = LogicalBytes.of(connection, table);
        return table.resource()
                .setNumRows(BigInteger.valueOf(Rows.count(connection, table)))
                .setNumBytes(bytes)
                .setNumLongTermBytes(0L)
                .setLastModifiedTime(lastModified(connection, table));
    }

    private static BigInteger lastModified(Connection connection, StoredTable table) throws SQLException {
        BigInteger ofResource = table.resource().getLastModifiedTime();
        return Store.text(
                        connection,
                        ("SELECT CAST(max(committed_at) AS VARCHAR) FROM meta.commits WHERE number IN"
                                        + " (SELECT _sluice_from FROM %1$s UNION SELECT _sluice_to FROM %1$s) HAVING count(committed_at) > 0")
                                .formatted(table.duckDbName()))
                .map(BigInteger::new)
                .map(ofRows -> ofResource == null ? ofRows : ofRows.max(ofResource))
                .orElse(ofResource == null ? BigInteger.valueOf(table.resource().getCreationTime()) : ofResource);
    }
}
