package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Tells functions of a row, of a group and of a window apart. */
final class CallTranslator {

    private final ExpressionTranslator expressions;
    private final Scope scope;
    private final ScalarFunctions scalars;
    private final SafeCalls safe;
    private final Windows windows;
    private final EagerValues aggregates = new EagerValues();

    CallTranslator(ExpressionTranslator expressions, Scope scope) {
        this.expressions = expressions;
        this.scope = scope;
        this.scalars = new ScalarFunctions(expressions);
        this.safe = new SafeCalls(expressions, scalars);
        this.windows = new Windows(expressions);
    }

    Windows windows() {
        return windows;
    }

    /** Those of the groups, as far as they were translated. */
    EagerValues aggregates() {
        return aggregates;
    }

    /** @param ungrouped translates what stands inside of an aggregate */
    Typed translate(Call call, Function<Expression, Typed> ungrouped) {
        Token name = call.at();
        if (call.over() != null) {
            requireUnsafe(call);
            return scope.withoutVariables(() -> windows.translate(call));
        }
        if (Windows.isOnlyOne(name)) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Analytic function %s cannot be called without an OVER clause at %s"
                            .formatted(name.upper(), name.place()));
        }
        if (name.is("GROUPING")) {
            return grouping(call, ungrouped);
        }
        if (Aggregates.isOne(name)) {
            requireUnsafe(call);
            return aggregate(call, ungrouped);
        }
        if (!call.modifiers().isNone()) {
            throw SqlRefused.unsupported("IGNORE NULLS, ORDER BY or LIMIT in " + name.upper(), name);
        }
        return call.safe() ? safe.translate(call) : scalars.translate(call);
    }

    /** Whether a row is of a group in which the key is not told apart. */
    private Typed grouping(Call call, Function<Expression, Typed> ungrouped) {
        requireUnsafe(call);
        if (call.arguments().size() != 1) {
            throw SqlRefused.unsupported("GROUPING of anything but one key", call.at());
        }
        Typed key = ungrouped.apply(call.arguments().get(0));
        if (!expressions.isKey(key)) {
            throw new SqlRefused(
                    "invalidQuery",
                    "GROUPING must have an argument that exists within the group-by expression list at "
                            + call.at().place());
        }
        return Typed.aggregated(Type.INT64, "CAST(GROUPING(%s) AS BIGINT)", key).spokenFor(true);
    }

    /** Whether DuckDB is given the argument twice, what is compared and what it stands for. */
    private static boolean isExtreme(Token name) {
        return name.is("MAX") || name.is("MIN");
    }

    private static void requireUnsafe(Call call) {
        if (call.safe()) {
            throw SqlRefused.unsupported("SAFE with aggregates", call.at());
        }
    }

    private Typed aggregate(Call call, Function<Expression, Typed> ungrouped) {
        List<Typed> arguments = new ArrayList<>();
        call.arguments().forEach(argument -> arguments.add(ungrouped.apply(argument)));
        if (isExtreme(call.at())) {
            arguments.forEach(argument -> ChangingFunctions.requireNone(argument, call.at()));
        }
        List<Typed> order = new ArrayList<>();
        call.modifiers().order().forEach(ordering -> order.add(ungrouped.apply(ordering.expression())));
        Set<String> outer = scope.outer();
        for (Typed argument : arguments) {
            if (argument.aggregate()) {
                throw new SqlRefused(
                        "invalidQuery",
                        "Aggregations of aggregations are not allowed at "
                                + call.at().place());
            }
            if (argument.window()) {
                throw new SqlRefused(
                        "invalidQuery",
                        "Analytic function not allowed in aggregate function at "
                                + call.at().place());
            }
            if (argument.columns().stream().anyMatch(outer::contains)) {
                throw SqlRefused.unsupported("aggregates of an outer query's columns", call.at());
            }
        }
        return aggregates.add(
                call.at(), Aggregates.translate(call, arguments, order).spokenFor(true));
    }
}
