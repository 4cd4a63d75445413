package dev.sluice.local.sql;

/** Conversions that are asked for. */
final class Casts {

    private static final String DATE = "[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}";
    private static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?";

    private Casts() {}

    static Typed cast(Typed value, Type to, boolean safe, Token at) {
        if (value.type().equals(to)) {
            return value.isLiteral() ? value.written("(" + value.sql() + ")") : value;
        }
        if (value.isLiteral() && to.isDecimal()) {
            return Literals.decimal(value, to).orElseGet(() -> number(value, to, safe, at));
        }
        if (value.type().equals(Type.NULL)) {
            return plain(value, to);
        }
        if (to.isArray() && value.type().isArray() && value.type().element().equals(Type.NULL)) {
            return Arrays.to(to, value, at);
        }
        if (to.parts().size() == value.type().parts().size()
                && to.kind() == value.type().kind()
                && !to.parts().isEmpty()) {
            return within(value, to, safe, at);
        }
        if (value.type().equals(Type.STRING)) {
            return parse(value, to, safe, at);
        }
        return number(value, to, safe, at);
    }

    private static Typed number(Typed value, Type to, boolean safe, Token at) {
        if (BigNumericCasts.concerns(value.type(), to)) {
            return BigNumericCasts.cast(value, to, safe, at);
        }
        String name = value.type() + " TO " + to;
        return switch (name) {
            case "INT64 TO FLOAT64", "NUMERIC TO FLOAT64", "INT64 TO NUMERIC" -> plain(value, to);
            case "INT64 TO STRING", "BOOL TO STRING", "DATE TO STRING" -> plain(value, to);
            case "BOOL TO INT64", "INT64 TO BOOL" -> plain(value, to);
            case "FLOAT64 TO INT64", "NUMERIC TO INT64" -> value.as(to, tried(safe, "round(%s)", to));
            case "FLOAT64 TO STRING" -> value.as(to, "bq_double_cast(%s)");
            case "NUMERIC TO STRING" -> value.as(to, "rtrim(rtrim(CAST(%s AS VARCHAR), '0'), '.')");
            case "FLOAT64 TO NUMERIC" ->
                value.as(to, tried(safe, (safe ? "bq_safe_" : "bq_") + "numeric_double(%s)", to));
            case "BYTES TO STRING" -> safe ? Typed.together(to, "TRY(decode(%s))", value) : value.as(to, "decode(%s)");
            case "TIMESTAMP TO STRING" -> MomentTexts.moment(value, " ", "+00");
            case "DATETIME TO STRING" -> MomentTexts.moment(value, " ", "");
            case "TIME TO STRING" -> MomentTexts.time(value);
            case "DATE TO DATETIME", "DATETIME TO DATE" -> plain(value, to);
            case "DATETIME TO TIMESTAMP" -> Typed.total(to, "(%s AT TIME ZONE 'UTC')", value);
            case "DATE TO TIMESTAMP" -> value.as(to, "(CAST(%s AS TIMESTAMP) AT TIME ZONE 'UTC')");
            case "TIMESTAMP TO DATETIME" -> Typed.total(to, "(%s AT TIME ZONE 'UTC')", value);
            case "DATETIME TO TIME" -> plain(value, to);
            case "TIMESTAMP TO DATE", "TIMESTAMP TO TIME" ->
                Typed.total(to, "CAST(%s AT TIME ZONE 'UTC' AS " + to.duckDb() + ")", value);
            default -> throw SqlRefused.unsupported("casting " + name, at);
        };
    }

    /** Of elements, or of fields by their places; one element that cannot be cast makes all of them NULL if it is safe. */
    private static Typed within(Typed value, Type to, boolean safe, Token at) {
        if (to.isStruct() && !safe) {
            return Structs.mapped(
                    to, value, (i, field) -> cast(field, to.parts().get(i).type(), false, at));
        }
        if (to.isStruct() || safe && !to.element().parts().isEmpty()) {
            throw SqlRefused.unsupported("SAFE_CAST to " + to, at);
        }
        Typed cast = Arrays.mapped(to, value, element -> cast(element, to.element(), safe, at));
        return safe ? Typed.of(to, "CASE WHEN list_count(%2$s) = list_count(%1$s) THEN %2$s END", value, cast) : cast;
    }

    private static Typed plain(Typed value, Type to) {
        return Typed.total(to, "CAST(%s AS " + to.duckDb() + ")", value);
    }

    static String tried(boolean safe, String inner, Type to) {
        return (safe ? "TRY_CAST(" : "CAST(") + inner + " AS " + to.duckDb() + ")";
    }

    /** What is written plainly is read by DuckDB, which is faster. */
    private static Typed parse(Typed text, Type to, boolean safe, Token at) {
        String bq = safe ? "bq_safe_" : "bq_";
        return switch (to.kind()) {
            case BYTES -> text.as(to, "encode(%s)");
            case INT64 -> read(text, to, "[+-]?[0-9]+", bq + "text_int64(%1$s)");
            case NUMERIC ->
                read(
                        text,
                        to,
                        "[+-]?[0-9]{1,28}(\\.[0-9]{1,9})?",
                        "CAST(" + bq + "numeric_parse(%1$s) AS DECIMAL(38,9))");
            case BIGNUMERIC -> text.as(to, bq + "bignumeric_parse(%s)");
            case BOOL -> read(text, to, "(?i:true|false)", bq + "text_bool(%1$s)");
            case FLOAT64 -> read(text, to, "[+-]?[0-9]{1,15}(\\.[0-9]{1,15})?", bq + "text_float64(%1$s)");
            case DATE ->
                read(text, to, DATE, "CAST('1970-01-01' AS DATE) + CAST(" + bq + "text_date(%1$s) AS INTEGER)");
            case TIME -> read(text, to, TIME, "CAST(make_timestamp(" + bq + "text_time(%1$s)) AS TIME)");
            case DATETIME -> read(text, to, DATE + " " + TIME, "make_timestamp(" + bq + "text_datetime(%1$s))");
            case TIMESTAMP -> text.as(to, "make_timestamptz(" + bq + "text_timestamp(%s))");
            default -> throw SqlRefused.unsupported("casting STRING TO " + to, at);
        };
    }

    /** The day of a TIMESTAMP that a text says. */
    static Typed dateOfMoment(Typed text) {
        String moment = "make_timestamptz(bq_text_timestamp(%1$s))";
        return read(text, Type.DATE, DATE, "CAST((" + moment + " AT TIME ZONE 'UTC') AS DATE)");
    }

    private static Typed read(Typed text, Type to, String plain, String other) {
        return text.as(
                to,
                "CASE WHEN regexp_full_match(%1$s, '" + plain + "') THEN coalesce(TRY_CAST(%1$s AS " + to.duckDb()
                        + "), " + other + ") ELSE " + other + " END");
    }

    /** Of a text, as BigQuery writes JSON. */
    static Typed parsedJson(Typed text) {
        return text.as(Type.JSON, "CAST(bq_parse_json(%s) AS JSON)");
    }

    /** With the nearest FLOAT64 of numbers that are none. */
    static Typed roundedJson(Typed text) {
        return text.as(Type.JSON, "CAST(bq_rounded_json(%s) AS JSON)");
    }
}
