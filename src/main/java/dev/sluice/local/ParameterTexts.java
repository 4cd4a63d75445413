package dev.sluice.local;

import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.QueryParameterType;
import com.google.api.services.bigquery.model.QueryParameterValue;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import dev.sluice.local.sql.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values of parameters as the texts that are bound: arrays and structs as JSON arrays of the texts of what is in them. */
final class ParameterTexts {

    /** A parameter whose text is bound as it is, and whose type is at hand. */
    static final String BOUND = "_sluice_bound";

    private ParameterTexts() {}

    static Type type(QueryParameter parameter) {
        return parameter.get(BOUND) instanceof Type bound ? bound : type(parameter.getParameterType());
    }

    private static Type type(QueryParameterType type) {
        return switch (String.valueOf(type.getType())) {
            case "ARRAY" -> Type.array(type(type.getArrayType()));
            case "STRUCT" ->
                Type.struct(type.getStructTypes().stream()
                        .map(field -> new Type.Part(field.getName(), type(field.getType())))
                        .toList());
            default ->
                Type.named(String.valueOf(type.getType()))
                        .orElseThrow(() -> ApiError.unsupported("parameters of type " + type.getType()));
        };
    }

    static @Nullable String of(QueryParameterType type, @Nullable QueryParameterValue value) {
        if (value == null) {
            return null;
        }
        JsonElement json = json(type, value);
        if (json.isJsonNull()) {
            return null;
        }
        return json.isJsonPrimitive() ? json.getAsString() : json.toString();
    }

    private static JsonElement json(QueryParameterType type, QueryParameterValue value) {
        if ("ARRAY".equals(type.getType())) {
            return elements(value.getArrayValues() == null ? List.of() : value.getArrayValues(), type.getArrayType());
        }
        if (!"STRUCT".equals(type.getType())) {
            return value.getValue() == null || com.google.api.client.util.Data.isNull(value.getValue())
                    ? JsonNull.INSTANCE
                    : new JsonPrimitive(value.getValue());
        }
        if (value.getStructValues() == null) {
            return JsonNull.INSTANCE;
        }
        requireMembers(type, value);
        var fields = new JsonArray();
        for (QueryParameterType.StructTypes field : type.getStructTypes()) {
            QueryParameterValue inner = value.getStructValues().get(field.getName());
            fields.add(inner == null ? JsonNull.INSTANCE : json(field.getType(), inner));
        }
        return fields;
    }

    /** @throws ApiError if a value has members that its type lacks */
    private static void requireMembers(QueryParameterType type, QueryParameterValue value) {
        for (String name : value.getStructValues().keySet()) {
            if (type.getStructTypes().stream().noneMatch(field -> name.equals(field.getName()))) {
                throw ApiError.invalid("Invalid value for query parameter: its type has no field '%s'".formatted(name));
            }
        }
    }

    private static JsonElement elements(List<QueryParameterValue> values, QueryParameterType type) {
        var elements = new JsonArray();
        values.forEach(value -> elements.add(json(type, value)));
        return elements;
    }
}
