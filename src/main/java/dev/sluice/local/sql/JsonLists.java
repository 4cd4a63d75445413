package dev.sluice.local.sql;

import org.jspecify.annotations.Nullable;

/** Functions that make arrays of JSON. */
final class JsonLists {

    private JsonLists() {}

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "INT64_ARRAY" -> list(arguments, Type.INT64, "int64_list");
            case "FLOAT64_ARRAY" -> list(WideNumbers.read(arguments, "float64_list"), Type.FLOAT64);
            case "BOOL_ARRAY" -> list(arguments, Type.BOOL, "bool_list");
            case "STRING_ARRAY" -> list(arguments, Type.STRING, "string_list");
            case "LAX_INT64_ARRAY" -> list(arguments, Type.INT64, "lax_int64_list");
            case "LAX_FLOAT64_ARRAY" -> list(arguments, Type.FLOAT64, "lax_float64_list");
            case "LAX_BOOL_ARRAY" -> list(arguments, Type.BOOL, "lax_bool_list");
            case "LAX_STRING_ARRAY" -> list(arguments, Type.STRING, "lax_string_list");
            case "JSON_FLATTEN" -> list(arguments, Type.JSON, "flattened");
            default -> null;
        };
    }

    private static Typed list(Arguments arguments, Type element, String function) {
        Typed json = arguments.require(1).to(Type.JSON, 0);
        return list(json.as(Type.STRING, "bq_json_" + function + "(CAST(%s AS VARCHAR))"), element);
    }

    /** @param texts a JSON array of texts */
    private static Typed list(Typed texts, Type element) {
        return texts.as(Type.array(element), "CAST(CAST(CAST(%s AS JSON) AS VARCHAR[]) AS " + element.duckDb() + "[])");
    }
}
