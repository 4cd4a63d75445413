package dev.sluice.local;

import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.Table;
import com.google.gson.JsonElement;
import dev.sluice.local.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** OPTIONS of statements in table resources; NULL takes an option away. */
final class TableOptions {

    private final Connection connection;
    private final Map<String, QueryParameter> parameters;

    TableOptions(Connection connection, Map<String, QueryParameter> parameters) {
        this.connection = connection;
        this.parameters = parameters;
    }

    void set(Table table, Statement.Options options) throws SQLException {
        new OptionValues(connection, parameters).of(options).forEach((name, value) -> set(table, name, value));
    }

    private static void set(Table table, String name, JsonElement value) {
        boolean none = value.isJsonNull();
        switch (name) {
            case "description" -> table.setDescription(none ? null : value.getAsString());
            case "friendly_name" -> table.setFriendlyName(none ? null : value.getAsString());
            case "labels" -> table.setLabels(none ? null : OptionValues.labels(value));
            case "expiration_timestamp" -> table.setExpirationTime(none ? null : value.getAsLong());
            case "require_partition_filter" -> setFilter(table, !none && value.getAsBoolean());
            case "partition_expiration_days" -> {
                if (table.getTimePartitioning() == null) {
                    throw ApiError.invalid("partition_expiration_days is only for tables partitioned by time");
                }
                table.getTimePartitioning().setExpirationMs(none ? null : OptionValues.millis(value));
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
}
