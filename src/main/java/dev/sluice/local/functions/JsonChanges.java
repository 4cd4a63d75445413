package dev.sluice.local.functions;

import java.math.BigInteger;
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
    private static final int MOST = 1_000_000;
    private static final BigInteger BEYOND = BigInteger.valueOf(2L * MOST);

    private JsonChanges() {}

    /** @param arguments a JSON array: whether missing ones are made, then paths and values in turn */
    static String set(String json, String arguments) {
        JsonNode root = JsonTexts.known(json);
        JsonNode given = JsonTexts.known(arguments);
        for (int i = 1; i + 1 < given.size(); i += 2) {
            List<String> steps = JsonPath.marked(given.get(i).asString());
            root = set(root, steps, given.get(i + 1), given.get(0).asBoolean());
        }
        return JsonTexts.written(root);
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

    /** One that no array reaches if it is larger than all that do. */
    static int index(String step) {
        BigInteger index = new BigInteger(step.substring(1));
        if (index.signum() < 0) {
            throw new GoogleError("JSONPath array index must be non-negative");
        }
        return index.min(BEYOND).intValue();
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

    static void requireSize(int size) {
        if (size > MOST) {
            throw new GoogleError("Exceeded maximum array size of " + MOST);
        }
    }

    static void pad(ArrayNode array, int size) {
        requireSize(size);
        while (array.size() < size) {
            array.addNull();
        }
    }

    /** @param arguments a JSON array of paths */
    static String remove(String json, String arguments) {
        JsonNode root = JsonTexts.known(json);
        for (JsonNode path : JsonTexts.known(arguments)) {
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
