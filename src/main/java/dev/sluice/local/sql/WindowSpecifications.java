package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes what stands after OVER. */
final class WindowSpecifications {

    private final ExpressionTranslator expressions;
    private final Frames frames;

    WindowSpecifications(ExpressionTranslator expressions) {
        this.expressions = expressions;
        this.frames = new Frames(expressions);
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

    /** Where one of its frames' bounds is not {@linkplain Frames#beyond beyond} the row; empty if that is nowhere. */
    Optional<Typed> leadsNowhere(Expression.Window over) {
        Expression.@Nullable Bound beyond = Frames.beyond(over.frame());
        if (beyond == null) {
            return Optional.empty();
        }
        RangeKey key = RangeKey.of(keys(over), over.order(), over.at());
        return Optional.of(frames.leadsNowhere(beyond, key));
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
        List<Typed> keys = keys(over);
        @Nullable
        RangeKey measured = Frames.isRangeOfOffsets(over.frame()) ? RangeKey.of(keys, over.order(), over.at()) : null;
        String order = measured == null ? order(keys, over.order()) : measured.order();
        return " OVER (%s%s%s)"
                .formatted(
                        partition.isEmpty() ? "" : "PARTITION BY " + String.join(", ", partition),
                        order.isEmpty() ? "" : " ORDER BY " + order,
                        frames.sql(over.frame(), measured));
    }

    private List<Typed> keys(Expression.Window over) {
        List<Typed> keys = new ArrayList<>();
        for (Query.Ordering ordering : over.order()) {
            Typed key = expressions.translate(ordering.expression());
            if (!key.type().isComparable()) {
                throw SqlRefused.unsupported(
                        "a window over " + key.type(), ordering.expression().at());
            }
            keys.add(key);
        }
        return keys;
    }

    private static String order(List<Typed> keys, List<Query.Ordering> orderings) {
        List<String> order = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            order.add(Comparisons.order(keys.get(i), orderings.get(i)));
        }
        return String.join(", ", order);
    }
}
