package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.QueryParameter;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.sluice.local.ScriptVariables.Value;
import dev.sluice.local.sql.Script;
import dev.sluice.local.sql.Statement;
import dev.sluice.local.sql.Type;
import dev.sluice.local.sql.ValueReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Computes what a script itself asks for: expressions and the rows of queries. */
final class ScriptExpressions {

    private final QueryReader reader;
    private final ScriptVariables variables;
    private final JobConfigurationQuery script;
    private final @Nullable Long limit;
    private long processed;
    private long billed;

    ScriptExpressions(QueryReader reader, Job job, ScriptVariables variables) {
        this.reader = reader;
        this.variables = variables;
        this.script = job.getConfiguration().getQuery();
        this.limit = script.getMaximumBytesBilled();
    }

    /** Bytes that they have read. */
    long processed() {
        return processed;
    }

    long billed() {
        return billed;
    }

    boolean isTrue(Connection connection, String condition) throws SQLException {
        return value(connection, condition, Type.BOOL)
                .text()
                .filter("true"::equals)
                .isPresent();
    }

    /** @param type that it becomes by itself; null for its own */
    Value value(Connection connection, String expression, @Nullable Type type) throws SQLException {
        Map<String, QueryParameter> bound = bound(variables.parameters());
        Statement.Select select = read(reader.value(connection, script, expression, type, bound));
        return rows(connection, select, select.columns().get(0).type(), VariableTexts.first(select), bound)
                .get(0);
    }

    /** Rows of a query as structs. */
    List<Value> rows(Connection connection, String query, List<QueryParameter> parameters) throws SQLException {
        Map<String, QueryParameter> bound = bound(parameters);
        Statement.Select select = read(reader.select(connection, script, query, bound));
        Type type = Type.struct(select.columns().stream()
                .map(column -> new Type.Part(column.name(), column.type()))
                .toList());
        return rows(connection, select, type, VariableTexts.row(select), bound);
    }

    /**
     * The only row of a query.
     *
     * @param types that its values become by themselves; all are NULL if there is no row
     */
    List<Value> only(Connection connection, String query, List<QueryParameter> parameters, List<Type> types)
            throws SQLException {
        Map<String, QueryParameter> bound = bound(parameters);
        Statement.Select select = read(reader.select(connection, script, query, bound));
        if (select.columns().size() != types.size()) {
            throw new ApiError(
                    400,
                    "invalidQuery",
                    ("Variables returned by Dynamic SQL do not match number of variables in INTO clause,"
                                    + " expected %d columns, but got %d")
                            .formatted(types.size(), select.columns().size()));
        }
        Statement.Select converted = ValueReader.coerced(select, types);
        Type type = Type.struct(
                types.stream().map(each -> new Type.Part(null, each)).toList());
        List<Value> rows = rows(connection, converted, type, VariableTexts.row(converted), bound);
        if (rows.size() > 1) {
            throw new ApiError(400, "invalidQuery", "DynamicSQL may only return 0 or 1 rows with INTO clause");
        }
        return fields(rows.isEmpty() ? Value.none(type) : rows.get(0));
    }

    /** The number of the branch to take, less than 0 for none. */
    int branch(Connection connection, Script.Case cases) throws SQLException {
        var text = new StringBuilder("CASE (" + cases.operand() + "\n)");
        for (int i = 0; i < cases.branches().size(); i++) {
            text.append(" WHEN (%s\n) THEN %d".formatted(cases.branches().get(i).value(), i));
        }
        return value(connection, text + " ELSE -1 END", Type.INT64)
                .text()
                .map(Integer::parseInt)
                .orElse(-1);
    }

    private static Map<String, QueryParameter> bound(List<QueryParameter> parameters) {
        return BoundStatements.parameters(new JobConfigurationQuery().setQueryParameters(parameters));
    }

    private Statement.Select read(QueryReader.Priced priced) {
        priced.pricing().requireWithin(limit);
        processed += priced.pricing().processed();
        billed += priced.pricing().billed();
        return priced.select();
    }

    private static List<Value> rows(
            Connection connection,
            Statement.Select select,
            Type type,
            String texts,
            Map<String, QueryParameter> parameters)
            throws SQLException {
        List<Value> values = new ArrayList<>();
        String sql = "SELECT %s FROM (%s)".formatted(texts, select.sql());
        try (PreparedStatement statement = BoundStatements.bind(connection, sql, select.parameters(), parameters);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                values.add(new Value(type, Optional.ofNullable(result.getString(1))));
            }
        }
        return values;
    }

    /** The fields of a struct, all NULL if it is. */
    static List<Value> fields(Value struct) {
        JsonArray texts = struct.text()
                .map(text -> JsonParser.parseString(text).getAsJsonArray())
                .orElse(null);
        List<Value> fields = new ArrayList<>();
        for (Type.Part part : struct.type().parts()) {
            fields.add(new Value(part.type(), texts == null ? Optional.empty() : text(texts.get(fields.size()))));
        }
        return fields;
    }

    private static Optional<String> text(JsonElement element) {
        if (element.isJsonNull()) {
            return Optional.empty();
        }
        return Optional.of(element.isJsonPrimitive() ? element.getAsString() : element.toString());
    }
}
