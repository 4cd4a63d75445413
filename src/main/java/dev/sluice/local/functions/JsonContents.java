package dev.sluice.local.functions;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is found in JSON. Texts are searched as they are: nothing after what is found needs to be JSON. */
final class JsonContents {

    private static final Pattern SPECIAL = Pattern.compile("[.\"\\\\]");

    private JsonContents() {}

    /** The JSON at a path; null if there is none. */
    static @Nullable String query(String json, String path) {
        return JsonSearch.at(json, JsonPath.steps(path));
    }

    static @Nullable String member(String json, String name) {
        return json.startsWith("{") ? JsonSearch.at(json, List.of(name)) : null;
    }

    static @Nullable String element(String json, Long index) {
        return json.startsWith("[") ? JsonSearch.at(json, List.of(String.valueOf(index))) : null;
    }

    /** The scalar at a path; null for anything else. */
    static @Nullable String value(String json, String path) {
        String found = query(json, path);
        return found == null || isContainer(found) ? null : scalar(found);
    }

    private static boolean isContainer(String json) {
        return json.startsWith("{") || json.startsWith("[");
    }

    private static @Nullable String scalar(String json) {
        if (json.equals("null")) {
            return null;
        }
        JsonNode text = json.startsWith("\"") ? JsonTexts.read(json) : null;
        return text == null ? json : text.asString();
    }

    /** A JSON array of the texts of its elements. */
    static @Nullable String array(String json, String path) {
        List<String> elements = elements(json, path);
        return elements == null
                ? null
                : elements.stream().map(JsonTexts::escaped).collect(Collectors.joining(",", "[", "]"));
    }

    private static @Nullable List<String> elements(String json, String path) {
        String found = query(json, path);
        return found == null || !found.startsWith("[") ? null : JsonSearch.elements(found);
    }

    static @Nullable String stringArray(String json, String path) {
        List<String> elements = elements(json, path);
        if (elements == null || elements.stream().anyMatch(JsonContents::isContainer)) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (String element : elements) {
            String text = scalar(element);
            texts.add(text == null ? "null" : JsonTexts.escaped(text));
        }
        return "[" + String.join(",", texts) + "]";
    }

    /**
     * A JSON array of the paths to an object's names and those of objects in it, sorted; names that would be no step of a
     * path are quoted.
     */
    static String keys(String json, Long depth) {
        var paths = new TreeSet<String>();
        JsonNode node = JsonTexts.read(json);
        if (node != null) {
            collect(node, "", depth, paths);
        }
        return paths.stream().map(JsonTexts::escaped).collect(Collectors.joining(",", "[", "]"));
    }

    private static void collect(JsonNode node, String before, long depth, Set<String> paths) {
        if (node.isObject() && depth > 0) {
            node.properties().forEach(member -> {
                String name = member.getKey();
                String path = before + (SPECIAL.matcher(name).find() ? JsonTexts.escaped(name) : name);
                paths.add(path);
                collect(member.getValue(), path + ".", depth - 1, paths);
            });
        }
    }
}
