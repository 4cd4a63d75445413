package dev.sluice.local.functions;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * JSON arrays that become longer. Arguments are a JSON array of, in turn, a path, a value, and whether its elements are
 * meant one by one.
 */
final class JsonArrays {

    private static final int EACH = 3;

    private JsonArrays() {}

    static String append(String json, String arguments) {
        JsonNode root = JsonTexts.known(json);
        JsonNode given = JsonTexts.known(arguments);
        for (int i = 0; i < given.size(); i += EACH) {
            List<String> steps = JsonPath.marked(given.get(i).asString());
            List<JsonNode> values = values(given, i);
            JsonNode found = JsonChanges.at(root, steps);
            if (found instanceof ArrayNode array) {
                array.addAll(values);
            } else if (found != null && found.isNull()) {
                root = replaced(
                        root, steps, JsonNodeFactory.instance.arrayNode().addAll(values));
            }
        }
        return JsonTexts.written(root);
    }

    private static List<JsonNode> values(JsonNode given, int path) {
        JsonNode value = given.get(path + 1);
        boolean each = given.get(path + 2).asBoolean();
        List<JsonNode> values = new ArrayList<>();
        if (each && value.isArray()) {
            value.forEach(values::add);
        } else {
            values.add(value);
        }
        return values;
    }

    private static JsonNode replaced(JsonNode root, List<String> steps, JsonNode value) {
        @Nullable JsonNode holder = steps.isEmpty() ? null : JsonChanges.at(root, steps.subList(0, steps.size() - 1));
        if (holder == null) {
            return steps.isEmpty() ? value : root;
        }
        JsonChanges.put(holder, steps.get(steps.size() - 1), value);
        return root;
    }

    static String insert(String json, String arguments) {
        JsonNode root = JsonTexts.known(json);
        JsonNode given = JsonTexts.known(arguments);
        for (int i = 0; i < given.size(); i += EACH) {
            List<String> steps = JsonPath.marked(given.get(i).asString());
            String last = steps.isEmpty() ? "" : steps.get(steps.size() - 1);
            if (JsonChanges.isIndex(last)) {
                root = insert(root, steps.subList(0, steps.size() - 1), JsonChanges.index(last), values(given, i));
            }
        }
        return JsonTexts.written(root);
    }

    private static JsonNode insert(JsonNode root, List<String> holder, int index, List<JsonNode> values) {
        JsonNode found = JsonChanges.at(root, holder);
        boolean none = found != null && found.isNull();
        JsonNode list = none ? JsonNodeFactory.instance.arrayNode() : found;
        if (!(list instanceof ArrayNode array)) {
            return root;
        }
        JsonChanges.requireSize(Math.max(array.size(), index) + values.size());
        JsonChanges.pad(array, index);
        for (int i = 0; i < values.size(); i++) {
            array.insert(index + i, values.get(i));
        }
        return none ? replaced(root, holder, array) : root;
    }
}
