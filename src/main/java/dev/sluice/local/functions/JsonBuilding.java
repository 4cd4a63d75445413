package dev.sluice.local.functions;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON objects out of names and values, and without nulls. */
final class JsonBuilding {

    private JsonBuilding() {}

    /** @param arguments a JSON array of names and values in turn; of equal names the first counts */
    static String object(String arguments) {
        JsonNode given = JsonTexts.known(arguments);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < given.size(); i += 2) {
            if (given.get(i).isNull()) {
                throw new GoogleError("Invalid input to JSON_OBJECT: A key cannot be NULL");
            }
            if (!object.has(given.get(i).asString())) {
                object.set(given.get(i).asString(), given.get(i + 1));
            }
        }
        return JsonTexts.written(object);
    }

    /** @param how a path, whether in arrays, too, and whether what becomes empty goes, with blanks before the two */
    static String withoutNulls(String json, String how) {
        int empty = how.lastIndexOf(' ');
        int arrays = how.lastIndexOf(' ', empty - 1);
        List<String> steps = JsonPath.marked(how.substring(0, arrays));
        JsonNode root = JsonTexts.known(json);
        JsonNode found = JsonChanges.at(root, steps);
        if (found == null) {
            return json;
        }
        @Nullable
        JsonNode left = stripped(found, how.startsWith("true", arrays + 1), how.startsWith("true", empty + 1));
        JsonNode value = left == null ? JsonNodeFactory.instance.nullNode() : left;
        if (steps.isEmpty()) {
            return JsonTexts.written(value);
        }
        JsonNode holder = JsonChanges.at(root, steps.subList(0, steps.size() - 1));
        if (holder != null) {
            JsonChanges.put(holder, steps.get(steps.size() - 1), value);
        }
        return JsonTexts.written(root);
    }

    /** Null if nothing is left. */
    private static @Nullable JsonNode stripped(JsonNode node, boolean arrays, boolean empty) {
        if (node instanceof ObjectNode object) {
            ObjectNode left = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(member -> {
                JsonNode value = stripped(member.getValue(), arrays, empty);
                if (value != null) {
                    left.set(member.getKey(), value);
                }
            });
            return empty && left.isEmpty() ? null : left;
        }
        if (!(node instanceof ArrayNode array)) {
            return node.isNull() ? null : node;
        }
        ArrayNode left = JsonNodeFactory.instance.arrayNode();
        array.forEach(element -> {
            JsonNode value = stripped(element, arrays, empty);
            if (value != null || !arrays) {
                left.add(value == null ? JsonNodeFactory.instance.nullNode() : value);
            }
        });
        return empty && arrays && left.isEmpty() ? null : left;
    }
}
