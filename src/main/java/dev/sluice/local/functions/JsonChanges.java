package dev.sluice.local.functions;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ContainerNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON that is changed at paths. What does not fit at a path is passed over. */
final class JsonChanges {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonChanges() {}

    /** @param arguments a JSON array: whether missing ones are made, then paths and values in turn */
    static String set(String json, String arguments) {
        JsonNode root = known(json);
        JsonNode given = known(arguments);
        for (int i = 1; i + 1 < given.size(); i += 2) {
            List<String> steps = JsonPath.marked(given.get(i).asString());
            root = set(root, steps, given.get(i + 1), given.get(0).asBoolean());
        }
        return JsonTexts.written(root);
    }

    static JsonNode known(String json) {
        JsonNode node = JsonTexts.read(json);
        if (node == null) {
            throw new GoogleError("syntax error while parsing value - invalid literal");
        }
        return node;
    }

    private static JsonNode set(JsonNode node, List<String> steps, JsonNode value, boolean create) {
        if (steps.isEmpty()) {
            return value;
        }
        JsonNode holder = node.isNull() && create ? empty(steps.get(0)) : node;
        JsonNode old = child(holder, steps.get(0));
        if (old == null && !create || !fits(holder, steps.get(0))) {
            return node;
        }
        List<String> rest = steps.subList(1, steps.size());
        put(holder, steps.get(0), set(old == null ? NODES.nullNode() : old, rest, value, create));
        return holder;
    }

    private static ContainerNode<?> empty(String step) {
        return isIndex(step) ? NODES.arrayNode() : NODES.objectNode();
    }

    static boolean isIndex(String step) {
        return step.startsWith("[");
    }

    static int index(String step) {
        return Integer.parseInt(step.substring(1));
    }

    private static boolean fits(JsonNode holder, String step) {
        return isIndex(step) ? holder.isArray() : holder.isObject();
    }

    static @Nullable JsonNode child(JsonNode holder, String step) {
        return isIndex(step) ? holder.get(index(step)) : holder.get(step);
    }

    static void put(JsonNode holder, String step, JsonNode value) {
        if (holder instanceof ObjectNode object) {
            object.set(step, value);
        } else if (holder instanceof ArrayNode array) {
            int index = index(step);
            pad(array, index + 1);
            array.set(index, value);
        }
    }

    static void pad(ArrayNode array, int size) {
        while (array.size() < size) {
            array.addNull();
        }
    }

    /** @param arguments a JSON array of paths */
    static String remove(String json, String arguments) {
        JsonNode root = known(json);
        for (JsonNode path : known(arguments)) {
            List<String> steps = JsonPath.marked(path.asString());
            if (steps.isEmpty()) {
                throw new GoogleError("The JSONPath cannot be '$'");
            }
            JsonNode holder = at(root, steps.subList(0, steps.size() - 1));
            String last = steps.get(steps.size() - 1);
            if (holder instanceof ObjectNode object && !isIndex(last)) {
                object.remove(last);
            } else if (holder instanceof ArrayNode array && isIndex(last)) {
                array.remove(index(last));
            }
        }
        return JsonTexts.written(root);
    }

    static @Nullable JsonNode at(JsonNode root, List<String> steps) {
        JsonNode node = root;
        for (String step : steps) {
            node = node == null ? null : child(node, step);
        }
        return node;
    }
}
