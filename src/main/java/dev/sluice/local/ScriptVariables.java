package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.QueryParameterType;
import com.google.api.services.bigquery.model.QueryParameterValue;
import dev.sluice.local.sql.GoogleSql;
import dev.sluice.local.sql.Positions;
import dev.sluice.local.sql.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The variables of a script, block by block, which its statements see as parameters. */
final class ScriptVariables {

    /** @param text as a parameter is bound; empty for NULL */
    record Value(Type type, Optional<String> text) {

        static Value none(Type type) {
            return new Value(type, Optional.empty());
        }
    }

    private final List<QueryParameter> given;
    private final SystemVariables system;
    private final Deque<Map<String, Value>> blocks = new ArrayDeque<>();

    ScriptVariables(Job job, SystemVariables system) {
        this.given = given(job.getConfiguration().getQuery().getQueryParameters());
        this.system = system;
        enter();
    }

    /** Those without a name have that of their place in the script. */
    private static List<QueryParameter> given(@Nullable List<QueryParameter> parameters) {
        List<QueryParameter> named = new ArrayList<>();
        for (QueryParameter parameter : Objects.requireNonNullElse(parameters, List.<QueryParameter>of())) {
            String name = parameter.getName();
            boolean positional = name == null || name.isEmpty();
            named.add(positional ? parameter.clone().setName(Positions.name(named.size() + 1)) : parameter);
        }
        return named;
    }

    /** Variables that are declared from now on go with the block. */
    void enter() {
        blocks.push(new HashMap<>());
    }

    void leave() {
        blocks.pop();
    }

    /** How many blocks have been entered. */
    int depth() {
        return blocks.size();
    }

    /** Leaves all blocks that were entered later. */
    void leave(int depth) {
        while (blocks.size() > depth) {
            blocks.pop();
        }
    }

    private static String key(String name) {
        return GoogleSql.VARIABLE + name.toLowerCase(Locale.ROOT);
    }

    /** @throws ApiError if the block, or one around it, has the variable */
    void declare(String name, Value value) {
        if (blocks.stream().anyMatch(block -> block.containsKey(key(name)))) {
            throw new ApiError(400, "invalidQuery", "Variable '%s' redeclaration".formatted(name));
        }
        blocks.element().put(key(name), value);
    }

    /** @throws ApiError if there is none */
    Type type(String name) {
        return block(name).getOrDefault(key(name), Value.none(Type.INT64)).type();
    }

    void set(String name, Value value) {
        block(name).put(key(name), value);
    }

    private Map<String, Value> block(String name) {
        return blocks.stream()
                .filter(block -> block.containsKey(key(name)))
                .findFirst()
                .orElseThrow(() -> new ApiError(400, "invalidQuery", "Undeclared variable: " + name));
    }

    /** The job's own parameters, the variables, and the system's. */
    List<QueryParameter> parameters() {
        List<QueryParameter> parameters = new ArrayList<>(given);
        blocks.forEach(block -> block.forEach((name, value) -> parameters.add(parameter(name, value))));
        parameters.addAll(system.parameters());
        return parameters;
    }

    /** @param name null for a parameter by its place */
    static QueryParameter parameter(@Nullable String name, Value value) {
        return new QueryParameter()
                .setName(name)
                .setParameterType(new QueryParameterType().setType(ParameterTexts.BOUND))
                .set(ParameterTexts.BOUND, value.type())
                .setParameterValue(
                        new QueryParameterValue().setValue(value.text().orElse(null)));
    }
}
