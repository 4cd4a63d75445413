package dev.sluice.local.functions;

import java.math.BigDecimal;
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

    private static final BigDecimal LEAST_WHOLE = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MOST_WHOLE = new BigDecimal("18446744073709551615");

    private JsonTexts() {}

    static String parsed(String text) {
        JsonNode node = read(text);
        if (node != null) {
            return written(node);
        }
        String repeating = isRepeating(text) ? JsonSearch.at(text, List.of()) : null;
        if (repeating == null) {
            throw unreadable();
        }
        return withFirstOfEach(repeating);
    }

    /** Whether it is JSON but for equal names in one object. */
    private static boolean isRepeating(String text) {
        try {
            return !REPEATING.readTree(text).isMissingNode();
        } catch (JacksonException e) {
            return false;
        }
    }

    private static String withFirstOfEach(String json) {
        if (json.startsWith("[")) {
            return JsonSearch.elements(json).stream()
                    .map(JsonTexts::withFirstOfEach)
                    .collect(Collectors.joining(",", "[", "]"));
        }
        if (!json.startsWith("{")) {
            return parsed(json);
        }
        var members = new TreeMap<String, String>();
        JsonSearch.members(json).forEach(member -> members.putIfAbsent(member.name(), withFirstOfEach(member.value())));
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
        if (node.isObject()) {
            var fields = new TreeMap<String, String>();
            node.properties().forEach(field -> fields.put(field.getKey(), written(field.getValue())));
            List<String> texts = new ArrayList<>();
            fields.forEach((name, value) -> texts.add(escaped(name) + ":" + value));
            return "{" + String.join(",", texts) + "}";
        }
        if (node.isArray()) {
            List<String> texts = new ArrayList<>();
            node.forEach(element -> texts.add(written(element)));
            return "[" + String.join(",", texts) + "]";
        }
        if (node.isString()) {
            return escaped(node.asString());
        }
        return node.isNumber() && !node.isIntegralNumber() ? number(node.decimalValue()) : node.toString();
    }

    /** A number that FLOAT64 would change is an error, as it is for BigQuery's PARSE_JSON. */
    private static String number(BigDecimal number) {
        String text = floating(number);
        if (text == null) {
            throw new GoogleError("cannot round-trip number through float64");
        }
        return text;
    }

    /** As FLOAT64; null if that would be another number. */
    private static @Nullable String floating(BigDecimal number) {
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            return null;
        }
        String text = Doubles.json(value);
        return new BigDecimal(text).compareTo(number) == 0 ? text : null;
    }

    /** A NUMERIC: a whole number of 64 bits as it is, others as FLOAT64; null if that would be another number. */
    static @Nullable String numeric(String text) {
        BigDecimal number = new BigDecimal(text).stripTrailingZeros();
        boolean whole = number.scale() <= 0 && number.compareTo(LEAST_WHOLE) >= 0 && number.compareTo(MOST_WHOLE) <= 0;
        return whole ? number.toPlainString() : floating(number);
    }

    /** With the two separators that JavaScript takes for ends of lines. */
    static String escapedEntirely(String text) {
        return escaped(text).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }

    static String escaped(String text) {
        return JsonNodeFactory.instance.stringNode(text).toString();
    }
}
