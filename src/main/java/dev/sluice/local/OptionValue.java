package dev.sluice.local;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.sluice.local.sql.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a statement says of one of its OPTIONS.
 *
 * @param type of the value
 * @param json the value, moments in milliseconds since 1970
 */
record OptionValue(String name, Type type, JsonElement json) {

    private static final double MILLIS_PER_DAY = 86_400_000;
    private static final List<Type> NUMBERS = List.of(Type.INT64, Type.FLOAT64, Type.NUMERIC, Type.BIGNUMERIC);

    boolean isNull() {
        return json.isJsonNull();
    }

    @Nullable
    String text() {
        return isNull() ? null : of(Type.STRING).getAsString();
    }

    @Nullable
    Long whole() {
        return isNull() ? null : of(Type.INT64).getAsLong();
    }

    /** Since 1970. */
    @Nullable
    Long moment() {
        return isNull() ? null : of(Type.TIMESTAMP).getAsLong();
    }

    boolean isTrue() {
        return !isNull() && of(Type.BOOL).getAsBoolean();
    }

    /** Of days. */
    @Nullable
    Long millis() {
        if (isNull()) {
            return null;
        }
        if (!NUMBERS.contains(type)) {
            throw wrong("FLOAT64");
        }
        double days = json.getAsDouble();
        if (!Double.isFinite(days)) {
            throw refused("Option %s must be a finite number, not %s".formatted(name, json.getAsString()));
        }
        return Math.round(days * MILLIS_PER_DAY);
    }

    /** Pairs, whatever their fields are called. */
    @Nullable
    Map<String, String> labels() {
        if (isNull()) {
            return null;
        }
        if (!type.isArray() || !json.getAsJsonArray().isEmpty() && !isPair(type.element())) {
            throw wrong("ARRAY<STRUCT<STRING, STRING>>");
        }
        Map<String, String> labels = new HashMap<>();
        for (JsonElement pair : json.getAsJsonArray()) {
            List<JsonElement> fields = pair instanceof JsonObject struct
                    ? struct.asMap().values().stream().toList()
                    : List.of();
            if (fields.isEmpty() || fields.stream().anyMatch(JsonElement::isJsonNull)) {
                throw refused("Option %s must be ARRAY<STRUCT<STRING, STRING>> without NULL".formatted(name));
            }
            labels.put(fields.get(0).getAsString(), fields.get(1).getAsString());
        }
        return labels;
    }

    private static boolean isPair(Type pair) {
        return pair.isStruct()
                && pair.parts().size() == 2
                && pair.parts().stream().allMatch(part -> part.type().equals(Type.STRING));
    }

    private JsonElement of(Type wanted) {
        if (!type.equals(wanted)) {
            throw wrong(wanted.toString());
        }
        return json;
    }

    private ApiError wrong(String wanted) {
        return refused("Option %s must be %s, not %s".formatted(name, wanted, type));
    }

    private static ApiError refused(String why) {
        return new ApiError(400, "invalidQuery", why);
    }
}
