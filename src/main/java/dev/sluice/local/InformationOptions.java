package dev.sluice.local;

import com.google.api.services.bigquery.model.Table;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Options of tables as DDL would write them. */
final class InformationOptions {

    private static final double MILLIS_PER_DAY = 86_400_000;

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
            String labels = new TreeMap<>(table.getLabels())
                    .entrySet().stream()
                            .map(label -> "STRUCT(%s, %s)".formatted(quoted(label.getKey()), quoted(label.getValue())))
                            .collect(Collectors.joining(", ", "[", "]"));
            rows.add(row(table, "labels", "ARRAY<STRUCT<STRING, STRING>>", labels));
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
