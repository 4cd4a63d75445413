package dev.sluice.local;

import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.util.Data;
import com.google.api.client.util.GenericData;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;

/** Resources as JSON; keys that the model does not know are kept. */
final class Json {

    private static final GsonFactory GSON = GsonFactory.getDefaultInstance();

    private Json() {}

    /** What this server has written. */
    static <T> T read(String json, Class<T> type) {
        try {
            return GSON.fromString(json, type);
        } catch (IOException | IllegalArgumentException e) {
            return readRequest(json, type);
        }
    }

    /**
     * What a client has written; nothing is as good as no members.
     *
     * @throws ApiError if it is no such resource
     */
    static <T> T readRequest(String json, Class<T> type) {
        try {
            return GSON.fromString(RequestValues.asModelled(json.isBlank() ? "{}" : json, type), type);
        } catch (IOException | IllegalArgumentException | JacksonException e) {
            throw ApiError.unreadable("");
        }
    }

    /** Takes members that are JSON's null out of a resource, at whatever depth. */
    static void removeNulls(Map<?, ?> resource) {
        if (resource instanceof GenericData data) {
            List.copyOf(data.keySet()).stream()
                    .filter(name -> Data.isNull(data.get(name)))
                    .forEach(name -> remove(data, name));
        } else {
            resource.values().removeIf(Data::isNull);
        }
        resource.values().forEach(Json::removeNullsWithin);
    }

    private static void remove(GenericData data, String name) {
        if (data.getClassInfo().getFieldInfo(name) == null) {
            data.remove(name);
        } else {
            data.set(name, null);
        }
    }

    private static void removeNullsWithin(Object value) {
        if (value instanceof Map<?, ?> members) {
            removeNulls(members);
        } else if (value instanceof List<?> elements) {
            elements.forEach(Json::removeNullsWithin);
        }
    }

    static String write(Object resource) {
        try {
            return GSON.toString(resource);
        } catch (IOException e) {
            throw new IllegalStateException("cannot write a resource as JSON", e);
        }
    }
}
