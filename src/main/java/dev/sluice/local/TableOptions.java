package dev.sluice.local;

import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.Table;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.sluice.local.sql.Statement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** OPTIONS of statements in table resources; NULL takes an option away. */
final class TableOptions {

    private static final double MILLIS_PER_DAY = 86_400_000;

    private final Connection connection;
    private final Map<String, QueryParameter> parameters;

    TableOptions(Connection connection, Map<String, QueryParameter> parameters) {
        this.connection = connection;
        this.parameters = parameters;
    }

    void set(Table table, Statement.Options options) throws SQLException {
        if (options.names().isEmpty()) {
            return;
        }
        Statement.Select values = options.values();
        try (PreparedStatement statement =
                        BoundStatements.bind(connection, values.sql(), values.parameters(), parameters);
                ResultSet result = statement.executeQuery()) {
            result.next();
            for (int i = 0; i < options.names().size(); i++) {
                String json = result.getString(i + 1);
                set(table, options.names().get(i), JsonParser.parseString(json == null ? "null" : json));
            }
        }
    }

    private static void set(Table table, String name, JsonElement value) {
        boolean none = value.isJsonNull();
        switch (name) {
            case "description" -> table.setDescription(none ? null : value.getAsString());
            case "friendly_name" -> table.setFriendlyName(none ? null : value.getAsString());
            case "labels" -> table.setLabels(none ? null : labels(value));
            case "expiration_timestamp" -> table.setExpirationTime(none ? null : value.getAsLong());
            case "require_partition_filter" -> setFilter(table, !none && value.getAsBoolean());
            case "partition_expiration_days" -> {
                if (table.getTimePartitioning() == null) {
                    throw ApiError.invalid("partition_expiration_days is only for tables partitioned by time");
                }
                table.getTimePartitioning()
                        .setExpirationMs(none ? null : Math.round(value.getAsDouble() * MILLIS_PER_DAY));
            }
            default -> throw ApiError.unsupported("option " + name);
        }
    }

    private static void setFilter(Table table, boolean required) {
        if (required && table.getTimePartitioning() == null && table.getRangePartitioning() == null) {
            throw ApiError.invalid("require_partition_filter is only for partitioned tables");
        }
        table.setRequirePartitionFilter(required ? Boolean.TRUE : null);
    }

    /** Pairs, whatever their fields are called. */
    private static Map<String, String> labels(JsonElement pairs) {
        Map<String, String> labels = new HashMap<>();
        for (JsonElement pair : pairs.getAsJsonArray()) {
            Iterator<Map.Entry<String, JsonElement>> fields =
                    pair.getAsJsonObject().entrySet().iterator();
            labels.put(
                    fields.next().getValue().getAsString(),
                    fields.next().getValue().getAsString());
        }
        return labels;
    }
}
