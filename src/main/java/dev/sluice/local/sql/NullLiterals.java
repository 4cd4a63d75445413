package dev.sluice.local.sql;

import java.util.Set;

/** NULL, written as an operand. */
final class NullLiterals {

    private static final Set<String> ALLOWED = Set.of("AND", "OR", "DISTINCT", "<<", ">>");

    private NullLiterals() {}

    /** Perhaps cast to a type. */
    static boolean is(Expression expression) {
        return expression instanceof Expression.Constant constant
                        && constant.type().equals(Type.NULL)
                || expression instanceof Expression.Cast cast && is(cast.operand());
    }

    /** @throws SqlRefused if BigQuery's operator takes NULL from a column only, or from a cast */
    static void requireNone(Token operator, Expression... operands) {
        for (Expression operand : operands) {
            boolean literal = operand instanceof Expression.Constant constant
                    && constant.type().equals(Type.NULL);
            if (literal && !ALLOWED.contains(operator.upper())) {
                throw new SqlRefused(
                        "invalidQuery",
                        "Operands of %s cannot be literal NULL at %s"
                                .formatted(operator.upper(), operand.at().place()));
            }
        }
    }
}
