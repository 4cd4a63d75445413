package dev.sluice.local.sql;

/** SUM and AVG, of which only the result has to fit, whatever the sums on the way are. */
final class Sums {

    /** How much smaller values of FLOAT64 are added if their sum does not fit. */
    private static final int BITS = 64;

    private static final String SMALLER = power(-BITS);
    private static final String GREATER = power(BITS);

    /** DuckDB's sum holds billions of those NUMERIC values, but may not hold two of the others. */
    private static final String USUAL = "%1$s BETWEEN -10000000000000000000 AND 10000000000000000000";

    private final Token at;
    private final Typed argument;
    private final String distinct;
    private final String over;

    /**
     * @param distinct DISTINCT with a space, or empty
     * @param over DuckDB's OVER clause
     */
    Sums(Token at, Typed argument, String distinct, String over) {
        this.at = at;
        this.argument = Folding.unfolded(argument);
        this.distinct = distinct;
        this.over = over;
    }

    /** DuckDB's SQL. */
    static String power(int bits) {
        return "CAST('" + Math.scalb(1.0, bits) + "' AS DOUBLE)";
    }

    Typed sum() {
        return switch (argument.type().kind()) {
            case INT64 -> argument.aggregated(Type.INT64, "CAST(" + call("sum", "%s") + " AS BIGINT)");
            case NUMERIC -> numericSum();
            case BIGNUMERIC -> argument.aggregated(Type.BIGNUMERIC, "bq_bignumeric_total(" + joined("%s", "''") + ")");
            case FLOAT64 -> floating("sum");
            default -> throw Coercions.mismatch(at, argument);
        };
    }

    /** NUMERIC is exact: rounded half away from zero at the ninth digit. */
    Typed average() {
        return switch (argument.type().kind()) {
            case INT64 -> argument.aggregated(Type.FLOAT64, call("avg", "%s"));
            case FLOAT64 -> floating("avg");
            case BIGNUMERIC -> argument.aggregated(Type.BIGNUMERIC, "bq_bignumeric_mean(" + joined("%s", "''") + ")");
            case NUMERIC -> numericAverage();
            default -> throw Coercions.mismatch(at, argument);
        };
    }

    /** DuckDB would plan a query in it as often as it is written. */
    private boolean isCostly() {
        return argument.holdsQuery();
    }

    private Typed numericSum() {
        if (isCostly()) {
            return argument.aggregated(Type.NUMERIC, "CAST(" + call("sum", "%s") + " AS DECIMAL(38,9))");
        }
        return Typed.aggregated(
                Type.NUMERIC,
                "CASE WHEN " + others() + " IS NULL THEN CAST(" + usual()
                        + " AS DECIMAL(38,9)) ELSE CAST(bq_numeric_total(" + usualText() + ", " + others()
                        + ") AS DECIMAL(38,9)) END",
                argument);
    }

    private Typed numericAverage() {
        String added = isCostly()
                ? "CAST(" + call("sum", "%1$s") + " AS VARCHAR)"
                : "CASE WHEN " + others() + " IS NULL THEN " + usualText() + " ELSE bq_numeric_added(" + usualText()
                        + ", " + others() + ") END";
        return Typed.aggregated(
                Type.NUMERIC,
                "CASE WHEN count(%1$s)" + over + " > 0 THEN CAST(bq_numeric_quotient(" + added + ", CAST("
                        + call("count", "%1$s") + " AS VARCHAR)) AS DECIMAL(38,9)) END",
                argument);
    }

    private String usual() {
        return call("sum", "CASE WHEN " + USUAL + " THEN %1$s END");
    }

    private String usualText() {
        return "coalesce(CAST(" + usual() + " AS VARCHAR), '0')";
    }

    private String others() {
        return joined("CASE WHEN NOT (" + USUAL + ") THEN CAST(%1$s AS VARCHAR) END", "' '");
    }

    private String call(String function, String operand) {
        return function + "(" + distinct + operand + ")" + over;
    }

    private String joined(String operand, String separator) {
        return "string_agg(" + distinct + operand + ", " + separator + ")" + over;
    }

    /** Values that are not finite are a result, sums of others that do not fit are none. */
    private Typed floating(String function) {
        String plain = call(function, "%1$s");
        String small = call(function, "%1$s * " + SMALLER);
        String fitting = "(" + small + " * " + GREATER + ")";
        return argument.aggregated(
                Type.FLOAT64,
                "CASE WHEN " + plain + " IS NULL OR isfinite(" + plain + ") THEN " + plain + " WHEN NOT isfinite("
                        + small + ") THEN " + small + " WHEN isfinite(" + fitting + ") THEN " + fitting + " ELSE "
                        + Guards.error("double overflow", Type.FLOAT64) + " END");
    }
}
