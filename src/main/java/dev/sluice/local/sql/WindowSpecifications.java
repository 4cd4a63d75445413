package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what stands after OVER. */
final class WindowSpecifications {

    private final ExpressionTranslator expressions;

    WindowSpecifications(ExpressionTranslator expressions) {
        this.expressions = expressions;
    }

    static void requireOrder(Expression.Window over, Token at) {
        if (over.order().isEmpty()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Window ORDER BY is required for analytic function %s at %s".formatted(at.upper(), at.place()));
        }
    }

    static void requireNoFrame(Expression.Window over, Token at) {
        if (over.frame() != null) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Window framing clause is not allowed for analytic function %s at %s"
                            .formatted(at.upper(), at.place()));
        }
    }

    /** What the window reads is read by the function, too. */
    Typed reading(Typed value, Expression.Window over) {
        List<Typed> all = new ArrayList<>(List.of(value));
        over.partition().forEach(expression -> all.add(expressions.translate(expression)));
        over.order().forEach(ordering -> all.add(expressions.translate(ordering.expression())));
        return Typed.aggregated(value.type(), "%1$s", all.toArray(Typed[]::new));
    }

    String sql(Expression.Window over) {
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
