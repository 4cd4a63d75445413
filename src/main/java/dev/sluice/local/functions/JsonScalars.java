package dev.sluice.local.functions;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** JSON as values of other types. */
final class JsonScalars {

    private JsonScalars() {}

    static String type(String json) {
        JsonNode node = JsonTexts.read(json);
        if (node == null || node.isNull()) {
            return "null";
        }
        if (node.isContainer()) {
            return node.isArray() ? "array" : "object";
        }
        return node.isString() ? "string" : node.isNumber() ? "number" : "boolean";
    }

    static @Nullable String string(String json) {
        JsonNode node = JsonTexts.read(json);
        if (node == null || !node.isString()) {
            throw new GoogleError("The provided JSON input is not a string");
        }
        return node.asString();
    }

    static @Nullable Long int64(String json) {
        JsonNode node = JsonTexts.read(json);
        if (node != null && node.isNumber()) {
            try {
                return node.decimalValue().longValueExact();
            } catch (ArithmeticException e) {
                throw new GoogleError("The provided JSON number cannot be converted to an int64");
            }
        }
        throw new GoogleError("The provided JSON input is not an integer");
    }

    static @Nullable Double float64(String json) {
        JsonNode node = JsonTexts.read(json);
        if (node == null || !node.isNumber()) {
            throw new GoogleError("The provided JSON input is not a number");
        }
        return node.decimalValue().doubleValue();
    }

    static @Nullable Boolean bool(String json) {
        JsonNode node = JsonTexts.read(json);
        if (node == null || !node.isBoolean()) {
            throw new GoogleError("The provided JSON input is not a boolean");
        }
        return node.asBoolean();
    }
}
