package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Binary;
import dev.sluice.local.sql.Expression.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Sums and products. A chain of FLOAT64 operations is guarded once, at its outermost. */
final class Arithmetic {

    private static final int MAX_DEPTH = 500;

    private static final Map<String, String> OPERATIONS = Map.of("+", "sum", "-", "difference", "*", "product");

    private final Function<Expression, Typed> operands;

    Arithmetic(Function<Expression, Typed> operands) {
        this.operands = operands;
    }

    static boolean is(Expression expression) {
        return expression instanceof Binary binary && binary.at().text().matches("[-+*/]");
    }

    Typed guarded(Expression expression) {
        List<Typed> leaves = new ArrayList<>();
        Typed value = chain(expression, leaves, 0);
        if (!value.type().equals(Type.FLOAT64)) {
            return value;
        }
        return leaves.size() == 2 ? Guards.finite(value, leaves) : Guards.finite(value);
    }

    private Typed leaf(Expression expression, List<Typed> leaves) {
        Typed leaf = operands.apply(expression);
        leaves.add(leaf);
        return leaf;
    }

    /** @param leaves gets the operands that are no operations */
    private Typed chain(Expression expression, List<Typed> leaves, int depth) {
        if (!is(expression)) {
            return leaf(expression, leaves);
        }
        if (depth == MAX_DEPTH) {
            throw SqlRefused.unsupported("sums of more than " + MAX_DEPTH + " operands", expression.at());
        }
        Binary binary = (Binary) expression;
        Token operator = binary.at();
        NullLiterals.requireNone(operator, binary.left(), binary.right());
        Typed left = chain(binary.left(), leaves, depth + 1);
        if (binary.right() instanceof Expression.Interval interval) {
            return moved(operator, binary.left(), left, interval);
        }
        boolean division = operator.text().equals("/");
        Typed right = division ? leaf(binary.right(), leaves) : chain(binary.right(), leaves, depth + 1);
        if (left.type().equals(Type.DATE) && operator.text().matches("[-+]")) {
            return days(operator, left, right);
        }
        if (right.type().equals(Type.DATE) && operator.text().equals("+")) {
            return days(operator, right, left);
        }
        requireNumbers(operator, left, right);
        List<Typed> both = Coercions.numericLiterals(List.of(left, right));
        return division ? divide(operator, both.get(0), both.get(1)) : combine(operator, left, right);
    }

    private static void requireNumbers(Token operator, Typed left, Typed right) {
        boolean numbers = (left.type().isNumber() || left.type().equals(Type.NULL))
                && (right.type().isNumber() || right.type().equals(Type.NULL));
        if (!numbers) {
            throw Coercions.mismatch(operator, left, right);
        }
    }

    /** A date becomes a DATETIME, as the interval may have hours. */
    private Typed moved(Token operator, Expression moment, Typed from, Expression.Interval interval) {
        boolean date = from.type().equals(Type.DATE);
        if (!date && !from.type().equals(Type.DATETIME) && !from.type().equals(Type.TIMESTAMP)) {
            throw SqlRefused.unsupported("INTERVAL beside " + from.type(), operator);
        }
        Expression start = date ? new Call(operator.word("DATETIME"), List.of(moment)) : moment;
        String type = from.type().equals(Type.TIMESTAMP) ? "TIMESTAMP" : "DATETIME";
        String name = type + (operator.is("+") ? "_ADD" : "_SUB");
        return operands.apply(new Call(operator.word(name), List.of(start, interval)));
    }

    /** Whole days later or earlier. */
    private static Typed days(Token operator, Typed date, Typed days) {
        String moved = "(%s " + operator.text() + " CAST(%s AS INTEGER))";
        return Guards.inRange(Typed.of(Type.DATE, moved, date, Coercions.to(Type.INT64, days, operator)));
    }

    private static Typed combine(Token operator, Typed left, Typed right) {
        List<Typed> both = Coercions.toCommon(operator, List.of(left, right));
        Type type =
                both.get(0).type().equals(Type.NULL) ? Type.INT64 : both.get(0).type();
        if (type.equals(Type.NUMERIC) && operator.text().equals("*") || type.equals(Type.BIGNUMERIC)) {
            String operation = Objects.requireNonNull(OPERATIONS.get(operator.text()));
            return decimal(operation, both.get(0), both.get(1));
        }
        String operation = "(%s " + operator.text() + " %s)";
        return Typed.of(type, type.equals(Type.INT64) ? kept(operation) : operation, both.get(0), both.get(1));
    }

    /** Without the sign DuckDB would compare {@code x} with 4, not {@code x + 3} with 7, and miss that a sum overflows. */
    private static String kept(String operation) {
        return "(+" + operation + ")";
    }

    private static Typed divide(Token operator, Typed left, Typed right) {
        boolean decimal = left.type().isDecimal() || right.type().isDecimal();
        if (decimal && !left.type().equals(Type.FLOAT64) && !right.type().equals(Type.FLOAT64)) {
            List<Typed> both = Coercions.toCommon(operator, List.of(left, right));
            return decimal("quotient", both.get(0), both.get(1));
        }
        Typed dividend = Coercions.to(Type.FLOAT64, left, operator);
        return Guards.division("/", dividend, Coercions.to(Type.FLOAT64, right, operator));
    }

    /** In decimals, rounded where their type ends. */
    static Typed decimal(String function, Typed left, Typed right) {
        return decimal("bq_", function, left, right);
    }

    /** NULL instead of an error. */
    static Typed decimalOrNull(String function, Typed left, Typed right) {
        return decimal("bq_safe_", function, left, right);
    }

    private static Typed decimal(String prefix, String function, Typed left, Typed right) {
        if (left.type().equals(Type.BIGNUMERIC)) {
            return Typed.of(Type.BIGNUMERIC, prefix + "bignumeric_" + function + "(%s, %s)", left, right);
        }
        return Typed.of(
                Type.NUMERIC,
                "CAST(" + prefix + "numeric_" + function
                        + "(CAST(%s AS VARCHAR), CAST(%s AS VARCHAR)) AS DECIMAL(38,9))",
                left,
                right);
    }

    static Typed negated(Token operator, Typed operand) {
        if (operand.type().equals(Type.NULL)) {
            return operand;
        }
        if (!operand.type().isNumber()) {
            throw Coercions.mismatch(operator, operand);
        }
        return operand.type().equals(Type.BIGNUMERIC)
                ? operand.as(Type.BIGNUMERIC, "bq_bignumeric_negated(%s)")
                : Folding.unfolded(operand).as(operand.type(), "(-%s)");
    }
}
