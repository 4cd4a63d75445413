package dev.sluice.local;

import com.google.api.services.bigquery.model.QueryParameter;
import com.google.gson.JsonParser;
import dev.sluice.local.sql.Statement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Computes OPTIONS of statements. */
final class OptionValues {

    private final Connection connection;
    private final Map<String, QueryParameter> parameters;

    OptionValues(Connection connection, Map<String, QueryParameter> parameters) {
        this.connection = connection;
        this.parameters = parameters;
    }

    /** By name, in their order. */
    Map<String, OptionValue> of(Statement.Options options) throws SQLException {
        Map<String, OptionValue> computed = new LinkedHashMap<>();
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
                String name = options.names().get(i);
                computed.put(
                        name,
                        new OptionValue(
                                name,
                                values.columns().get(i).type(),
                                JsonParser.parseString(json == null ? "null" : json)));
            }
        }
        return computed;
    }
}
