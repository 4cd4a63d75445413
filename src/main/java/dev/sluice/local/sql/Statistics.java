package dev.sluice.local.sql;

import java.util.List;

/** Deviations, variances and correlations: NaN if a value is not finite ("statistical aggregate functions"). */
final class Statistics {

    private static final String NAN = "CAST('nan' AS DOUBLE)";

    private Statistics() {}

    /** @param over DuckDB's OVER clause */
    static Typed translate(Token at, List<Typed> arguments, String distinct, String over) {
        Typed[] numbers = arguments.stream()
                .map(argument -> Coercions.to(Type.FLOAT64, argument, at))
                .toArray(Typed[]::new);
        String finite = numbers.length == 1 ? "isfinite(%1$s)" : "(isfinite(%1$s) AND isfinite(%2$s))";
        String present = numbers.length == 1 ? "%1$s IS NOT NULL" : "%1$s IS NOT NULL AND %2$s IS NOT NULL";
        String strange = "bool_or(CASE WHEN " + present + " THEN NOT " + finite + " END)" + over;
        String cleared = "CASE WHEN " + finite + " THEN %1$s END";
        String others = numbers.length == 1 ? "" : ", %2$s";
        String result = function(at) + "(" + distinct + cleared + others + ")" + over;
        String checked = at.is("CORR")
                ? "WHEN count(" + cleared + ")" + over + " < 2 THEN NULL ELSE coalesce(" + result + ", " + NAN + ")"
                : "ELSE " + Guards.overflow(result, "FALSE");
        return Typed.aggregated(
                Type.FLOAT64, "CASE WHEN " + strange + " THEN " + NAN + " " + checked + " END", numbers);
    }

    private static String function(Token at) {
        return switch (at.upper()) {
            case "STDDEV", "STDDEV_SAMP" -> "stddev_samp";
            case "STDDEV_POP" -> "stddev_pop";
            case "VARIANCE", "VAR_SAMP" -> "var_samp";
            case "VAR_POP" -> "var_pop";
            case "CORR" -> "corr";
            case "COVAR_SAMP" -> "covar_samp";
            default -> "covar_pop";
        };
    }
}
