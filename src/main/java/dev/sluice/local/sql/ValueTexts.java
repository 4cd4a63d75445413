package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;

/** Values as FORMAT's %t shows them, or as literals, as its %T does. NULL is NULL. */
final class ValueTexts {

    private final boolean literal;
    private final Token at;

    ValueTexts(boolean literal, Token at) {
        this.literal = literal;
        this.at = at;
    }

    /** With NULL as a text. */
    Typed shown(Typed value) {
        return text(value).as(Type.STRING, "coalesce(%s, 'NULL')");
    }

    private Typed text(Typed value) {
        return switch (value.type().kind()) {
            case NULL -> value.as(Type.STRING, "CAST(%s AS VARCHAR)");
            case STRING -> literal ? value.as(Type.STRING, "bq_quoted(%s)") : value;
            case BYTES -> value.as(Type.STRING, (literal ? "bq_quoted_bytes" : "bq_plain_bytes") + "(hex(%s))");
            case INT64, BOOL -> Casts.cast(value, Type.STRING, false, at);
            case FLOAT64 -> floating(value);
            case NUMERIC, BIGNUMERIC, DATE, DATETIME, TIMESTAMP, TIME -> named(value);
            case JSON ->
                value.as(Type.STRING, literal ? "'JSON ' || bq_quoted(CAST(%s AS VARCHAR))" : "CAST(%s AS VARCHAR)");
            case ARRAY -> array(value);
            case STRUCT -> struct(value);
        };
    }

    private Typed floating(Typed value) {
        Typed text = value.as(Type.STRING, "bq_double_text(%s)");
        return literal
                ? text.as(
                        Type.STRING,
                        "CASE WHEN %1$s IN ('nan', 'inf', '-inf') THEN 'CAST(\"' || %1$s || '\" AS FLOAT64)' ELSE %1$s END")
                : text;
    }

    private Typed named(Typed value) {
        Typed text = Casts.cast(value, Type.STRING, false, at);
        return literal ? text.as(Type.STRING, "'" + value.type() + " \"' || %s || '\"'") : text;
    }

    private Typed array(Typed value) {
        String each = "_sluice_shown" + at.column() + "_" + JsonWriting.depth(value.type());
        Typed element = shown(Typed.constant(value.type().element(), each));
        return value.as(
                Type.STRING,
                "'[' || array_to_string(list_transform(%s, lambda " + each + ": "
                        + element.sql().replace("%", "%%") + "), ', ') || ']'");
    }

    private Typed struct(Typed value) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < value.type().parts().size(); i++) {
            fields.add(shown(Structs.at(value, i)).sql().replace("%", "%%"));
        }
        String open = literal && fields.size() == 1 ? "'STRUCT(' || " : "'(' || ";
        return value.as(
                Type.STRING,
                "CASE WHEN %s IS NULL THEN NULL ELSE " + open + String.join(" || ', ' || ", fields) + " || ')' END");
    }
}
