package dev.sluice.local.functions;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** JSON arrays as arrays, which are told as JSON arrays of texts. */
final class JsonLists {

    private JsonLists() {}

    /** @throws GoogleError if it is no array, or one of its elements is none of these */
    static String of(String json, Function<String, @Nullable Object> element) {
        JsonNode node = JsonTexts.read(json);
        if (node == null || !node.isArray()) {
            throw new GoogleError("The provided JSON input is not an array");
        }
        return elements(json, element);
    }

    /** Null if it is no array; elements that are none of these are null. */
    static @Nullable String lax(String json, Function<String, @Nullable Object> element) {
        return json.startsWith("[") ? elements(json, element) : null;
    }

    private static String elements(String json, Function<String, @Nullable Object> element) {
        List<@Nullable String> texts = new ArrayList<>();
        JsonSearch.elements(json).forEach(each -> {
            Object value = element.apply(each);
            texts.add(value == null ? null : value.toString());
        });
        return told(texts);
    }

    /** What is in arrays within arrays, one after the other. */
    static String flattened(String json) {
        List<@Nullable String> elements = new ArrayList<>();
        flatten(json, elements);
        return told(elements);
    }

    private static void flatten(String json, List<@Nullable String> elements) {
        if (json.startsWith("[")) {
            JsonSearch.elements(json).forEach(element -> flatten(element, elements));
        } else {
            elements.add(json);
        }
    }

    private static String told(List<? extends @Nullable String> texts) {
        return texts.stream()
                .map(text -> text == null ? "null" : JsonTexts.escaped(text))
                .collect(Collectors.joining(",", "[", "]"));
    }
}
