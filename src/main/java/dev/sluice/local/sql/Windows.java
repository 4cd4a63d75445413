package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions over windows. */
final class Windows {

    private static final Set<String> RANKS = Set.of("ROW_NUMBER", "RANK", "DENSE_RANK", "PERCENT_RANK", "CUME_DIST");
    private static final Set<String> VALUES = Set.of("FIRST_VALUE", "LAST_VALUE", "NTH_VALUE");
    private static final Set<String> PLACES = Set.of("LAG", "LEAD", "NTILE");

    private final ExpressionTranslator expressions;
    private Map<String, Expression.Window> named = Map.of();

    Windows(ExpressionTranslator expressions) {
        this.expressions = expressions;
    }

    /** @param windows by lower-case name */
    void know(Map<String, Expression.Window> windows) {
        this.named = windows;
    }

    static boolean isOnlyOne(Token name) {
        String upper = name.upper();
        return RANKS.contains(upper) || VALUES.contains(upper) || PLACES.contains(upper);
    }

    Typed translate(Call call) {
        Token at = call.at();
        Expression.Window over = window(call.over(), at);
        List<Typed> arguments = new ArrayList<>();
        call.arguments().forEach(argument -> arguments.add(expressions.translate(argument)));
        if (call.distinct()) {
            throw SqlRefused.unsupported("DISTINCT over a window", at);
        }
        if (!call.modifiers().order().isEmpty() || call.modifiers().limit() != null) {
            throw SqlRefused.unsupported("ORDER BY or LIMIT in a function over a window", at);
        }
        return function(call, over, arguments).overWindow();
    }

