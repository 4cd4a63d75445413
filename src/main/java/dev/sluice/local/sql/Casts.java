package dev.sluice.local.sql;

import java.util.Locale;

/** Conversions that are asked for. Text that both engines do not read alike is an error, even for SAFE_CAST. */
final class Casts {

    private static final String DATE = "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}";
    private static final String TIME = "[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?";
    private static final String ZONE = "(Z|UTC| UTC|[+-][0-9]{2}(:[0-9]{2})?)";
    /** Forms of text that become a number; others are not known here. */
    static final String NUMBER = "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?";

    private Casts() {}

    static Typed cast(Typed value, Type to, boolean safe, Token at) {
        if (value.type().equals(to)) {
            return value;
        }
        if (value.type().equals(Type.NULL)) {
            return plain(value, to);
        }
        if (to.isArray() && value.type().isArray() && value.type().element().equals(Type.NULL)) {
            return Arrays.to(to, value, at);
        }
        if (value.type().equals(Type.STRING)) {
            return parse(value, to, safe, at);
        }
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
                value.as(to, tried(safe, (safe ? "bq_safe_" : "bq_") + "numeric_parse(CAST(%s AS VARCHAR))", to));
            case "BYTES TO STRING" -> value.as(to, safe ? "TRY(decode(%s))" : "decode(%s)");
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

    private static Typed plain(Typed value, Type to) {
        return Typed.total(to, "CAST(%s AS " + to.duckDb() + ")", value);
    }

    static String tried(boolean safe, String inner, Type to) {
        return (safe ? "TRY_CAST(" : "CAST(") + inner + " AS " + to.duckDb() + ")";
    }

    private static Typed parse(Typed text, Type to, boolean safe, Token at) {
        String bad = safe
                ? "CASE WHEN regexp_matches(%1$s, '^[a-zA-Z]*$|^[^0-9]*$') THEN NULL ELSE "
                        + Guards.unknown("The local BigQuery does not know whether this is a " + to) + " END"
                : Guards.error("Bad " + to.toString().toLowerCase(Locale.ROOT) + " value", to);
        String value = tried(safe, "%1$s", to);
        return switch (to.kind()) {
            case BYTES -> text.as(to, "encode(%s)");
            case INT64 -> text.as(to, matching("[+-]?[0-9]+", value, bad));
            case NUMERIC -> text.as(to, matching("[+-]?[0-9]+(\\.[0-9]{1,9})?", value, bad));
            case BIGNUMERIC -> text.as(to, matching(NUMBER, BigNumericCasts.parsing(safe), bad));
            case BOOL -> text.as(to, matching("(?i:true|false)", value, bad));
            case FLOAT64 -> floating(text, safe, bad);
            case DATE -> inRange(text.as(to, matching(DATE, value, bad)), safe);
            case TIME -> text.as(to, matching(TIME, value, bad));
            case DATETIME -> inRange(text.as(to, matching(DATE + "([ T]" + TIME + ")?", value, bad)), safe);
            case TIMESTAMP -> inRange(text.as(to, zoned(value, to, safe, bad)), safe);
            default -> throw SqlRefused.unsupported("casting STRING TO " + to, at);
        };
    }

    private static String matching(String pattern, String value, String otherwise) {
        return "CASE WHEN %1$s IS NULL THEN NULL WHEN regexp_full_match(%1$s, '" + pattern + "') THEN " + value
                + " ELSE " + otherwise + " END";
    }

    private static Typed inRange(Typed moment, boolean safe) {
        return safe ? Guards.orNullOutOfRange(moment) : Guards.inRange(moment);
    }

    private static Typed floating(Typed text, boolean safe, String bad) {
        String infinite = safe ? "NULL" : Guards.error("Bad double value", Type.FLOAT64);
        String number =
                "CASE WHEN isfinite(TRY_CAST(%1$s AS DOUBLE)) THEN TRY_CAST(%1$s AS DOUBLE) ELSE " + infinite + " END";
        String others = "CASE WHEN lower(%1$s) IN ('nan', '+nan', '-nan') THEN CAST('nan' AS DOUBLE)"
                + " WHEN lower(%1$s) IN ('inf', '+inf', 'infinity', '+infinity') THEN CAST('inf' AS DOUBLE)"
                + " WHEN lower(%1$s) IN ('-inf', '-infinity') THEN CAST('-inf' AS DOUBLE) ELSE " + bad + " END";
        return text.as(Type.FLOAT64, matching(NUMBER, number, others));
    }

    /** Without a zone it is UTC. */
    private static String zoned(String value, Type to, boolean safe, String bad) {
        String local = matching(
                DATE + "([ T]" + TIME + ")?",
                tried(safe, "(CASE WHEN length(%1$s) <= 10 THEN %1$s || ' 00:00:00' ELSE %1$s END) || '+00'", to),
                bad);
        return matching(DATE + "[ T]" + TIME + ZONE, value, local);
    }

    /** Of a text, as BigQuery writes JSON. */
    static Typed parsedJson(Typed text) {
        return text.as(Type.JSON, "CAST(bq_parse_json(%s) AS JSON)");
    }
}
