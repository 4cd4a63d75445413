package dev.sluice.local;

import com.google.api.services.bigquery.model.PartitionedColumn;
import com.google.api.services.bigquery.model.PartitioningDefinition;
import com.google.api.services.bigquery.model.Table;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What only the rows of a table can tell of it. */
final class TableStatistics {

    private TableStatistics() {}

    /** The resource with them. */
    static Table described(Connection connection, StoredTable table) throws SQLException {
        if (table.resource().getView() != null) {
            return told(table.resource(), new StorageTotals(0, 0, 0));
        }
        StorageTotals totals = StorageTotals.of(connection, table);
        if (Partitions.column(table.resource()).isPresent()) {
            table.resource()
                    .setNumPartitions(totals.partitions())
                    .setPartitionDefinition(Partitions.isByArrival(table.resource()) ? null : definition(table));
        }
        return told(table.resource(), totals).setLastModifiedTime(lastModified(connection, table));
    }

    private static Table told(Table table, StorageTotals totals) {
        return table.setNumRows(BigInteger.valueOf(totals.rows()))
                .setNumBytes(totals.bytes())
                .setNumLongTermBytes(0L)
                .setNumTotalLogicalBytes(totals.bytes())
                .setNumActiveLogicalBytes(totals.bytes())
                .setNumLongTermLogicalBytes(0L);
    }

    private static PartitioningDefinition definition(StoredTable table) {
        return new PartitioningDefinition()
                .setPartitionedColumn(Partitions.column(table.resource())
                        .map(column -> List.of(new PartitionedColumn().setField(column)))
                        .orElseThrow());
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
