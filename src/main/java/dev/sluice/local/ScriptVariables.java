package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.QueryParameterType;
import com.google.api.services.bigquery.model.QueryParameterValue;
import dev.sluice.local.sql.Column;
import dev.sluice.local.sql.GoogleSql;
import dev.sluice.local.sql.Script;
import dev.sluice.local.sql.Statement;
import dev.sluice.local.sql.Type;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The variables of a script, which its statements see as parameters. */
final class ScriptVariables {

    /** @param text as a parameter is bound; empty for NULL */
    record Value(Type type, Optional<String> text) {}

    private final QueryEffects queries;
    private final Map<String, QueryParameter> given;
    private final Map<String, Value> values = new HashMap<>();
    private final @Nullable Long limit;
    private long processed;
    private long billed;

    ScriptVariables(QueryEffects queries, Job job) {
        this.queries = queries;
        this.limit = job.getConfiguration().getQuery().getMaximumBytesBilled();
        this.given = BoundStatements.parameters(job.getConfiguration().getQuery());
    }

    private static String key(String name) {
        return GoogleSql.VARIABLE + name.toLowerCase(Locale.ROOT);
    }

    void set(String name, Value value) {
        values.put(key(name), value);
    }

    /** What a handler sees of the error. */
    void set(Map<String, String> error) {
        error.forEach((name, text) -> values.put("@error." + name, new Value(Type.STRING, Optional.of(text))));
    }

    /** The job's own parameters and the variables. */
    List<QueryParameter> parameters() {
        List<QueryParameter> parameters = new ArrayList<>(given.values());
        values.forEach((name, value) -> parameters.add(new QueryParameter()
                .setName(name)
                .setParameterType(new QueryParameterType().setType(ParameterTexts.BOUND))
                .set(ParameterTexts.BOUND, value.type())
                .setParameterValue(
                        new QueryParameterValue().setValue(value.text().orElse(null)))));
        return parameters;
    }

    private Map<String, QueryParameter> bound() {
        Map<String, QueryParameter> bound = new HashMap<>();
        parameters().forEach(parameter -> bound.put(parameter.getName(), parameter));
        return bound;
    }

    void declare(Connection connection, Script.Declare declare) throws SQLException {
        for (String name : declare.names()) {
            if (values.containsKey(key(name))) {
                throw new ApiError(400, "invalidQuery", "Variable '%s' redeclaration".formatted(name));
            }
        }
        Optional<Value> value = declare.value() == null
                ? Optional.empty()
                : Optional.of(evaluate(connection, declare.value(), Optional.ofNullable(declare.type())));
        Type type = declare.type() == null ? value.orElseThrow().type() : declare.type();
        declare.names().forEach(name -> set(name, value.orElse(new Value(type, Optional.empty()))));
    }

    void assign(Connection connection, Script.Assign assign) throws SQLException {
        Value before = values.get(key(assign.name()));
        if (before == null) {
            throw new ApiError(400, "invalidQuery", "Undeclared variable: " + assign.name());
        }
        set(assign.name(), evaluate(connection, assign.value(), Optional.of(before.type())));
    }

    boolean isTrue(Connection connection, String condition) throws SQLException {
        return evaluate(connection, condition, Optional.of(Type.BOOL))
                .text()
                .filter("true"::equals)
                .isPresent();
    }

    Value evaluate(Connection connection, String expression) throws SQLException {
        return evaluate(connection, expression, Optional.empty());
    }

    /** @param wanted the type that it must become by itself */
    private Value evaluate(Connection connection, String expression, Optional<Type> wanted) throws SQLException {
        Statement.Select select = select(connection, "SELECT (" + expression + ")");
        Column column = select.columns().get(0);
        Statement.Select converted =
                wanted.map(type -> GoogleSql.coerced(select, type)).orElse(select);
        List<Value> rows = rows(connection, converted, wanted.orElse(column.type()), VariableTexts.first(converted));
        return rows.get(0);
    }

    /** Rows as structs. */
    List<Value> rows(Connection connection, String query) throws SQLException {
        Statement.Select select = select(connection, query);
        Type type = Type.struct(select.columns().stream()
                .map(column -> new Type.Part(column.name(), column.type()))
                .toList());
        return rows(connection, select, type, VariableTexts.row(select));
    }

    private Statement.Select select(Connection connection, String sql) throws SQLException {
        QueryEffects.Priced priced = queries.select(connection, sql, bound());
        priced.pricing().requireWithin(limit);
        processed += priced.pricing().processed();
        billed += priced.pricing().billed();
        return priced.select();
    }

    /** Bytes that expressions have read. */
    long processed() {
        return processed;
    }

    long billed() {
        return billed;
    }

    private List<Value> rows(Connection connection, Statement.Select select, Type type, String texts)
            throws SQLException {
        List<Value> values = new ArrayList<>();
        String sql = "SELECT %s FROM (%s)".formatted(texts, select.sql());
        try (PreparedStatement statement = BoundStatements.bind(connection, sql, select.parameters(), bound());
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                values.add(new Value(type, Optional.ofNullable(result.getString(1))));
            }
        }
        return values;
    }
}
