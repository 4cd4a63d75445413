package dev.sluice.local;

import com.google.api.services.bigquery.model.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of INFORMATION_SCHEMA that tell what tables hold; all of it is active storage. */
final class InformationStorage {

    private final Connection connection;

    InformationStorage(Connection connection) {
        this.connection = connection;
    }

    List<Map<String, @Nullable Object>> partitions(StoredTable table) throws SQLException {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        if (table.resource().getView() != null) {
            return rows;
        }
        String id = Partitions.id(table.resource()).orElse("'none'");
        String sql =
                ("SELECT concat_ws(' ', _sluice_id, COUNT(*), SUM(_sluice_bytes), coalesce(max(committed_at), 0)) FROM"
                                + " (SELECT %s AS _sluice_id, %s AS _sluice_bytes, _sluice_from FROM %s WHERE _sluice_to IS NULL)"
                                + " LEFT JOIN meta.commits ON number = _sluice_from GROUP BY _sluice_id ORDER BY _sluice_id")
                        .formatted(id, LogicalBytes.sql(table.fields()), table.duckDbName());
        for (String text : Store.texts(connection, sql)) {
            String[] parts = text.split(" ", -1);
            Map<String, @Nullable Object> row = InformationTables.named(table.resource());
            row.put("partition_id", parts[0].equals("none") ? null : parts[0]);
            row.put("total_rows", parts[1]);
            row.put("total_logical_bytes", parts[2]);
            row.put("last_modified_time", parts[3]);
            row.put("storage_tier", "ACTIVE");
            rows.add(row);
        }
        return rows;
    }

    List<Map<String, @Nullable Object>> storage(StoredTable table) throws SQLException {
        Table resource = table.resource();
        if (resource.getView() != null) {
            return List.of();
        }
        Map<String, @Nullable Object> row = InformationTables.named(resource);
        StorageTotals totals = StorageTotals.of(connection, table);
        row.put("project_id", resource.getTableReference().getProjectId());
        row.put("creation_time", resource.getCreationTime());
        row.put("total_rows", totals.rows());
        row.put("total_partitions", totals.partitions());
        row.put("total_logical_bytes", totals.bytes());
        row.put("active_logical_bytes", totals.bytes());
        row.put("long_term_logical_bytes", 0);
        row.put("storage_last_modified_time", resource.getLastModifiedTime());
        row.put("deleted", false);
        row.put("table_type", InformationTables.table(resource).get("table_type"));
        return List.of(row);
    }
}
