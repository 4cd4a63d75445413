package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;

/** Values as JSON, as TO_JSON_STRING writes them. */
final class JsonWriting {

    private JsonWriting() {}

    static Typed text(Typed value, Token at) {
        return value.as(Type.STRING, "coalesce(" + escaped(written(value, at)) + ", 'null')");
    }

    private static String escaped(Typed written) {
        return written.sql().replace("%", "%%");
    }

    private static Typed written(Typed value, Token at) {
        return switch (value.type().kind()) {
            case NULL -> value.as(Type.STRING, "CAST(%s AS VARCHAR)");
            case STRING -> value.as(Type.STRING, "bq_json_escape(%s)");
            case INT64 ->
                value.as(
                        Type.STRING,
                        "CASE WHEN %1$s BETWEEN -9007199254740991 AND 9007199254740991 THEN CAST(%1$s AS VARCHAR)"
                                + " ELSE '\"' || CAST(%1$s AS VARCHAR) || '\"' END");
            case BOOL -> value.as(Type.STRING, "CAST(%s AS VARCHAR)");
            case FLOAT64 -> floating(value);
            case NUMERIC -> numeric(value);
            case DATE -> value.as(Type.STRING, "'\"' || CAST(%s AS VARCHAR) || '\"'");
            case DATETIME ->
                value.as(Type.STRING, "'\"' || bq_format_moment('%%E4Y-%%m-%%dT%%H:%%M:%%E*S', epoch_us(%s)) || '\"'");
            case TIMESTAMP ->
                value.as(Type.STRING, "'\"' || bq_format_moment('%%E4Y-%%m-%%dT%%H:%%M:%%E*SZ', epoch_us(%s)) || '\"'");
            case TIME -> value.as(Type.STRING, "'\"' || CAST(%s AS VARCHAR) || '\"'");
            case BYTES -> value.as(Type.STRING, "'\"' || to_base64(%s) || '\"'");
            case JSON -> value.as(Type.STRING, "bq_parse_json(CAST(%s AS VARCHAR))");
            case ARRAY -> array(value, at);
            case STRUCT -> struct(value, at);
        };
    }

    private static Typed floating(Typed value) {
        return value.as(
                Type.STRING,
                "CASE WHEN isnan(%1$s) THEN '\"NaN\"' WHEN isinf(%1$s) THEN CASE WHEN %1$s > 0 THEN '\"Infinity\"' ELSE"
                        + " '\"-Infinity\"' END ELSE regexp_replace(bq_double_text(%1$s), '\\.0$', '') END");
    }

    /** A number that FLOAT64 could not hold would stand in quotation marks. */
    private static Typed numeric(Typed value) {
        return value.as(
                Type.STRING,
                "CASE WHEN %1$s IS NULL THEN NULL"
                        + " WHEN CAST(CAST(%1$s AS DOUBLE) AS DECIMAL(38,9)) = %1$s AND abs(%1$s) < 1000000 THEN"
                        + " rtrim(rtrim(CAST(%1$s AS VARCHAR), '0'), '.') ELSE "
                        + Guards.unknown("The local BigQuery does not know this NUMERIC as JSON") + " END");
    }

    /** A NULL array is null, inside a struct an empty one. */
    private static Typed array(Typed value, Token at) {
        String each = "_sluice_json" + at.column() + "_" + depth(value.type());
        Typed element = written(Typed.constant(value.type().element(), each), at);
        return value.as(
                Type.STRING,
                "'[' || coalesce(array_to_string(list_transform(%s, lambda " + each + ": coalesce(" + escaped(element)
                        + ", 'null')), ','), '') || ']'");
    }

    private static int depth(Type type) {
        return type.parts().stream()
                .mapToInt(part -> 1 + depth(part.type()))
                .max()
                .orElse(0);
    }

    private static Typed struct(Typed value, Token at) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < value.type().parts().size(); i++) {
            String name = value.type().parts().get(i).name();
            Typed field = written(Structs.at(value, i), at);
            fields.add("bq_json_escape('%s') || ':' || coalesce(%s, 'null')"
                    .formatted(name == null ? "" : name.replace("'", "''"), field.sql()));
        }
        String all = "'{' || " + String.join(" || ',' || ", fields) + " || '}'";
        return value.as(Type.STRING, "CASE WHEN %s IS NULL THEN NULL ELSE " + all.replace("%", "%%") + " END");
    }
}