    private Expression.Window window(Expression.@Nullable Window over, Token at) {
        if (over == null) {
            throw new IllegalArgumentException(at.text());
        }
        if (over.at().is("(")) {
            return over;
        }
        Expression.Window window = named.get(Scope.key(over.at().value()));
        if (window == null) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Unrecognized window alias %s at %s"
                            .formatted(over.at().value(), over.at().place()));
        }
        return window;
    }

    private Typed function(Call call, Expression.Window over, List<Typed> arguments) {
        Token at = call.at();
        String name = at.upper();
        if (RANKS.contains(name)) {
            requireCount(call, 0);
            requireOrder(over, at, !at.is("ROW_NUMBER"));
            requireFrame(over, at, false);
            boolean fraction = at.is("PERCENT_RANK") || at.is("CUME_DIST");
            return over(at.text() + "()", over, List.of(), fraction ? Type.FLOAT64 : Type.INT64);
        }
        if (PLACES.contains(name)) {
            requireOrder(over, at, true);
            requireFrame(over, at, false);
            return at.is("NTILE") ? tiles(call, over, arguments) : neighbour(call, over, arguments);
        }
        if (VALUES.contains(name)) {
            requireOrder(over, at, true);
            return value(call, over, arguments);
        }
        if (!Aggregates.isOne(at)) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Function %s cannot be used over a window, or the local BigQuery does not have it at %s"
                            .formatted(name, at.place()));
        }
        if (call.modifiers().ignoreNulls() != null) {
            throw SqlRefused.unsupported("IGNORE NULLS in " + name + " over a window", at);
        }
        Typed aggregate = Aggregates.overWindow(call, arguments, specification(over));
        return withWindowColumns(aggregate, over);
    }

    private static void requireCount(Call call, int count) {
        if (call.arguments().size() != count) {
            throw new SqlRefused(
                    "invalidQuery",
                    "No matching signature for analytic function %s with %d arguments at %s"
                            .formatted(
                                    call.at().upper(),
                                    call.arguments().size(),
                                    call.at().place()));
        }
    }

    private static void requireOrder(Expression.Window over, Token at, boolean required) {
        if (required && over.order().isEmpty()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Window ORDER BY is required for analytic function %s at %s".formatted(at.upper(), at.place()));
        }
    }

    private static void requireFrame(Expression.Window over, Token at, boolean allowed) {
        if (!allowed && over.frame() != null) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Window framing clause is not allowed for analytic function %s at %s"
                            .formatted(at.upper(), at.place()));
        }
    }

    private Typed tiles(Call call, Expression.Window over, List<Typed> arguments) {
        requireCount(call, 1);
        return over("ntile(%s)", over, List.of(Coercions.to(Type.INT64, arguments.get(0), call.at())), Type.INT64);
    }

    private Typed neighbour(Call call, Expression.Window over, List<Typed> arguments) {
        if (arguments.isEmpty() || arguments.size() > 3) {
            requireCount(call, 1);
        }
        boolean literal = call.arguments().size() < 2
                || call.arguments().get(1) instanceof Expression.Constant constant
                        && constant.type().equals(Type.INT64)
                        && !constant.value().startsWith("-");
        if (!literal) {
            throw SqlRefused.unsupported(call.at().upper() + " by anything but an integer literal", call.at());
        }
        List<Typed> operands = new ArrayList<>(arguments);
        if (operands.size() == 3) {
            List<Typed> alike = Coercions.toCommon(call.at(), List.of(operands.get(0), operands.get(2)));
            operands.set(0, alike.get(0));
            operands.set(2, alike.get(1));
        }
        String places = "%s" + ", %s".repeat(operands.size() - 1);
        String name = call.at().is("LAG") ? "lag" : "lead";
        return over(
                name + "(" + places + nulls(call) + ")",
                over,
                operands,
                operands.get(0).type());
    }

    private Typed value(Call call, Expression.Window over, List<Typed> arguments) {
        requireCount(call, call.at().is("NTH_VALUE") ? 2 : 1);
        String places = "%s" + ", %s".repeat(arguments.size() - 1);
        String name = call.at().text().toLowerCase(java.util.Locale.ROOT);
        return over(
                name + "(" + places + nulls(call) + ")",
                over,
                arguments,
                arguments.get(0).type());
    }

    private static String nulls(Call call) {
        return Boolean.TRUE.equals(call.modifiers().ignoreNulls()) ? " IGNORE NULLS" : "";
    }

    private Typed over(String function, Expression.Window over, List<Typed> operands, Type type) {
        String specification = specification(over).replace("%", "%%");
        Typed value = Typed.aggregated(type, "(" + function + specification + ")", operands.toArray(Typed[]::new));
        return withWindowColumns(value, over);
    }

    /** What the window reads is read by the function, too. */
    private Typed withWindowColumns(Typed value, Expression.Window over) {
        List<Typed> all = new ArrayList<>(List.of(value));
        over.partition().forEach(expression -> all.add(expressions.translate(expression)));
        over.order().forEach(ordering -> all.add(expressions.translate(ordering.expression())));
        return Typed.aggregated(value.type(), "%1$s", all.toArray(Typed[]::new));
    }

    private String specification(Expression.Window over) {
        List<String> partition = new ArrayList<>();
        for (Expression expression : over.partition()) {
            Typed key = expressions.translate(expression);
            if (!key.type().isComparable() || key.type().equals(Type.FLOAT64)) {
                throw SqlRefused.unsupported("PARTITION BY " + key.type(), expression.at());
            }
            partition.add(key.sql());
        }
        List<String> order = new ArrayList<>();
        boolean ranged = isRangeOfOffsets(over.frame());
        for (Query.Ordering ordering : over.order()) {
            Typed key = expressions.translate(ordering.expression());
            if (!key.type().isComparable() || ranged && !key.type().equals(Type.INT64)) {
                throw SqlRefused.unsupported(
                        "a window over " + key.type(), ordering.expression().at());
            }
            order.add(Comparisons.order(key, ordering));
        }
        return " OVER (%s%s%s)"
                .formatted(
                        partition.isEmpty() ? "" : "PARTITION BY " + String.join(", ", partition),
                        order.isEmpty() ? "" : " ORDER BY " + String.join(", ", order),
                        frame(over.frame()));
    }

    private static boolean isRangeOfOffsets(Expression.@Nullable Frame frame) {
        return frame != null
                && !frame.rows()
                && (frame.from().amount() != null || frame.to().amount() != null);
    }

    private String frame(Expression.@Nullable Frame frame) {
        return frame == null
                ? ""
                : " %s BETWEEN %s AND %s"
                        .formatted(frame.rows() ? "ROWS" : "RANGE", bound(frame.from()), bound(frame.to()));
    }

    private String bound(Expression.Bound bound) {
        @Nullable Expression amount = bound.amount();
        return amount == null
                ? bound.words()
                : expressions.to(Type.INT64, amount).sql() + " " + bound.words();
    }
}
