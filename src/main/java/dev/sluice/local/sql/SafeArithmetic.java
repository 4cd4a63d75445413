package dev.sluice.local.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators as functions that are NULL instead of an error. */
final class SafeArithmetic {

    /** Wide enough for whatever comes of two INT64. */
    private static final String SAFE_OVERFLOW = "TRY_CAST((CAST(%s AS HUGEINT) @ CAST(%s AS HUGEINT)) AS BIGINT)";

    private SafeArithmetic() {}

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "SAFE_DIVIDE" -> safeDivide(arguments.require(2));
            case "SAFE_ADD" -> safe(arguments.require(2), "+");
            case "SAFE_SUBTRACT" -> safe(arguments.require(2), "-");
            case "SAFE_MULTIPLY" -> safe(arguments.require(2), "*");
            case "SAFE_NEGATE" -> safeNegate(arguments.require(1));
            default -> null;
        };
    }

    private static Typed safeDivide(Arguments arguments) {
        List<Typed> both = arguments.alike(0);
        if (both.get(0).type().isDecimal()) {
            return Decimals.orNull("quotient", both.get(0), both.get(1));
        }
        return finite(
                "(%1$s / CASE WHEN %2$s = 0 THEN NULL ELSE %2$s END)", arguments.floating(0), arguments.floating(1));
    }

    private static Typed safe(Arguments arguments, String operator) {
        List<Typed> both = arguments.alike(0);
        Type type = both.get(0).type();
        if (type.equals(Type.FLOAT64)) {
            return finite("(%1$s " + operator + " %2$s)", both.get(0), both.get(1));
        }
        if (type.equals(Type.NUMERIC)) {
            return operator.equals("*")
                    ? Decimals.orNull("product", both.get(0), both.get(1))
                    : Typed.together(type, "TRY(%s " + operator + " %s)", both.get(0), both.get(1));
        }
        if (!type.equals(Type.INT64)) {
            throw arguments.unsupported(type.toString());
        }
        return Typed.of(Type.INT64, SAFE_OVERFLOW.replace("@", operator), both.get(0), both.get(1));
    }

    /** NULL where finite operands make what is not finite. */
    private static Typed finite(String result, Typed left, Typed right) {
        String overflow = "isinf" + result + " AND isfinite(%1$s) AND isfinite(%2$s)";
        return Typed.of(Type.FLOAT64, "CASE WHEN " + overflow + " THEN NULL ELSE " + result + " END", left, right);
    }

    private static Typed safeNegate(Arguments arguments) {
        Typed value = arguments.number(0);
        if (value.type().equals(Type.BIGNUMERIC)) {
            return value.as(Type.BIGNUMERIC, "bq_safe_bignumeric_negated(%s)");
        }
        return value.type().equals(Type.INT64)
                ? value.as(Type.INT64, "TRY_CAST(-CAST(%s AS HUGEINT) AS BIGINT)")
                : value.as(value.type(), "(-%s)");
    }
}
