package dev.sluice.local.functions;

import java.math.BigDecimal;
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

    static Double float64(String json) {
        return number(json).decimalValue().doubleValue();
    }

    /** @param mode round, or exact for an error where digits of a whole number are lost */
    static Double wideFloat64(String json, String mode) {
        if (!mode.equals("round") && !mode.equals("exact")) {
            throw new GoogleError("Invalid `wide_number_mode` specified: " + mode);
        }
        JsonNode node = number(json);
        BigDecimal number = node.decimalValue();
        double rounded = number.doubleValue();
        boolean whole = node.isIntegralNumber();
        if (mode.equals("exact") && whole && number.compareTo(new BigDecimal(rounded)) != 0) {
            throw new GoogleError("JSON number: " + number.toPlainString()
                    + " cannot be converted to FLOAT64 without loss of precision");
        }
        return rounded;
    }

    private static JsonNode number(String json) {
        JsonNode node = JsonTexts.read(json);
        if (node == null || !node.isNumber()) {
            throw new GoogleError("The provided JSON input is not a number");
        }
        return node;
    }

    static @Nullable Boolean bool(String json) {
        JsonNode node = JsonTexts.read(json);
        if (node == null || !node.isBoolean()) {
            throw new GoogleError("The provided JSON input is not a boolean");
        }
        return node.asBoolean();
    }
}
