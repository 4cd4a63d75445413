package dev.sluice.local.sql;

/** DuckDB's SQL that raises an error for values for which DuckDB and BigQuery differ. */
final class Guards {

    private Guards() {}

    static String error(String message) {
        return "error('" + message.replace("'", "''") + "')";
    }

    /** Infinities and NaN that a computation brings forth are errors in BigQuery; those that go in are refused too. */
    static Typed finite(Typed value) {
        return value.as(
                Type.FLOAT64,
                "CASE WHEN %1$s IS NULL OR isfinite(%1$s) THEN %1$s ELSE "
                        + error("floating point overflow, or an operand that is not finite") + " END");
    }

    static Typed notZero(Typed divisor) {
        return divisor.as(divisor.type(), "CASE WHEN %1$s = 0 THEN " + error("division by zero") + " ELSE %1$s END");
    }

    static Typed ascii(Typed text, String function) {
        return text.as(
                Type.STRING,
                "CASE WHEN %1$s IS NULL OR regexp_full_match(%1$s, '[\\x00-\\x7F]*') THEN %1$s ELSE "
                        + error("The local BigQuery does not support " + function + " of non-ASCII text") + " END");
    }

    /** Years 1 to 9999. */
    static Typed inRange(Typed date) {
        String year = date.type() == Type.TIMESTAMP ? "year(%1$s AT TIME ZONE 'UTC')" : "year(%1$s)";
        return date.as(
                date.type(),
                "CASE WHEN %1$s IS NULL OR " + year + " BETWEEN 1 AND 9999 THEN %1$s ELSE "
                        + error(date.type() + " overflow") + " END");
    }
}
