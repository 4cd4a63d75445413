package dev.sluice.local;

import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Options of tables and datasets as DDL would write them. */
final class InformationOptions {

    private static final double MILLIS_PER_DAY = 86_400_000;

    private static final String LABELS = "ARRAY<STRUCT<STRING, STRING>>";

    private InformationOptions() {}

    static List<Map<String, @Nullable Object>> rows(Table table) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        if (table.getDescription() != null) {
            rows.add(row(table, "description", "STRING", quoted(table.getDescription())));
        }
        if (table.getFriendlyName() != null) {
            rows.add(row(table, "friendly_name", "STRING", quoted(table.getFriendlyName())));
        }
        if (table.getExpirationTime() != null) {
            String moment = Instant.ofEpochMilli(table.getExpirationTime()).toString();
            rows.add(row(table, "expiration_timestamp", "TIMESTAMP", "TIMESTAMP " + quoted(moment)));
        }
        if (table.getLabels() != null && !table.getLabels().isEmpty()) {
            rows.add(row(table, "labels", LABELS, labels(table.getLabels())));
        }
        if (Boolean.TRUE.equals(table.getRequirePartitionFilter())) {
            rows.add(row(table, "require_partition_filter", "BOOL", "true"));
        }
        if (table.getTimePartitioning() != null && table.getTimePartitioning().getExpirationMs() != null) {
            double days = table.getTimePartitioning().getExpirationMs() / MILLIS_PER_DAY;
            rows.add(row(table, "partition_expiration_days", "FLOAT64", String.valueOf(days)));
        }
        return rows;
    }

    static List<Map<String, @Nullable Object>> rows(Dataset dataset) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        add(rows, dataset, "default_partition_expiration_days", dataset.getDefaultPartitionExpirationMs());
        add(rows, dataset, "default_table_expiration_days", dataset.getDefaultTableExpirationMs());
        if (dataset.getDescription() != null) {
            rows.add(row(dataset, "description", "STRING", quoted(dataset.getDescription())));
        }
        if (dataset.getFriendlyName() != null) {
            rows.add(row(dataset, "friendly_name", "STRING", quoted(dataset.getFriendlyName())));
        }
        if (dataset.getLabels() != null && !dataset.getLabels().isEmpty()) {
            rows.add(row(dataset, "labels", LABELS, labels(dataset.getLabels())));
        }
        if (dataset.getMaxTimeTravelHours() != null) {
            rows.add(row(dataset, "max_time_travel_hours", "INT64", String.valueOf(dataset.getMaxTimeTravelHours())));
        }
        return rows;
    }

    private static void add(
            List<Map<String, @Nullable Object>> rows, Dataset dataset, String name, @Nullable Long millis) {
        if (millis != null) {
            rows.add(row(dataset, name, "FLOAT64", String.valueOf(millis / MILLIS_PER_DAY)));
        }
    }

    private static Map<String, @Nullable Object> row(Dataset dataset, String name, String type, String value) {
        Map<String, @Nullable Object> row = InformationTables.row();
        row.put("catalog_name", dataset.getDatasetReference().getProjectId());
        row.put("schema_name", dataset.getDatasetReference().getDatasetId());
        row.put("option_name", name);
        row.put("option_type", type);
        row.put("option_value", value);
        return row;
    }

    private static String labels(Map<String, String> labels) {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> "STRUCT(%s, %s)".formatted(quoted(label.getKey()), quoted(label.getValue())))
                        .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String quoted(String text) {
        return new JsonPrimitive(text).toString();
    }

    private static Map<String, @Nullable Object> row(Table table, String name, String type, String value) {
        Map<String, @Nullable Object> row = InformationTables.named(table);
        row.put("option_name", name);
        row.put("option_type", type);
        row.put("option_value", value);
        return row;
    }
}
