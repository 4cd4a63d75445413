package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;

/** ORDER BY over a SELECT list. */
final class Orderings {

    private final ExpressionTranslator expressions;
    private final List<Typed> selected;

    Orderings(ExpressionTranslator expressions, List<Typed> selected) {
        this.expressions = expressions;
        this.selected = selected;
    }

    /** @param grouped whether only groups and aggregates may be named */
    String sql(List<Query.Ordering> orderings, boolean grouped) {
        List<String> keys = new ArrayList<>();
        for (Query.Ordering ordering : orderings) {
            Typed key = ordinalOr(ordering.expression());
            if (!key.type().isComparable()) {
                throw SqlRefused.unsupported(
                        "ORDER BY " + key.type(), ordering.expression().at());
            }
            if (key.aggregate() && !grouped) {
                throw SqlRefused.unsupported(
                        "aggregates in ORDER BY only", ordering.expression().at());
            }
            if (grouped) {
                Groups.require(key, ordering.expression().at(), "ORDER BY");
            }
            if (!Folding.isLiteral(key)) {
                keys.add(Comparisons.order(unlikeLiteral(key), ordering));
            }
        }
        return keys.isEmpty() ? "" : " ORDER BY " + String.join(", ", keys);
    }

    private Typed ordinalOr(Expression expression) {
        if (expression instanceof Expression.Constant constant && isBare(constant)) {
            return ordinal(constant, selected);
        }
        return expressions.translate(expression);
    }

    /** DuckDB sorts by no literal, though it is a key that GROUP BY ROLLUP tells apart. */
    private static Typed unlikeLiteral(Typed key) {
        boolean literal = key.sql().matches("TRUE|FALSE|'([^']|'')*+'");
        return literal ? key.as(key.type(), "CAST(%s AS " + key.type().duckDb() + ")") : key;
    }

    /** Whether it is written without the name of its type; the others are sorted and grouped by as any value is. */
    static boolean isBare(Expression.Constant constant) {
        return switch (constant.type().kind()) {
            case NULL, BOOL, INT64, FLOAT64, STRING, BYTES -> true;
            default -> false;
        };
    }

    static Typed ordinal(Expression.Constant constant, List<Typed> selected) {
        boolean number = constant.type().equals(Type.INT64) && constant.value().matches("\\d{1,5}");
        int place = number ? Integer.parseInt(constant.value()) : 0;
        if (place < 1 || place > selected.size()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Cannot sort or group by a literal that is no place in the SELECT list at "
                            + constant.at().place());
        }
        return selected.get(place - 1);
    }
}
