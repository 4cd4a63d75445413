package dev.sluice.local.functions;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is found in JSON. */
final class JsonContents {

    private static final Pattern PLAIN = Pattern.compile("\\w+");

    private JsonContents() {}

    /** The JSON at a path; null if there is none. */
    static @Nullable String query(String json, String path) {
        JsonNode found = found(json, path);
        return found == null ? null : JsonTexts.written(found);
    }

    /** The scalar at a path; null for anything else. */
    static @Nullable String value(String json, String path) {
        JsonNode found = found(json, path);
        if (found == null || found.isContainer() || found.isNull()) {
            return null;
        }
        return found.isString() ? found.asString() : JsonTexts.written(found);
    }

    /** A JSON array of the texts of its elements. */
    static @Nullable String array(String json, String path) {
        JsonNode found = found(json, path);
        if (found == null || !found.isArray()) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        found.forEach(element -> texts.add(JsonTexts.escaped(JsonTexts.written(element))));
        return "[" + String.join(",", texts) + "]";
    }

    static @Nullable String stringArray(String json, String path) {
        JsonNode found = found(json, path);
        if (found == null || !found.isArray()) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : found) {
            if (element.isContainer()) {
                return null;
            }
            boolean none = element.isNull();
            texts.add(
                    none
                            ? "null"
                            : JsonTexts.escaped(element.isString() ? element.asString() : JsonTexts.written(element)));
        }
        return "[" + String.join(",", texts) + "]";
    }

    /** A JSON array of an object's names, sorted; those that would be no step of a path are quoted. */
    static String keys(String json) {
        JsonNode node = JsonTexts.read(json);
        List<String> names = new ArrayList<>();
        if (node != null && node.isObject()) {
            node.propertyNames()
                    .forEach(name -> names.add(PLAIN.matcher(name).matches() ? name : JsonTexts.escaped(name)));
        }
        return names.stream().sorted().map(JsonTexts::escaped).collect(Collectors.joining(",", "[", "]"));
    }

    private static @Nullable JsonNode found(String json, String path) {
        JsonNode node = JsonTexts.read(json);
        for (String step : JsonPath.steps(path)) {
            if (node == null) {
                return null;
            }
            node = node.isArray() && step.matches("\\d{1,9}") ? node.get(Integer.parseInt(step)) : node.get(step);
        }
        return node;
    }
}
