package dev.sluice.local;

import com.google.api.client.json.GenericJson;
import com.google.api.client.util.Data;
import java.util.Map;
import java.util.Set;

/** Changes of a resource that need no change of its rows; every other difference is refused. */
final class Patch {

    private static final Set<String> MUTABLE =
            Set.of("description", "friendlyName", "labels", "expirationTime", "defaultTableExpirationMs");

    private Patch() {}

    /**
     * @param resource is changed
     * @param whole whether the changes are the whole resource, so that what they leave out is removed
     */
    static void apply(GenericJson resource, GenericJson changes, boolean whole) {
        if (whole) {
            MUTABLE.stream().filter(name -> !changes.containsKey(name)).forEach(resource::remove);
        }
        changes.forEach((name, value) -> {
            if (MUTABLE.contains(name)) {
                set(resource, name, value);
            } else if (resource.containsKey(name) && !isComputed(name) && !same(resource.get(name), value)) {
                throw ApiError.unsupported("changes of " + name);
            } else if (!resource.containsKey(name) && !isComputed(name)) {
                throw ApiError.unsupported("changes of " + name);
            }
        });
    }

    private static boolean isComputed(String name) {
        return Set.of("etag", "id", "selfLink", "kind", "type", "location", "creationTime", "lastModifiedTime")
                        .contains(name)
                || name.startsWith("num")
                || name.endsWith("Reference");
    }

    private static boolean same(Object one, Object other) {
        return one.equals(other) || Json.write(one).equals(Json.write(other));
    }

    private static void set(GenericJson resource, String name, Object value) {
        if (Data.isNull(value)) {
            resource.remove(name);
            return;
        }
        if (value instanceof Map<?, ?> labels) {
            labels.values().removeIf(Data::isNull);
        }
        resource.set(name, value);
    }
}
