package dev.sluice.local.sql;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** DuckDB's SQL that raises an error for values for which DuckDB and BigQuery differ. */
final class Guards {

    /** Our own functions that refuse some values. */
    private static final Pattern UNKNOWN = Pattern.compile("bq_(folded|numeric_(exp|ln|log|log10|pow))\\(");

    private Guards() {}

    /** An error of the local BigQuery's own; never NULL, not even where errors are. */
    static String unknown(String message) {
        return "error('" + message.replace("'", "''") + "')";
    }

    static boolean mayBeUnknown(Typed value) {
        return value.sql().replace("bq_error('", "").contains("error('")
                || UNKNOWN.matcher(value.sql()).find();
    }

    /**
     * NULL instead of an error. Our own functions are replaced by their twins, since DuckDB may compute what occurs
     * twice in a TRY before it; twins stay what they are.
     */
    static Typed orNull(Typed value) {
        var sql = new StringBuilder();
        String[] parts = value.sql().split("'", -1);
        for (int i = 0; i < parts.length; i++) {
            String text = i % 2 == 0 ? parts[i].replaceAll("\\bbq_(?!safe_)(?=\\w+\\()", "bq_safe_") : parts[i];
            sql.append(i == 0 ? "" : "'").append(text);
        }
        return new Typed(
                "TRY(" + sql + ")",
                value.type(),
                value.columns(),
                value.aggregate(),
                value.window(),
                value.text(),
                value.facts().caught());
    }

    /** One of BigQuery's errors, where a value of this type would stand. */
    static String error(String message, Type type) {
        return "CAST(bq_error('%s') AS %s)".formatted(message.replace("'", "''"), type.duckDb());
    }

    /** Infinities and NaN that a computation brings forth are errors in BigQuery; those that go in are refused too. */
    static Typed finite(Typed value) {
        return finite(
                value,
                List.of(),
                unknown(
                        "The local BigQuery does not tell a floating point overflow from an operand that is not finite"));
    }

    /** Those that one operation brings forth are errors, those that go in are not. */
    static Typed finite(Typed value, List<Typed> operands) {
        return finite(value, operands, error("double overflow", Type.FLOAT64));
    }

    private static Typed finite(Typed value, List<Typed> operands, String otherwise) {
        if (Folding.isLiteral(value)) {
            return value;
        }
        String strange = operands.stream()
                .filter(operand -> operand.type().equals(Type.FLOAT64))
                .map(operand -> " OR NOT isfinite(" + operand.sql().replace("%", "%%") + ")")
                .collect(Collectors.joining());
        return value.as(
                Type.FLOAT64,
                "CASE WHEN %1$s IS NULL OR isfinite(%1$s)" + strange + " THEN %1$s ELSE " + otherwise + " END");
    }

    /**
     * What an aggregate makes of values that are not finite is its result, what it makes of others not.
     *
     * @param result DuckDB's expression for it
     * @param strange whether such a value is among them
     */
    static String overflow(String result, String strange) {
        return "CASE WHEN %1$s IS NULL OR isfinite(%1$s) OR coalesce(%2$s, FALSE) THEN %1$s ELSE %3$s END"
                .formatted(result, strange, error("double overflow", Type.FLOAT64));
    }

    /** By zero it is an error, but NULL by zero is NULL. */
    static Typed division(String operator, Typed dividend, Typed divisor) {
        String error = error("division by zero", divisor.type());
        return Typed.of(
                dividend.type(),
                "(%1$s " + operator + " CASE WHEN %2$s = 0 AND %1$s IS NOT NULL THEN " + error + " ELSE %2$s END)",
                dividend,
                divisor);
    }

    /** Years 1 to 9999. */
    static Typed inRange(Typed date) {
        return inRange(date, error(date.type() + " overflow", date.type()));
    }

    static Typed orNullOutOfRange(Typed date) {
        return inRange(date, "NULL");
    }

    private static Typed inRange(Typed date, String otherwise) {
        String year = date.type().equals(Type.TIMESTAMP) ? "year(%1$s AT TIME ZONE 'UTC')" : "year(%1$s)";
        return date.as(
                date.type(),
                "CASE WHEN %1$s IS NULL OR " + year + " BETWEEN 1 AND 9999 THEN %1$s ELSE " + otherwise + " END");
    }
}
