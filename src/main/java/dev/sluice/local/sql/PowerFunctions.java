package dev.sluice.local.sql;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Powers, roots and logarithms; of NUMERIC they are NUMERIC. */
final class PowerFunctions {

    private PowerFunctions() {}

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "SQRT", "CBRT", "EXP", "LN", "LOG10" -> of(arguments.require(1), function(arguments));
            case "LOG" -> arguments.require(1, 2).count() == 1 ? of(arguments, "ln") : logarithm(arguments);
            case "POW", "POWER" -> power(arguments.require(2));
            default -> null;
        };
    }

    private static String function(Arguments arguments) {
        return arguments.name().toLowerCase(Locale.ROOT);
    }

    private static Typed of(Arguments arguments, String function) {
        Typed value = arguments.typed(0);
        if (value.type().equals(Type.NUMERIC)) {
            return value.as(Type.NUMERIC, "CAST(bq_numeric_" + function + "(CAST(%s AS VARCHAR)) AS DECIMAL(38,9))");
        }
        return function.equals("sqrt")
                ? root(real(arguments, value))
                : Guards.finite(arguments.at(), function + "(%1$s)", real(arguments, value));
    }

    private static Typed root(Typed value) {
        String error = Guards.raised("'Argument to SQRT cannot be negative: ' || bq_double_cast(%1$s)", Type.FLOAT64);
        return value.as(Type.FLOAT64, "CASE WHEN %1$s < 0 THEN " + error + " ELSE sqrt(%1$s) END");
    }

    /** BigQuery computes decimals as decimals. */
    private static Typed real(Arguments arguments, Typed value) {
        if (value.type().isDecimal()) {
            throw arguments.unsupported(value.type().toString());
        }
        return Coercions.to(Type.FLOAT64, value, arguments.at());
    }

    private static Typed logarithm(Arguments arguments) {
        List<Typed> both = arguments.alike(0);
        if (both.get(0).type().equals(Type.NUMERIC)) {
            return Decimals.of("log", both.get(0), both.get(1));
        }
        String base = "CASE WHEN isinf(%2$s) OR %2$s = 0 THEN CAST('nan' AS DOUBLE) ELSE ln(%2$s) END";
        return Guards.finite(
                arguments.at(),
                "(ln(%1$s) / " + base + ")",
                real(arguments, both.get(0)),
                real(arguments, both.get(1)));
    }

    private static Typed power(Arguments arguments) {
        List<Typed> both = arguments.alike(0);
        if (both.get(0).type().equals(Type.NUMERIC)) {
            return Decimals.of("pow", both.get(0), both.get(1));
        }
        return Guards.finite(
                arguments.at(), "pow(%1$s, %2$s)", real(arguments, both.get(0)), real(arguments, both.get(1)));
    }
}
