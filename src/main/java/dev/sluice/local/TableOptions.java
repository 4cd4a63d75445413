package dev.sluice.local;

import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.Table;
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

    private static void set(Table table, String name, OptionValue value) {
        switch (name) {
            case "description" -> table.setDescription(value.text());
            case "friendly_name" -> table.setFriendlyName(value.text());
            case "labels" -> table.setLabels(value.labels());
            case "expiration_timestamp" -> table.setExpirationTime(value.moment());
            case "require_partition_filter" -> setFilter(table, value.isTrue());
            case "partition_expiration_days" -> {
                if (table.getTimePartitioning() == null) {
                    throw ApiError.invalid("partition_expiration_days is only for tables partitioned by time");
                }
                table.getTimePartitioning().setExpirationMs(value.millis());
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
