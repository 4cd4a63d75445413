package dev.sluice.local.sql;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** GROUP BY. */
final class Groups {

    private Groups() {}

    static Set<String> keys(List<Expression> expressions, ExpressionTranslator translator, List<Typed> selected) {
        Set<String> keys = new LinkedHashSet<>();
        for (Expression expression : expressions) {
            if (expression.at().is("ALL") || expression instanceof Expression.Call call && isGrouping(call.at())) {
                throw SqlRefused.unsupported("GROUP BY " + expression.at().upper(), expression.at());
            }
            Typed key = expression instanceof Expression.Constant constant
                    ? Orderings.ordinal(constant, selected)
                    : translator.translate(expression);
            requireKey(key, expression.at());
            keys.add(key.sql());
        }
        return keys;
    }

    private static boolean isGrouping(Token name) {
        return name.is("ROLLUP") || name.is("CUBE") || name.is("GROUPING");
    }

    private static void requireKey(Typed key, Token at) {
        if (key.aggregate()) {
            throw new SqlRefused("invalidQuery", "Aggregate functions are not allowed in GROUP BY at " + at.place());
        }
        if (!key.type().isComparable() || key.columns().isEmpty()) {
            throw SqlRefused.unsupported("grouping by a %s that is no column".formatted(key.type()), at);
        }
    }

    /** Refuses a value that differs within a group. */
    static void require(Typed value, Token at, String clause) {
        if (!value.columns().isEmpty()) {
            throw new SqlRefused(
                    "invalidQuery",
                    "%s expression references a column which is neither grouped nor aggregated at %s"
                            .formatted(clause, at.place()));
        }
    }
}
