package dev.sluice.local.functions;

import dev.sluice.local.functions.JsonNumbers.Rounding;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** JSON as BigQuery writes it: keys sorted, nothing but what is needed. */
final class JsonTexts {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final JsonMapper REPEATING = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonTexts() {}

    /** A number that FLOAT64 would change is an error. */
    static String parsed(String text) {
        return parsed(text, JsonNumbers::exact);
    }

    static String rounded(String text) {
        return parsed(text, JsonNumbers::rounded);
    }

    private static String parsed(String text, Rounding rounding) {
        JsonNode node = read(text);
        if (node != null) {
            return written(node, rounding);
        }
        String repeating = isRepeating(text) ? JsonSearch.at(text, List.of()) : null;
        if (repeating == null) {
            throw unreadable();
        }
        return withFirstOfEach(repeating, rounding);
    }

    /** Whether it is JSON but for equal names in one object. */
    private static boolean isRepeating(String text) {
        try {
            return !REPEATING.readTree(text).isMissingNode();
        } catch (JacksonException e) {
            return false;
        }
    }

    private static String withFirstOfEach(String json, Rounding rounding) {
        if (json.startsWith("[")) {
            return JsonSearch.elements(json).stream()
                    .map(element -> withFirstOfEach(element, rounding))
                    .collect(Collectors.joining(",", "[", "]"));
        }
        if (!json.startsWith("{")) {
            return parsed(json, rounding);
        }
        var members = new TreeMap<String, String>();
        JsonSearch.members(json)
                .forEach(member -> members.putIfAbsent(member.name(), withFirstOfEach(member.value(), rounding)));
        return members.entrySet().stream()
                .map(member -> member.getKey() + ":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** @throws GoogleError if it is no JSON */
    static JsonNode known(String text) {
        JsonNode node = read(text);
        if (node == null) {
            throw unreadable();
        }
        return node;
    }

    private static GoogleError unreadable() {
        return new GoogleError("syntax error while parsing value - invalid literal");
    }

    /** Null if it is no JSON. */
    static @Nullable JsonNode read(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node.isMissingNode() ? null : node;
        } catch (JacksonException e) {
            return null;
        }
    }

    static String written(JsonNode node) {
        return written(node, JsonNumbers::rounded);
    }

    private static String written(JsonNode node, Rounding rounding) {
        if (node.isObject()) {
            var fields = new TreeMap<String, String>();
            node.properties().forEach(field -> fields.put(field.getKey(), written(field.getValue(), rounding)));
            List<String> texts = new ArrayList<>();
            fields.forEach((name, value) -> texts.add(escaped(name) + ":" + value));
            return "{" + String.join(",", texts) + "}";
        }
        if (node.isArray()) {
            List<String> texts = new ArrayList<>();
            node.forEach(element -> texts.add(written(element, rounding)));
            return "[" + String.join(",", texts) + "]";
        }
        if (node.isString()) {
            return escaped(node.asString());
        }
        return node.isNumber() ? JsonNumbers.written(node, rounding) : node.toString();
    }

    /** With the two separators that JavaScript takes for ends of lines. */
    static String escapedEntirely(String text) {
        return escaped(text).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }

    static String escaped(String text) {
        return JsonNodeFactory.instance.stringNode(text).toString();
    }
}
