package dev.sluice.local.functions;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
        return told(JsonSearch.elements(json).stream()
                .map(each -> String.valueOf(element.apply(each)))
                .toList());
    }

    /** What is in arrays within arrays, one after the other. */
    static String flattened(String json) {
        List<String> elements = new ArrayList<>();
        flatten(json, elements);
        return told(elements);
    }

    private static void flatten(String json, List<String> elements) {
        if (json.startsWith("[")) {
            JsonSearch.elements(json).forEach(element -> flatten(element, elements));
        } else {
            elements.add(json);
        }
    }

    private static String told(List<String> texts) {
        return "[" + String.join(",", texts.stream().map(JsonTexts::escaped).toList()) + "]";
    }
}
