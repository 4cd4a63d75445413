package dev.sluice.local;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON values as values of a column type; what does not fit throws. */
final class JsonValues {

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonValues() {}

    static Object value(String type, JsonNode value) {
        return switch (ColumnTypes.standard(type)) {
            case "JSON" -> new ColumnValue.JsonText(value.toString());
            case "INTEGER", "FLOAT", "NUMERIC" -> ColumnValue.of(type, scalar(value, value.isNumber()));
            case "BOOLEAN" -> ColumnValue.of(type, scalar(value, value.isBoolean()));
            default -> ColumnValue.of(type, scalar(value, false));
        };
    }

    /** @throws IllegalArgumentException if it is not JSON */
    static ColumnValue.JsonText parsed(String text) {
        try {
            return new ColumnValue.JsonText(JSON.readTree(text).toString());
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }

    /** A string holds the text of any type. */
    private static String scalar(JsonNode value, boolean fits) {
        if (!fits && !value.isString()) {
            throw new IllegalArgumentException("another type");
        }
        return value.asString();
    }
}
