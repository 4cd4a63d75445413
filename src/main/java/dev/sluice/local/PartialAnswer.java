package dev.sluice.local;

import dev.sluice.local.load.JsonValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of an answer that a request wants, by its parameter {@code fields}: {@code a,b/c,d(e,f)}, with {@code *}
 * for all members.
 *
 * @param members each with what is wanted of it; none for all
 */
record PartialAnswer(Map<String, PartialAnswer> members) {

    /** @throws ApiError if it is no such list */
    static PartialAnswer of(String fields) {
        var wanted = new PartialAnswer(new TreeMap<>());
        for (String part : parts(fields)) {
            wanted.add(part, fields);
        }
        return wanted;
    }

    private static List<String> parts(String fields) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int begin = 0;
        for (int i = 0; i <= fields.length(); i++) {
            char c = i < fields.length() ? fields.charAt(i) : ',';
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && (depth == 0 || i == fields.length())) {
                parts.add(fields.substring(begin, i).strip());
                begin = i + 1;
            }
        }
        if (depth != 0) {
            throw invalid(fields);
        }
        return parts;
    }

    private void add(String part, String fields) {
        int end = end(part);
        String name = part.substring(0, end);
        if (!name.matches("[A-Za-z0-9_.*-]+")) {
            throw invalid(fields);
        }
        PartialAnswer of = members.computeIfAbsent(name, unused -> new PartialAnswer(new TreeMap<>()));
        if (end == part.length()) {
            return;
        }
        String rest = part.substring(end + 1);
        if (part.charAt(end) == '/') {
            of.add(rest, fields);
            return;
        }
        if (!rest.endsWith(")")) {
            throw invalid(fields);
        }
        of.members.putAll(of(rest.substring(0, rest.length() - 1)).members);
    }

    private static int end(String part) {
        int end = 0;
        while (end < part.length() && part.charAt(end) != '/' && part.charAt(end) != '(') {
            end++;
        }
        return end;
    }

    private static ApiError invalid(String fields) {
        return new ApiError(400, "invalidParameter", "Invalid field selection " + fields);
    }

    String of(Object resource) {
        return cut(JsonValues.JSON.readTree(Json.write(resource))).toString();
    }

    private JsonNode cut(JsonNode value) {
        if (members.isEmpty()) {
            return value;
        }
        if (value instanceof ArrayNode array) {
            ArrayNode cut = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> cut.add(cut(element)));
            return cut;
        }
        ObjectNode cut = JsonNodeFactory.instance.objectNode();
        value.properties().forEach(member -> {
            PartialAnswer wanted = members.getOrDefault(member.getKey(), members.get("*"));
            if (wanted != null) {
                cut.set(member.getKey(), wanted.cut(member.getValue()));
            }
        });
        return value.isObject() ? cut : value;
    }
}
