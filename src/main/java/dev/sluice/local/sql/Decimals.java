package dev.sluice.local.sql;

/** Operations on NUMERIC and BIGNUMERIC that DuckDB does not have, or rounds otherwise. */
final class Decimals {

    private Decimals() {}

    /** In decimals, rounded where their type ends. */
    static Typed of(String function, Typed left, Typed right) {
        return of("bq_", function, left, right);
    }

    /** NULL instead of an error. */
    static Typed orNull(String function, Typed left, Typed right) {
        return of("bq_safe_", function, left, right);
    }

    private static Typed of(String prefix, String function, Typed left, Typed right) {
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
}
