package dev.sluice.local.load;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON values as values of a column type; what does not fit throws. */
public final class JsonValues {

    public static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonValues() {}

    static Object value(FieldType type, JsonNode value) {
        return switch (type) {
            case JSON -> value.toString();
            case INTEGER, FLOAT, NUMERIC, BIGNUMERIC -> ColumnValue.of(type, scalar(value, value.isNumber()));
            case BOOLEAN -> ColumnValue.of(type, scalar(value, value.isBoolean()));
            case TIMESTAMP ->
                value.isNumber() ? ColumnValue.epochSeconds(value.decimalValue()) : ColumnValue.of(type, text(value));
            case STRING -> value.isIntegralNumber() ? value.asString() : text(value);
            case BYTES, DATE, TIME, DATETIME, RECORD -> ColumnValue.of(type, text(value));
        };
    }

    /** @throws IllegalArgumentException if it is not JSON */
    static String parsed(String text) {
        try {
            JsonNode value = JSON.readTree(text);
            if (value.isMissingNode()) {
                throw new IllegalArgumentException("no JSON at all");
            }
            return value.toString();
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }

    private static String text(JsonNode value) {
        return scalar(value, false);
    }

    /** A string holds the text of any type. */
    private static String scalar(JsonNode value, boolean fits) {
        if (!fits && !value.isString()) {
            throw new IllegalArgumentException("another type");
        }
        return value.asString();
    }
}
