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
        return Guards.finite(real(arguments, value).as(Type.FLOAT64, function + "(%s)"));
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
            return Arithmetic.decimal("log", both.get(0), both.get(1));
        }
        return Guards.finite(Typed.of(
                Type.FLOAT64,
                "(ln(%s) / %s)",
                real(arguments, both.get(0)),
                Guards.finite(real(arguments, both.get(1)).as(Type.FLOAT64, "ln(%s)"))));
    }

    private static Typed power(Arguments arguments) {
        List<Typed> both = arguments.alike(0);
        if (both.get(0).type().equals(Type.NUMERIC)) {
            return Arithmetic.decimal("pow", both.get(0), both.get(1));
        }
        return Guards.finite(
                Typed.of(Type.FLOAT64, "pow(%s, %s)", real(arguments, both.get(0)), real(arguments, both.get(1))));
    }
}
