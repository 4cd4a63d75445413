package dev.sluice.local;

import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.QueryParameter;
import dev.sluice.local.sql.Type;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** DuckDB's statements with BigQuery's parameters. */
final class BoundStatements {

    private BoundStatements() {}

    /** By name, in lower case; those without one by their number, from 1. */
    static Map<String, QueryParameter> parameters(JobConfigurationQuery query) {
        Map<String, QueryParameter> parameters = new HashMap<>();
        if (query.getQueryParameters() != null) {
            int position = 0;
            for (QueryParameter parameter : query.getQueryParameters()) {
                position++;
                String name = parameter.getName();
                boolean positional = name == null || name.isEmpty();
                parameters.put(positional ? String.valueOf(position) : name.toLowerCase(Locale.ROOT), parameter);
            }
        }
        return parameters;
    }

    static Map<String, Type> types(Map<String, QueryParameter> parameters) {
        Map<String, Type> types = new HashMap<>();
        parameters.forEach((name, parameter) -> types.put(name, ParameterTexts.type(parameter)));
        return types;
    }

    static PreparedStatement bind(
            Connection connection, String sql, List<String> order, Map<String, QueryParameter> parameters)
            throws SQLException {
        PreparedStatement statement = Connections.prepare(connection, sql);
        for (int i = 0; i < order.size(); i++) {
            QueryParameter parameter = Objects.requireNonNull(parameters.get(order.get(i)));
            statement.setString(i + 1, ParameterTexts.of(parameter.getParameterType(), parameter.getParameterValue()));
        }
        return statement;
    }

    static int run(
            Connection connection,
            String sql,
            List<String> order,
            Map<String, QueryParameter> parameters,
            RunningJob state)
            throws SQLException {
        try (PreparedStatement statement = bind(connection, sql, order, parameters)) {
            return state.execute(statement);
        }
    }
}
