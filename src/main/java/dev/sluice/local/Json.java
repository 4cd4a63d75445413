package dev.sluice.local;

import com.google.api.client.json.gson.GsonFactory;
import java.io.IOException;
import tools.jackson.core.JacksonException;

/** Resources as JSON; keys that the model does not know are kept. */
final class Json {

    private static final GsonFactory GSON = GsonFactory.getDefaultInstance();

    private Json() {}

    static <T> T read(String json, Class<T> type) {
        try {
            return GSON.fromString(json, type);
        } catch (IOException | IllegalArgumentException e) {
            return readLeniently(json, type);
        }
    }

    private static <T> T readLeniently(String json, Class<T> type) {
        try {
            return GSON.fromString(LenientNumbers.asModelled(json, type), type);
        } catch (IOException | IllegalArgumentException | JacksonException e) {
            throw new ApiError(400, "parseError", "Invalid JSON payload received");
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
