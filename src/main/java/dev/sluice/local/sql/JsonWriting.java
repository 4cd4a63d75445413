package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;

/** Values as JSON. TO_JSON_STRING puts numbers that FLOAT64 does not hold in quotation marks, TO_JSON does not. */
final class JsonWriting {

    private final boolean quoting;
    private final Token at;

    private JsonWriting(boolean quoting, Token at) {
        this.quoting = quoting;
        this.at = at;
    }

    /** For TO_JSON_STRING. */
    static Typed text(Typed value, Token at) {
        return new JsonWriting(true, at).whole(value);
    }

    /** For TO_JSON. */
    static Typed json(Typed value, Token at) {
        return new JsonWriting(false, at).whole(value).as(Type.JSON, "CAST(%s AS JSON)");
    }

    private Typed whole(Typed value) {
        String written = escaped(written(value));
        return value.type().isArray()
                ? value.as(Type.STRING, "CASE WHEN %s IS NULL THEN 'null' ELSE " + written + " END")
                : value.as(Type.STRING, "coalesce(" + written + ", 'null')");
    }

    private static String escaped(Typed written) {
        return written.sql().replace("%", "%%");
    }

    private Typed written(Typed value) {
        return switch (value.type().kind()) {
            case NULL -> value.as(Type.STRING, "CAST(%s AS VARCHAR)");
            case STRING -> value.as(Type.STRING, quoting ? "bq_json_escape_entirely(%s)" : "bq_json_escape(%s)");
            case INT64 ->
                !quoting
                        ? value.as(Type.STRING, "CAST(%s AS VARCHAR)")
                        : value.as(
                                Type.STRING,
                                "CASE WHEN %1$s BETWEEN -9007199254740992 AND 9007199254740992 THEN CAST(%1$s AS VARCHAR)"
                                        + " ELSE '\"' || CAST(%1$s AS VARCHAR) || '\"' END");
            case BOOL -> value.as(Type.STRING, "CAST(%s AS VARCHAR)");
            case FLOAT64 -> floating(value);
            case NUMERIC -> numeric(value);
            case BIGNUMERIC -> bigNumeric(value);
            case DATE -> value.as(Type.STRING, "'\"' || CAST(%s AS VARCHAR) || '\"'");
            case DATETIME -> quoted(MomentTexts.moment(value, "T", ""));
            case TIMESTAMP -> quoted(MomentTexts.moment(value, "T", "Z"));
            case TIME -> quoted(MomentTexts.time(value));
            case BYTES -> value.as(Type.STRING, "'\"' || to_base64(%s) || '\"'");
            case JSON -> value.as(Type.STRING, "bq_rounded_json(CAST(%s AS VARCHAR))");
            case ARRAY -> array(value);
            case STRUCT -> struct(value);
        };
    }

    private static Typed quoted(Typed text) {
        return text.as(Type.STRING, "'\"' || %s || '\"'");
    }

    /** Zero has no sign; whole numbers have a point in JSON, but not in TO_JSON_STRING. */
    private Typed floating(Typed value) {
        String text = (quoting ? "bq_double_text" : "bq_json_float") + "(CASE WHEN %1$s = 0 THEN 0 ELSE %1$s END)";
        return value.as(
                Type.STRING,
                "CASE WHEN isnan(%1$s) THEN '\"NaN\"' WHEN isinf(%1$s) THEN CASE WHEN %1$s > 0 THEN '\"Infinity\"' ELSE"
                        + " '\"-Infinity\"' END ELSE " + (quoting ? "regexp_replace(" + text + ", '\\.0$', '')" : text)
                        + " END");
    }

    /**
     * In TO_JSON_STRING whole numbers that FLOAT64 holds stand for themselves, others in quotation marks. Of one that JSON cannot
     * hold, json_functions.md says that TO_JSON ends in "an error", but Google's reference rounds it.
     */
    private Typed numeric(Typed value) {
        if (!quoting) {
            Typed text = value.as(Type.STRING, "CAST(%s AS VARCHAR)");
            return text.as(
                    Type.STRING,
                    "CASE WHEN %1$s IS NULL THEN NULL ELSE coalesce(bq_json_numeric(%1$s), "
                            + Guards.unknown("The local BigQuery does not know this NUMERIC as JSON") + ") END");
        }
        String text = "rtrim(rtrim(CAST(%1$s AS VARCHAR), '0'), '.')";
        return value.as(
                Type.STRING,
                "CASE WHEN %1$s = trunc(%1$s) AND abs(%1$s) <= 9007199254740992 THEN " + text + " ELSE '\"' || " + text
                        + " || '\"' END");
    }

    private Typed bigNumeric(Typed value) {
        if (!quoting) {
            throw SqlRefused.unsupported("BIGNUMERIC as JSON", at);
        }
        return value.as(Type.STRING, "bq_bignumeric_json(%s)");
    }

    /** A NULL array is null, inside a struct an empty one. */
    private Typed array(Typed value) {
        String each = "_sluice_json" + at.column() + "_" + depth(value.type());
        Typed element = written(Typed.constant(value.type().element(), each));
        return value.as(
                Type.STRING,
                "'[' || coalesce(array_to_string(list_transform(%s, lambda " + each + ": coalesce(" + escaped(element)
                        + ", 'null')), ','), '') || ']'");
    }

    /** How deep arrays and structs stand in each other. */
    static int depth(Type type) {
        return type.parts().stream()
                .mapToInt(part -> 1 + depth(part.type()))
                .max()
                .orElse(0);
    }

    private Typed struct(Typed value) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < value.type().parts().size(); i++) {
            String name = value.type().parts().get(i).name();
            Typed field = written(Structs.at(value, i));
            fields.add("bq_json_escape('%s') || ':' || coalesce(%s, 'null')"
                    .formatted(name == null ? "" : name.replace("'", "''"), field.sql()));
        }
        String all = "'{' || " + String.join(" || ',' || ", fields) + " || '}'";
        return value.as(Type.STRING, "CASE WHEN %s IS NULL THEN NULL ELSE " + all.replace("%", "%%") + " END");
    }
}
