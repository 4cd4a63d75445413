package dev.sluice.local;

import com.google.api.services.bigquery.model.QueryParameter;
import dev.sluice.local.ScriptVariables.Value;
import dev.sluice.local.sql.Positions;
import dev.sluice.local.sql.Script;
import dev.sluice.local.sql.Script.Step;
import dev.sluice.local.sql.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Does steps of a script in which no others stand. */
final class ScriptSteps {

    private final ScriptStatements statements;
    private final ScriptVariables variables;
    private final ScriptExpressions expressions;
    private final SystemVariables system;
    private String told = "";

    ScriptSteps(
            ScriptStatements statements,
            ScriptVariables variables,
            ScriptExpressions expressions,
            SystemVariables system) {
        this.statements = statements;
        this.variables = variables;
        this.expressions = expressions;
        this.system = system;
    }

    /** The text of the latest step. */
    String told() {
        return told;
    }

    /** Tells what is done now. */
    void tell(String text) {
        told = Positions.written(text);
    }

    void run(Step step) {
        if (step instanceof Script.Run run) {
            statements.run(run.statement(), variables.parameters());
        } else if (step instanceof Script.Immediate immediate) {
            immediate(immediate);
        } else if (step instanceof Script.Transaction transaction) {
            statements.transaction(transaction.act());
        } else if (step instanceof Script.Declare declare) {
            declare(declare);
        } else if (step instanceof Script.Assign assign) {
            variables.set(assign.name(), value(assign.value(), variables.type(assign.name())));
        } else if (step instanceof Script.AssignAll assign) {
            assign(assign);
        } else {
            raise((Script.Raise) step);
        }
    }

    private Value value(String expression, @Nullable Type type) {
        return statements.computing(connection -> expressions.value(connection, expression, type));
    }

    private void declare(Script.Declare declare) {
        @Nullable Type type = declare.type();
        Value value = declare.value() == null ? Value.none(Objects.requireNonNull(type)) : value(declare.value(), type);
        declare.names().forEach(name -> variables.declare(name, value));
    }

    private void assign(Script.AssignAll assign) {
        requireDifferent(assign.names(), "Assigning multiple values to variable: %s");
        Type struct = Type.struct(assign.names().stream()
                .map(name -> new Type.Part(null, variables.type(name)))
                .toList());
        set(assign.names(), ScriptExpressions.fields(value(assign.value(), struct)));
    }

    private void set(List<String> names, List<Value> values) {
        for (int i = 0; i < names.size(); i++) {
            variables.set(names.get(i), values.get(i));
        }
    }

    private static void requireDifferent(List<String> names, String refusal) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw new ApiError(400, "invalidQuery", refusal.formatted(name));
            }
        }
    }

    /** It knows the system's variables and what it uses, but not the variables of the script. */
    private void immediate(Script.Immediate immediate) {
        immediate.into().forEach(variables::type);
        String sql = value(immediate.statement(), Type.STRING)
                .text()
                .orElseThrow(() -> new ApiError(400, "invalidQuery", "EXECUTE IMMEDIATE sql string cannot be NULL"));
        if (sql.isBlank()) {
            throw new ApiError(400, "invalidQuery", "Empty EXECUTE IMMEDIATE sql string cannot be executed");
        }
        List<QueryParameter> parameters = new ArrayList<>();
        for (Script.Using using : immediate.using()) {
            parameters.add(ScriptVariables.parameter(using.name(), value(using.value(), null)));
        }
        parameters.addAll(system.parameters());
        tell(sql);
        if (immediate.into().isEmpty()) {
            statements.run(sql, parameters);
        } else {
            into(immediate.into(), sql, parameters);
        }
    }

    private void into(List<String> names, String sql, List<QueryParameter> parameters) {
        requireDifferent(names, "EXECUTE IMMEDIATE with INTO clause cannot assign to the same variable multiple times");
        List<Type> types = names.stream().map(variables::type).toList();
        set(names, statements.computing(connection -> expressions.only(connection, sql, parameters, types)));
    }

    private void raise(Script.Raise raise) {
        if (raise.message() == null) {
            throw system.error();
        }
        throw new ApiError(
                400, "invalidQuery", value(raise.message(), Type.STRING).text().orElse("NULL"));
    }
}
