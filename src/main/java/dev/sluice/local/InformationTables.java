package dev.sluice.local;

import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows of INFORMATION_SCHEMA that tell what tables are. */
final class InformationTables {

    private InformationTables() {}

    static Map<String, @Nullable Object> row() {
        return new HashMap<>();
    }

    static Map<String, @Nullable Object> named(Table table) {
        Map<String, @Nullable Object> row = row();
        TableReference reference = table.getTableReference();
        row.put("table_catalog", reference.getProjectId());
        row.put("table_schema", reference.getDatasetId());
        row.put("table_name", reference.getTableId());
        return row;
    }

    static Map<String, @Nullable Object> table(Table table) {
        Map<String, @Nullable Object> row = named(table);
        String kind = Tables.kind(table);
        row.put("table_type", table.getCloneDefinition() != null ? "CLONE" : type(kind));
        row.put("is_insertable_into", kind.equals("TABLE") ? "YES" : "NO");
        row.put("is_fine_grained_mutations_enabled", "NO");
        row.put("is_typed", "NO");
        row.put("is_change_history_enabled", "NO");
        row.put("creation_time", table.getCreationTime());
        TableReference base = base(table);
        if (base != null) {
            row.put("base_table_catalog", base.getProjectId());
            row.put("base_table_schema", base.getDatasetId());
            row.put("base_table_name", base.getTableId());
        }
        if (table.getSnapshotDefinition() != null) {
            row.put(
                    "snapshot_time_ms",
                    table.getSnapshotDefinition().getSnapshotTime().getValue());
        }
        if (table.getCloneDefinition() != null) {
            row.put(
                    "snapshot_time_ms",
                    table.getCloneDefinition().getCloneTime().getValue());
        }
        row.put("default_collation_name", "NULL");
        return row;
    }

    private static String type(String kind) {
        return switch (kind) {
            case "VIEW", "MATERIALIZED VIEW" -> kind;
            case "SNAPSHOT TABLE" -> "SNAPSHOT";
            default -> "BASE TABLE";
        };
    }

    private static @Nullable TableReference base(Table table) {
        if (table.getSnapshotDefinition() != null) {
            return table.getSnapshotDefinition().getBaseTableReference();
        }
        return table.getCloneDefinition() == null
                ? null
                : table.getCloneDefinition().getBaseTableReference();
    }

    static Map<String, @Nullable Object> view(Table table) {
        Map<String, @Nullable Object> row = named(table);
        row.put("view_definition", table.getView().getQuery());
        row.put("use_standard_sql", "YES");
        return row;
    }

    static List<Map<String, @Nullable Object>> columns(StoredTable table) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        Table resource = table.resource();
        String partitioning = partitioning(resource);
        List<String> clustering = resource.getClustering() == null
                ? List.of()
                : resource.getClustering().getFields();
        for (TableFieldSchema field : table.fields()) {
            Map<String, @Nullable Object> row = named(resource);
            row.put("column_name", field.getName());
            row.put("ordinal_position", rows.size() + 1);
            row.put(
                    "is_nullable",
                    Set.of("REQUIRED", "REPEATED").contains(String.valueOf(field.getMode())) ? "NO" : "YES");
            row.put("data_type", InformationTypes.of(field));
            row.put("is_generated", "NEVER");
            row.put("is_hidden", "NO");
            row.put("is_system_defined", "NO");
            row.put("is_partitioning_column", field.getName().equalsIgnoreCase(partitioning) ? "YES" : "NO");
            int place = clustering.indexOf(field.getName());
            row.put("clustering_ordinal_position", place < 0 ? null : place + 1);
            row.put("collation_name", "NULL");
            row.put("column_default", Objects.requireNonNullElse(field.getDefaultValueExpression(), "NULL"));
            rows.add(row);
        }
        return rows;
    }

    /** Empty if the table is not partitioned by a column. */
    static String partitioning(Table table) {
        if (table.getRangePartitioning() != null) {
            return table.getRangePartitioning().getField();
        }
        return table.getTimePartitioning() == null
                        || table.getTimePartitioning().getField() == null
                ? ""
                : table.getTimePartitioning().getField();
    }
}
