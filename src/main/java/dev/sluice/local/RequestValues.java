package dev.sluice.local;

import com.google.api.client.json.GenericJson;
import com.google.api.client.json.JsonString;
import com.google.api.client.util.ClassInfo;
import com.google.api.client.util.Types;
import dev.sluice.local.load.JsonValues;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * BigQuery takes a number or a boolean of a resource with or without quotes, and either as a text; the model insists on
 * quotes around texts and numbers of 64 bits, and on none around others.
 */
final class RequestValues {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MOST_DIGITS = 400;

    private RequestValues() {}

    /**
     * @throws tools.jackson.core.JacksonException if it is no JSON
     * @throws ApiError for a value that its member cannot have
     */
    static String asModelled(String json, Class<?> type) {
        JsonNode tree = JsonValues.JSON.readTree(json);
        if (tree instanceof ObjectNode object) {
            adapt(object, type);
        }
        return tree.toString();
    }

    private static void adapt(ObjectNode object, Class<?> type) {
        ClassInfo members = ClassInfo.of(type);
        for (String name : List.copyOf(object.propertyNames())) {
            Field field = members.getField(name);
            if (field != null) {
                boolean quoted = field.isAnnotationPresent(JsonString.class);
                object.set(name, adapted(object.get(name), field.getGenericType(), quoted));
            }
        }
    }

    private static JsonNode adapted(JsonNode value, Type type, boolean quoted) {
        Class<?> raw = rawClass(type);
        if (value instanceof ArrayNode array && List.class.isAssignableFrom(raw)) {
            Type element = Types.getIterableParameter(type);
            for (int i = 0; i < array.size(); i++) {
                array.set(i, adapted(array.get(i), element, quoted));
            }
        } else if (value instanceof ObjectNode object && GenericJson.class.isAssignableFrom(raw)) {
            adapt(object, raw);
        } else if (value instanceof ObjectNode object && Map.class.isAssignableFrom(raw)) {
            Type element = Types.getMapValueParameter(type);
            object.properties().forEach(entry -> entry.setValue(adapted(entry.getValue(), element, quoted)));
        } else if (Number.class.isAssignableFrom(raw)) {
            return number(value, quoted);
        } else {
            return scalar(value, raw);
        }
        return value;
    }

    private static JsonNode scalar(JsonNode value, Class<?> raw) {
        if (raw == String.class && (value.isNumber() || value.isBoolean())) {
            return NODES.stringNode(value.asString());
        }
        if (raw == Boolean.class
                && value.isString()
                && Set.of("true", "false").contains(value.asString().toLowerCase(Locale.ROOT))) {
            return NODES.booleanNode(value.asString().equalsIgnoreCase("true"));
        }
        boolean fits = raw == String.class && value.isString()
                || raw == Boolean.class && value.isBoolean()
                || raw != String.class && raw != Boolean.class
                || value.isNull();
        if (!fits) {
            throw ApiError.unreadable(" Invalid value: %s is no %s".formatted(value, raw.getSimpleName()));
        }
        return value;
    }

    private static Class<?> rawClass(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        return type instanceof Class<?> plain ? plain : Object.class;
    }

    private static JsonNode number(JsonNode value, boolean quoted) {
        if (!value.isNumber() && (quoted || !value.isString())) {
            return value;
        }
        try {
            if (quoted) {
                return NODES.stringNode(plain(value.decimalValue()).toPlainString());
            }
            return NODES.numberNode(plain(new BigDecimal(value.asString())));
        } catch (NumberFormatException e) {
            return value;
        }
    }

    /**
     * Without a fraction that is zero.
     *
     * @throws NumberFormatException if it has so many digits that it would fill the memory
     */
    private static BigDecimal plain(BigDecimal number) {
        if (Math.abs((long) number.scale()) + number.precision() > MOST_DIGITS) {
            throw new NumberFormatException();
        }
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
