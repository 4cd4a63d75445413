package dev.sluice.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.springframework.batch.core.repository.ExecutionContextSerializer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Execution contexts as flat JSON of texts, whole numbers and truth values. Nothing in it names a class, so that whoever
 * can write to the repository can not choose what code runs here; a context that holds anything else is refused when it
 * is written. Whole numbers come back as {@code Long}, but an {@code Integer}, which is marked.
 */
final class JsonContexts implements ExecutionContextSerializer {

    private static final String INTEGER = "int";

    private final JsonMapper json = JsonMapper.shared();

    @Override
    public void serialize(Map<String, Object> context, OutputStream out) throws IOException {
        ObjectNode tree = json.createObjectNode();
        context.forEach((key, value) -> put(tree, key, value));
        out.write(json.writeValueAsBytes(tree));
    }

    private static void put(ObjectNode tree, String key, Object value) {
        if (value instanceof String text) {
            tree.put(key, text);
        } else if (value instanceof Long number) {
            tree.put(key, number);
        } else if (value instanceof Integer number) {
            tree.putObject(key).put(INTEGER, number);
        } else if (value instanceof Boolean truth) {
            tree.put(key, truth);
        } else {
            throw new IllegalArgumentException(
                    "cannot keep '%s' in an execution context: %s is not a text, a whole number or a truth value"
                            .formatted(key, value.getClass().getName()));
        }
    }

    @Override
    public Map<String, Object> deserialize(InputStream in) throws IOException {
        JsonNode tree;
        try {
            tree = json.readTree(in.readAllBytes());
        } catch (JacksonException e) {
            throw new IOException("an execution context is not JSON", e);
        }
        Map<String, Object> context = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : tree.properties()) {
            context.put(entry.getKey(), value(entry.getKey(), entry.getValue()));
        }
        return context;
    }

    private static Object value(String key, JsonNode node) throws IOException {
        if (node.isString()) {
            return node.asString();
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.asLong();
        }
        if (node.isBoolean()) {
            return node.asBoolean();
        }
        if (node.isArray() && node.size() == 2 && node.get(0).asString("").equals("java.lang.Long")) {
            // as it was written before
            return node.get(1).asLong();
        }
        if (node.isObject() && node.size() == 1 && node.path(INTEGER).isInt()) {
            return node.path(INTEGER).asInt();
        }
        throw new IOException("cannot read '%s' of an execution context: it is not what Sluice writes".formatted(key));
    }
}
