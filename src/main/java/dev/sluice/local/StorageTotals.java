package dev.sluice.local;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What a table stores.
 *
 * @param partitions that have rows; 0 if the table is not partitioned
 */
record StorageTotals(long rows, long bytes, long partitions) {

    /** Of the visible rows. */
    static StorageTotals of(Connection connection, StoredTable table) throws SQLException {
        Optional<String> group = Partitions.group(table.resource());
        String sums =
                "SELECT %s AS _sluice_group, COUNT(*) AS row_count, SUM(%s) AS bytes FROM %s WHERE _sluice_to IS NULL"
                        .formatted(group.orElse("0"), LogicalBytes.sql(table.fields()), table.duckDbName());
        String partitions = group.isEmpty() ? "0" : Partitions.groupId(table.resource(), "_sluice_group");
        String sql = ("SELECT concat_ws(' ', COALESCE(SUM(row_count), 0), COALESCE(SUM(bytes), 0), COUNT(DISTINCT %s))"
                        + " FROM (%s%s)")
                .formatted(partitions, sums, group.isEmpty() ? "" : " GROUP BY ALL");
        String[] totals = Store.text(connection, sql).orElseThrow().split(" ", -1);
        return new StorageTotals(
                Long.parseLong(totals[0]), Long.parseLong(totals[1]), group.isEmpty() ? 0 : Long.parseLong(totals[2]));
    }
}
