package dev.sluice.local.sql;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Functions of numbers. */
final class MathFunctions {

    private MathFunctions() {}

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "ABS", "SIGN" -> keptType(arguments.require(1));
            case "CEIL", "CEILING", "FLOOR" -> whole(arguments.require(1));
            case "ROUND" -> arguments.require(1, 3).count() == 3 ? roundedAs(arguments) : rounding(arguments);
            case "TRUNC" -> rounding(arguments.require(1, 2));
            case "MOD" -> whole(arguments.require(2), "%%", "remainder");
            case "DIV" -> whole(arguments.require(2), "//", "whole");
            case "IEEE_DIVIDE" ->
                Typed.of(
                        Type.FLOAT64,
                        "CASE WHEN %2$s = 0 AND NOT isnan(%1$s) AND %1$s <> 0 THEN"
                                + " %1$s * CAST('inf' AS DOUBLE) * (CASE WHEN CAST(%2$s AS VARCHAR) = '-0.0' THEN -1 ELSE 1 END)"
                                + " WHEN %2$s = 0 THEN CAST('nan' AS DOUBLE) + %1$s ELSE %1$s / %2$s END",
                        arguments.require(2).floating(0),
                        arguments.floating(1));
            case "SIN", "COS", "TAN", "ASIN", "ACOS", "ATAN", "SINH", "COSH", "TANH", "ASINH", "ACOSH", "ATANH" ->
                finite(arguments, arguments.require(1).floating(0));
            case "ATAN2" ->
                Guards.finite(
                        arguments.at(),
                        "atan2(%1$s, %2$s)",
                        arguments.require(2).floating(0),
                        arguments.floating(1));
            case "IS_NAN" -> arguments.require(1).floating(0).as(Type.BOOL, "isnan(%s)");
            case "IS_INF" -> arguments.require(1).floating(0).as(Type.BOOL, "isinf(%s)");
            case "PARSE_NUMERIC" ->
                arguments.require(1).text(0).as(Type.NUMERIC, "CAST(bq_numeric_read(%s) AS DECIMAL(38,9))");
            case "PARSE_BIGNUMERIC" -> arguments.require(1).text(0).as(Type.BIGNUMERIC, "bq_bignumeric_read(%s)");
            case "COT", "COTH" -> reciprocal(arguments, "tan");
            case "CSC", "CSCH" -> reciprocal(arguments, "sin");
            case "SEC", "SECH" -> reciprocal(arguments, "cos");
            default -> null;
        };
    }

    private static Typed finite(Arguments arguments, Typed value) {
        String function = arguments.name().toLowerCase(Locale.ROOT);
        return Guards.finite(arguments.at(), function + "(%1$s)", value);
    }

    /** One by a function of angles, or of a hyperbola if the name says so. */
    private static Typed reciprocal(Arguments arguments, String function) {
        String whole = function + (arguments.name().endsWith("H") ? "h" : "");
        return Guards.finite(
                arguments.at(),
                "(CAST(1 AS DOUBLE) / " + whole + "(%1$s))",
                arguments.require(1).floating(0));
    }

    private static Typed keptType(Arguments arguments) {
        Typed value = arguments.number(0);
        if (value.type().equals(Type.BIGNUMERIC)) {
            return value.as(Type.BIGNUMERIC, "bq_bignumeric_" + arguments.name().toLowerCase(Locale.ROOT) + "(%s)");
        }
        if (arguments.name().equals("ABS")) {
            return value.as(value.type(), "abs(%s)");
        }
        return value.type().equals(Type.FLOAT64)
                ? value.as(Type.FLOAT64, "CASE WHEN isnan(%1$s) THEN %1$s ELSE CAST(sign(%1$s) AS DOUBLE) END")
                : value.as(value.type(), "CAST(sign(%s) AS " + value.type().duckDb() + ")");
    }

    private static Typed whole(Arguments arguments) {
        Typed value = arguments.number(0);
        String function = arguments.name().equals("FLOOR") ? "floor" : "ceil";
        if (value.type().equals(Type.BIGNUMERIC)) {
            return value.as(Type.BIGNUMERIC, "bq_bignumeric_" + function + "(%s)");
        }
        Type type = value.type().equals(Type.NUMERIC) ? Type.NUMERIC : Type.FLOAT64;
        return Coercions.to(type, value, arguments.at())
                .as(type, "CAST(" + function + "(%s) AS " + type.duckDb() + ")");
    }

    private static Typed digits(Arguments arguments) {
        return arguments.count() == 2 ? arguments.integer(1) : Typed.constant(Type.INT64, "0");
    }

    private static Typed rounding(Arguments arguments) {
        Typed value = arguments.number(0);
        boolean rounds = arguments.name().equals("ROUND");
        if (value.type().equals(Type.BIGNUMERIC)) {
            return Typed.of(
                    Type.BIGNUMERIC,
                    "bq_bignumeric_" + (rounds ? "round" : "trunc") + "(%s, CAST(%s AS BIGINT))",
                    value,
                    digits(arguments));
        }
        if (value.type().equals(Type.NUMERIC)) {
            return Typed.of(
                    Type.NUMERIC,
                    "CAST(bq_numeric_" + (rounds ? "round" : "trunc")
                            + "(CAST(%s AS VARCHAR), CAST(%s AS BIGINT)) AS DECIMAL(38,9))",
                    value,
                    digits(arguments));
        }
        Typed number = Coercions.to(Type.FLOAT64, value, arguments.at());
        if (arguments.count() == 1) {
            return number.as(Type.FLOAT64, rounds ? "round(%s)" : "trunc(%s)");
        }
        String function = rounds ? "bq_double_round" : "bq_double_trunc";
        return Typed.of(Type.FLOAT64, function + "(%s, %s)", number, arguments.integer(1));
    }

    /** By a mode that is said. */
    private static Typed roundedAs(Arguments arguments) {
        boolean even = arguments.literal(2, "rounding mode").equals("ROUND_HALF_EVEN");
        if (!even && !arguments.literal(2, "rounding mode").equals("ROUND_HALF_AWAY_FROM_ZERO")) {
            throw arguments.unsupported("this rounding mode");
        }
        Typed value = arguments.typed(0);
        if (!value.type().equals(Type.NUMERIC)) {
            throw Coercions.mismatch(arguments.at(), value);
        }
        return Typed.of(
                Type.NUMERIC,
                "CAST(bq_numeric_round" + (even ? "_even" : "")
                        + "(CAST(%s AS VARCHAR), CAST(%s AS BIGINT)) AS DECIMAL(38,9))",
                value,
                arguments.integer(1));
    }

    /** For the least INT64 by -1 DuckDB has no remainder. */
    private static Typed sameRemainder(Typed divisor) {
        return Folding.isLiteral(divisor) && !divisor.sql().contains("-1 ")
                ? divisor
                : Typed.total(Type.INT64, "CASE WHEN %1$s = -1 THEN 1 ELSE %1$s END", divisor);
    }

    private static Typed whole(Arguments arguments, String operator, String numeric) {
        List<Typed> both = arguments.alike(0);
        if (both.get(0).type().isDecimal()) {
            return Decimals.of(numeric, both.get(0), both.get(1));
        }
        Typed divisor = arguments.integer(1);
        return Guards.division(
                operator, arguments.integer(0), arguments.name().equals("MOD") ? sameRemainder(divisor) : divisor);
    }
}
