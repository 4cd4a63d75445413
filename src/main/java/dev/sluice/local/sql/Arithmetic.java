package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Binary;
import dev.sluice.local.sql.Expression.Call;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Sums and products. A chain of FLOAT64 operations is guarded once, at its outermost. */
final class Arithmetic {

    private static final int MAX_DEPTH = 500;

    private static final Map<String, String> OPERATIONS =
            Map.of("+", "sum", "-", "difference", "*", "product", "/", "quotient");

    /** @param exact DuckDB's SQL for a value of FLOAT64 that is not finite, which looks at each operation */
    private record Part(Typed value, String exact) {

        static Part of(Typed value) {
            return new Part(value, value.sql());
        }

        /** @param coerced the same value, of another type perhaps */
        String exact(Typed coerced) {
            return coerced.sql().equals(value.sql()) ? exact : coerced.sql();
        }
    }

    private final Function<Expression, Typed> operands;

    Arithmetic(Function<Expression, Typed> operands) {
        this.operands = operands;
    }

    static boolean is(Expression expression) {
        return expression instanceof Binary binary && binary.at().text().matches("[-+*/]");
    }

    Typed guarded(Expression expression) {
        Part whole = chain(expression, 0);
        return whole.value().type().equals(Type.FLOAT64) ? Guards.finite(whole.value(), whole.exact()) : whole.value();
    }

    private Part leaf(Expression expression) {
        return Part.of(operands.apply(expression));
    }

    private Part chain(Expression expression, int depth) {
        if (!is(expression)) {
            return leaf(expression);
        }
        if (depth == MAX_DEPTH) {
            throw SqlRefused.unsupported("sums of more than " + MAX_DEPTH + " operands", expression.at());
        }
        Binary binary = (Binary) expression;
        Token operator = binary.at();
        NullLiterals.requireNone(operator, binary.left(), binary.right());
        Part left = chain(binary.left(), depth + 1);
        if (binary.right() instanceof Expression.Interval interval) {
            return Part.of(moved(operator, binary.left(), left.value(), interval));
        }
        boolean division = operator.text().equals("/");
        Part right = division ? leaf(binary.right()) : chain(binary.right(), depth + 1);
        if (left.value().type().equals(Type.DATE) && operator.text().matches("[-+]")) {
            return Part.of(days(operator, left.value(), right.value()));
        }
        if (right.value().type().equals(Type.DATE) && operator.text().equals("+")) {
            return Part.of(days(operator, right.value(), left.value()));
        }
        requireNumbers(operator, left.value(), right.value());
        return combine(operator, left, right);
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

    private static Part combine(Token operator, Part left, Part right) {
        boolean division = operator.text().equals("/");
        List<Typed> both = division
                ? dividends(operator, Coercions.numericLiterals(List.of(left.value(), right.value())))
                : Coercions.toCommon(operator, List.of(left.value(), right.value()));
        Typed value = operation(operator, both.get(0), both.get(1));
        String exact = "bq_double_%s(%s, %s)"
                .formatted(OPERATIONS.get(operator.text()), left.exact(both.get(0)), right.exact(both.get(1)));
        return value.type().equals(Type.FLOAT64) ? new Part(value, exact) : Part.of(value);
    }

    /** Decimals, or FLOAT64 for everything else. */
    private static List<Typed> dividends(Token operator, List<Typed> both) {
        boolean decimal = both.stream().anyMatch(each -> each.type().isDecimal())
                && both.stream().noneMatch(each -> each.type().equals(Type.FLOAT64));
        return decimal
                ? Coercions.toCommon(operator, both)
                : both.stream()
                        .map(each -> Coercions.to(Type.FLOAT64, each, operator))
                        .toList();
    }

    private static Typed operation(Token operator, Typed left, Typed right) {
        Type type = left.type().equals(Type.NULL) ? Type.INT64 : left.type();
        boolean division = operator.text().equals("/");
        boolean product = division || operator.text().equals("*");
        if (type.equals(Type.NUMERIC) && product || type.equals(Type.BIGNUMERIC)) {
            return Decimals.of(Objects.requireNonNull(OPERATIONS.get(operator.text())), left, right);
        }
        if (division) {
            return Guards.division("/", left, right);
        }
        String operation = "(%s " + operator.text() + " %s)";
        return Typed.of(type, type.equals(Type.INT64) ? kept(operation) : operation, left, right);
    }

    /** Without the sign DuckDB would compare {@code x} with 4, not {@code x + 3} with 7, and miss that a sum overflows. */
    private static String kept(String operation) {
        return "(+" + operation + ")";
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
