package dev.sluice.local;

import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.QueryParameter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** DuckDB's statements with BigQuery's parameters. */
final class BoundStatements {

    private BoundStatements() {}

    /** By name. */
    static Map<String, QueryParameter> parameters(JobConfigurationQuery query) {
        Map<String, QueryParameter> parameters = new HashMap<>();
        if (query.getQueryParameters() != null) {
            for (QueryParameter parameter : query.getQueryParameters()) {
                if (parameter.getName() == null || parameter.getName().isEmpty()) {
                    throw ApiError.unsupported("positional parameters");
                }
                parameters.put(parameter.getName(), parameter);
            }
        }
        return parameters;
    }

    static PreparedStatement bind(
            Connection connection, String sql, List<String> order, Map<String, QueryParameter> parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < order.size(); i++) {
            statement.setString(
                    i + 1,
                    Objects.requireNonNull(parameters.get(order.get(i)))
                            .getParameterValue()
                            .getValue());
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
