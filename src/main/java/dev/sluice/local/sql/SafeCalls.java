package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Functions whose own errors become NULL, while those of their arguments stay errors. */
final class SafeCalls {

    private static final String ROW = "_sluice_safe";

    private final ExpressionTranslator expressions;
    private final ScalarFunctions scalars;

    SafeCalls(ExpressionTranslator expressions, ScalarFunctions scalars) {
        this.expressions = expressions;
        this.scalars = scalars;
    }

    Typed translate(Call call) {
        List<Typed> before = new ArrayList<>();
        List<Expression> arguments = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            arguments.add(cannotFail(argument) ? argument : apart(argument, before));
        }
        Typed value = scalars.translate(call.with(arguments));
        boolean movable = value.isMovable();
        if (Guards.mayBeUnknown(value) || !before.isEmpty() && !movable) {
            throw SqlRefused.unsupported("SAFE." + call.at().upper(), call.at());
        }
        Typed safe = Guards.orNull(value);
        boolean repeats = movable && value.sql().contains("CASE WHEN");
        return before.isEmpty() && !repeats ? safe : after(before, safe);
    }

    /** What is computed before the function is. */
    private Expression apart(Expression argument, List<Typed> before) {
        boolean part = argument instanceof Expression.Interval
                || argument instanceof Expression.Zoned
                || argument instanceof Expression.Named;
        if (part) {
            throw SqlRefused.unsupported("SAFE over an argument that may fail itself", argument.at());
        }
        Typed value = expressions.translate(argument);
        String name = "struct_extract(%s, 'o%d')".formatted(ROW, before.size());
        before.add(value);
        return new Expression.Translated(argument.at(), Typed.given(value.type(), name));
    }

    /** In a lambda, too, since DuckDB computes before a TRY what occurs twice in it, and fails. */
    private static Typed after(List<Typed> before, Typed safe) {
        String fields = IntStream.range(0, before.size())
                .mapToObj(i -> "'o%d': %%%d$s".formatted(i, i + 1))
                .collect(Collectors.joining(", "));
        List<Typed> operands = new ArrayList<>(before);
        operands.add(safe);
        return Typed.chosen(
                safe.type(),
                "list_extract(list_transform([" + (before.isEmpty() ? "0" : "{" + fields + "}") + "], lambda " + ROW
                        + ": " + safe.sql().replace("%", "%%") + "), 1)",
                operands.toArray(Typed[]::new));
    }

    private static boolean cannotFail(Expression argument) {
        return argument instanceof Expression.Constant
                || argument instanceof Expression.Parameter
                || argument instanceof Expression.Name
                || argument instanceof Call part && part.at().is("WEEK")
                || argument instanceof Expression.Unary unary && unary.operand() instanceof Expression.Constant
                || argument instanceof Expression.Interval interval && cannotFail(interval.amount())
                || argument instanceof Expression.Named named && cannotFail(named.value())
                || argument instanceof Expression.Array array
                        && array.values().stream().allMatch(SafeCalls::cannotFail);
    }
}
