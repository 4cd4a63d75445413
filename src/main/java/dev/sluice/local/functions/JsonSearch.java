package dev.sluice.local.functions;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** Reads JSON no further than it must, and keeps its numbers, its names and their order. */
final class JsonSearch {

    /** One of an object, both as JSON. */
    record Member(String name, String value) {}

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .build();

    private JsonSearch() {}

    /** The JSON that the steps lead to, without blanks; null if it is not reached. */
    static @Nullable String at(String json, List<String> steps) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            return parser.nextToken() == null ? null : find(parser, steps);
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Those of a JSON array. */
    static List<String> elements(String json) {
        List<String> elements = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(copied(parser));
            }
        }
        return elements;
    }

    /** Of a JSON object. */
    static List<Member> members(String json) {
        List<Member> members = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = JsonTexts.escapedEntirely(parser.currentName());
                parser.nextToken();
                members.add(new Member(name, copied(parser)));
            }
        }
        return members;
    }

    private static @Nullable String find(JsonParser parser, List<String> steps) {
        if (steps.isEmpty()) {
            return copied(parser);
        }
        List<String> rest = steps.subList(1, steps.size());
        return switch (parser.currentToken()) {
            case START_OBJECT -> member(parser, steps.get(0), rest);
            case START_ARRAY -> element(parser, steps.get(0), rest);
            default -> null;
        };
    }

    private static @Nullable String member(JsonParser parser, String name, List<String> rest) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean named = parser.currentName().equals(name);
            parser.nextToken();
            String found = named ? find(parser, rest) : null;
            if (found != null) {
                return found;
            }
            parser.skipChildren();
        }
        return null;
    }

    private static @Nullable String element(JsonParser parser, String index, List<String> rest) {
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            String found = index.equals(String.valueOf(i)) ? find(parser, rest) : null;
            if (found != null) {
                return found;
            }
            parser.skipChildren();
        }
        return null;
    }

    private static String copied(JsonParser parser) {
        List<String> texts = new ArrayList<>();
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = JsonTexts.escapedEntirely(parser.currentName());
                    parser.nextToken();
                    texts.add(name + ":" + copied(parser));
                }
                return "{" + String.join(",", texts) + "}";
            }
            case START_ARRAY -> {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    texts.add(copied(parser));
                }
                return "[" + String.join(",", texts) + "]";
            }
            default -> {
                boolean text = parser.currentToken() == JsonToken.VALUE_STRING;
                return text ? JsonTexts.escapedEntirely(parser.getString()) : parser.getString();
            }
        }
    }
}
