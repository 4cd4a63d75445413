package dev.sluice.local.sql;

import org.jspecify.annotations.Nullable;

/** Functions of JSON; its text is always as BigQuery writes it. */
final class JsonFunctions {

    private JsonFunctions() {}

    static @Nullable Typed translate(Arguments arguments) {
        return switch (arguments.name()) {
            case "PARSE_JSON" -> parsed(arguments.require(1));
            case "JSON_VALUE", "JSON_EXTRACT_SCALAR" ->
                at(arguments.require(1, 2), Type.STRING, "bq_json_value(%s, %s)");
            case "JSON_QUERY", "JSON_EXTRACT" -> {
                Typed json = json(arguments.require(1, 2));
                Typed found = at(arguments, Type.STRING, "bq_json_query(%s, %s)");
                yield json.type().equals(Type.JSON)
                        ? found.as(Type.JSON, "CAST(%s AS JSON)")
                        : found.as(Type.STRING, "nullif(%s, 'null')");
            }
            case "JSON_QUERY_ARRAY", "JSON_EXTRACT_ARRAY" -> {
                Type element = json(arguments.require(1, 2)).type();
                Typed found = at(arguments, Type.STRING, "bq_json_array(%s, %s)");
                yield found.as(
                        Type.array(element), "CAST(CAST(CAST(%s AS JSON) AS VARCHAR[]) AS " + element.duckDb() + "[])");
            }
            case "JSON_VALUE_ARRAY", "JSON_EXTRACT_STRING_ARRAY" ->
                at(arguments.require(1, 2), Type.STRING, "bq_json_string_array(%s, %s)")
                        .as(Type.array(Type.STRING), "CAST(CAST(%s AS JSON) AS VARCHAR[])");
            case "JSON_KEYS" -> keys(arguments.require(1, 2));
            case "JSON_TYPE" -> json(arguments).as(Type.STRING, "bq_json_type(CAST(%s AS VARCHAR))");
            case "TO_JSON_STRING" -> written(arguments.require(1, 2));
            case "TO_JSON" -> JsonWriting.json(arguments.require(1).typed(0), arguments.at());
            case "BOOL" -> converted(arguments, Type.BOOL, "bool");
            case "INT64" -> converted(arguments, Type.INT64, "int64");
            case "FLOAT64" -> WideNumbers.read(arguments, "float64").as(Type.FLOAT64, "%s");
            case "STRING" -> text(arguments.require(1, 2));
            default -> null;
        };
    }

    private static Typed parsed(Arguments arguments) {
        @Nullable Expression mode = arguments.named("wide_number_mode");
        if (mode == null) {
            return Casts.parsedJson(arguments.text(0));
        }
        if (!(mode instanceof Expression.Constant said) || !said.type().equals(Type.STRING)) {
            throw SqlRefused.unsupported("a wide_number_mode that is no literal", mode.at());
        }
        return switch (said.value()) {
            case "exact" -> Casts.parsedJson(arguments.text(0));
            case "round" -> Casts.roundedJson(arguments.text(0));
            default ->
                throw new SqlRefused(
                        "invalidQuery", "Invalid `wide_number_mode` specified for PARSE_JSON: " + said.value());
        };
    }

    private static Typed text(Arguments arguments) {
        Typed value = arguments.typed(0);
        if (arguments.count() == 2) {
            return DateFormats.shown(arguments.to(Type.TIMESTAMP, 0), arguments.zone(1));
        }
        if (value.type().equals(Type.JSON)) {
            return converted(arguments, Type.STRING, "string");
        }
        Typed moment = value.text() == null ? value : Coercions.to(Type.DATE, value, arguments.at());
        if (!Coercions.isDate(moment.type()) && !moment.type().equals(Type.NULL)) {
            throw Coercions.mismatch(arguments.at(), value);
        }
        return Casts.cast(moment, Type.STRING, false, arguments.at());
    }

    private static Typed written(Arguments arguments) {
        Typed text = JsonWriting.text(arguments.typed(0), arguments.at());
        return arguments.count() == 1
                ? text
                : Typed.of(
                        Type.STRING,
                        "CASE WHEN %2$s THEN bq_json_indented(%1$s) WHEN NOT %2$s THEN %1$s END",
                        text,
                        arguments.to(Type.BOOL, 1));
    }

    /** Through objects only, as deep as is said. */
    private static Typed keys(Arguments arguments) {
        Typed depth = arguments.count() == 1
                ? Typed.constant(Type.INT64, "CAST(" + Long.MAX_VALUE + " AS BIGINT)")
                : arguments.integer(1);
        String positive = Guards.error("max_depth must be positive", Type.INT64);
        return Typed.of(
                Type.array(Type.STRING),
                "CAST(CAST(bq_json_keys(CAST(%1$s AS VARCHAR), CASE WHEN %2$s <= 0 THEN " + positive
                        + " ELSE %2$s END) AS JSON) AS VARCHAR[])",
                arguments.to(Type.JSON, 0),
                depth);
    }

    static Typed member(Typed json, Typed name) {
        return Typed.of(Type.JSON, "CAST(bq_json_member(CAST(%s AS VARCHAR), %s) AS JSON)", json, name);
    }

    /** By its name or its place. */
    static Typed part(Typed json, Typed key, Token at) {
        return key.type().equals(Type.STRING)
                ? member(json, key)
                : Typed.of(
                        Type.JSON,
                        "CAST(bq_json_element(CAST(%s AS VARCHAR), %s) AS JSON)",
                        json,
                        Coercions.to(Type.INT64, key, at));
    }

    private static Typed json(Arguments arguments) {
        Typed json = arguments.typed(0);
        if (json.type().equals(Type.NULL)) {
            return arguments.text(0);
        }
        if (!json.type().equals(Type.JSON) && !json.type().equals(Type.STRING)) {
            throw Coercions.mismatch(arguments.at(), json);
        }
        return json;
    }

    private static Typed at(Arguments arguments, Type type, String format) {
        if (arguments.isNull(1)) {
            return json(arguments)
                    .as(type, "CASE WHEN %s IS NULL THEN NULL ELSE CAST(NULL AS " + type.duckDb() + ") END");
        }
        String literal = arguments.count() == 1 ? "$" : arguments.literal(1, "path");
        if (literal.contains(arguments.name().startsWith("JSON_EXTRACT") ? ".\"" : "['")) {
            throw new SqlRefused(
                    "invalidQuery",
                    "Invalid token in JSONPath: %s at %s"
                            .formatted(literal, arguments.at().place()));
        }
        Typed path = Typed.text(literal);
        Typed text = json(arguments).as(Type.STRING, "CAST(%s AS VARCHAR)");
        return Typed.of(type, format, text, path);
    }

    private static Typed converted(Arguments arguments, Type type, String function) {
        Typed json = arguments.require(1).to(Type.JSON, 0);
        return json.as(type, "bq_json_" + function + "(CAST(%s AS VARCHAR))");
    }
}
