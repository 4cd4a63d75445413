package dev.sluice.local.sql;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** DuckDB's SQL that raises an error for values for which DuckDB and BigQuery differ. */
final class Guards {

    /** Our own functions that refuse some values. */
    private static final Pattern UNKNOWN = Pattern.compile("bq_(folded|numeric_(exp|ln|log|log10|pow))\\(");

    /** In characters; expressions nest, and each would hold the one in it twice. */
    private static final int LONGEST = 4_000;

    private static final String FINITE = "CASE WHEN %%1$s IS NULL OR isfinite(%%1$s) THEN %%1$s ELSE %s END";

    private Guards() {}

    /** An error of the local BigQuery's own; never NULL, not even where errors are. */
    static String unknown(String message) {
        return "error('" + message.replace("'", "''") + "')";
    }

    static boolean mayBeUnknown(Typed value) {
        return raisesUnknown(value) || UNKNOWN.matcher(value.sql()).find();
    }

    /** Whether it raises an error of our own by DuckDB's function, which DuckDB does not catch. */
    static boolean raisesUnknown(Typed value) {
        return value.sql().replace("bq_error('", "").contains("error('");
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
            sql.append(i == 0 ? "" : "'").append(i % 2 == 0 ? Folding.planned(text) : text);
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
        return raised("'" + message.replace("'", "''") + "'", type);
    }

    /** @param message DuckDB's expression for it */
    static String raised(String message, Type type) {
        return "CAST(bq_error(%s) AS %s)".formatted(message, type.duckDb());
    }

    /** Refuses values that are not finite, of which it is not known what BigQuery makes of them. */
    static Typed onlyFinite(Typed value) {
        return finite(value, unknown("The local BigQuery does not know this function of values that are not finite"));
    }

    /**
     * Infinities and NaN that operations bring forth are errors, those that go into them are not.
     *
     * @param exact DuckDB's SQL that looks at each operation, for a value that is not finite
     */
    static Typed finite(Typed value, String exact) {
        if (Folding.isLiteral(value)) {
            return value;
        }
        if (exact.length() > LONGEST || exact.contains("SELECT ")) {
            return value.as(
                    Type.FLOAT64,
                    FINITE.formatted(unknown(
                            "The local BigQuery does not tell an overflow from an operand that is not finite here")));
        }
        return value.aggregate() || value.window()
                ? Typed.chosen(Type.FLOAT64, FINITE.formatted("%2$s"), value, value.written(exact))
                : value.as(Type.FLOAT64, FINITE.formatted(exact.replace("%", "%%")));
    }

    /**
     * What a function makes of finite operands is an error if it is not finite, and its result of others.
     *
     * @param function of DuckDB, with the operands as its arguments
     */
    static Typed finite(Token name, String function, Typed... operands) {
        List<Integer> places = IntStream.rangeClosed(1, operands.length).boxed().toList();
        String strange = places.stream().map("NOT isfinite(%%%d$s)"::formatted).collect(Collectors.joining(" OR "));
        String told =
                places.stream().map("bq_double_cast(%%%d$s)"::formatted).collect(Collectors.joining(" || ', ' || "));
        String error = raised(
                "'Floating point error in function: " + name.upper() + "(' || " + told + " || ')'", Type.FLOAT64);
        return Typed.of(
                Type.FLOAT64,
                "CASE WHEN " + function + " IS NULL OR isfinite(" + function + ") OR " + strange + " THEN " + function
                        + " ELSE " + error + " END",
                operands);
    }

    /** By zero it is an error, but NULL by zero is NULL. */
    static Typed division(String operator, Typed dividend, Typed divisor) {
        String dividends = dividend.type().equals(Type.FLOAT64) ? "bq_double_cast(%1$s)" : "CAST(%1$s AS VARCHAR)";
        String told = operator.equals("%%") ? "MOD(' || " + dividends + " || ', 0)" : "' || " + dividends + " || ' / 0";
        String error = raised("'division by zero: " + told + "'", divisor.type());
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
