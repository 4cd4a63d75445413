package dev.sluice.local;

import com.google.api.services.bigquery.model.QueryParameter;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.sluice.local.sql.Statement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Computes OPTIONS of statements. */
final class OptionValues {

    private static final double MILLIS_PER_DAY = 86_400_000;

    private final Connection connection;
    private final Map<String, QueryParameter> parameters;

    OptionValues(Connection connection, Map<String, QueryParameter> parameters) {
        this.connection = connection;
        this.parameters = parameters;
    }

    /** By name, in their order. */
    Map<String, JsonElement> of(Statement.Options options) throws SQLException {
        Map<String, JsonElement> computed = new LinkedHashMap<>();
        if (options.names().isEmpty()) {
            return computed;
        }
        Statement.Select values = options.values();
        try (PreparedStatement statement =
                        BoundStatements.bind(connection, values.sql(), values.parameters(), parameters);
                ResultSet result = statement.executeQuery()) {
            result.next();
            for (int i = 0; i < options.names().size(); i++) {
                String json = result.getString(i + 1);
                computed.put(options.names().get(i), JsonParser.parseString(json == null ? "null" : json));
            }
        }
        return computed;
    }

    static long millis(JsonElement days) {
        return Math.round(days.getAsDouble() * MILLIS_PER_DAY);
    }

    /** Pairs, whatever their fields are called. */
    static Map<String, String> labels(JsonElement pairs) {
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
