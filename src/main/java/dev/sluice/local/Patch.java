package dev.sluice.local;

import com.google.api.client.json.GenericJson;
import com.google.api.client.util.Data;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes of a resource: what a client may set is set, what the server computes is ignored, the rest is refused. */
final class Patch {

    /** What a resource keeps unless it is said anew by the right means. */
    private static final Set<String> COMPUTED = Set.of(
            "etag",
            "id",
            "selfLink",
            "kind",
            "type",
            "location",
            "creationTime",
            "lastModifiedTime",
            "partitionDefinition",
            "streamingBuffer");

    /** What no patch changes: a layout, or what a table is. */
    private static final Set<String> FIXED =
            Set.of("rangePartitioning", "view", "materializedView", "externalDataConfiguration", "snapshotDefinition");

    private Patch() {}

    /**
     * @param resource is changed, but for its {@code schema}
     * @param whole whether the changes are the whole resource, so that what they leave out is removed
     */
    static void apply(GenericJson resource, GenericJson changes, boolean whole) {
        if (whole) {
            List.copyOf(resource.keySet()).stream()
                    .filter(name -> !isComputed(name) && !FIXED.contains(name) && !name.equals("timePartitioning"))
                    .filter(name -> !name.equals("schema") && resource.get(name) != null && changes.get(name) == null)
                    .forEach(name -> resource.set(name, null));
        }
        changes.forEach((name, value) -> {
            boolean absent = value == null || Data.isNull(value) && resource.get(name) == null;
            if (absent || isComputed(name) || name.equals("schema")) {
                return;
            }
            if (FIXED.contains(name) && !same(resource.get(name), value)) {
                throw ApiError.invalid("Cannot change %s of an existing table".formatted(name));
            }
            if (name.equals("timePartitioning")) {
                requireSameColumn(resource.get(name), value);
            }
            set(resource, name, value);
        });
    }

    private static boolean isComputed(String name) {
        return COMPUTED.contains(name)
                || name.startsWith("num")
                || name.startsWith(Tables.HIDDEN)
                || name.endsWith("Reference");
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        return one == null || other == null
                ? one == null && other == null
                : Json.write(one).equals(Json.write(other));
    }

    /** Expiration and the need of a filter may change; the column and the unit may not. */
    private static void requireSameColumn(@Nullable Object before, Object after) {
        Map<?, ?> old = before instanceof Map<?, ?> map ? map : Map.of();
        Map<?, ?> fresh = after instanceof Map<?, ?> map ? map : Map.of();
        for (String name : List.of("type", "field")) {
            Object wanted = fresh.get(name);
            if (old.isEmpty() || Data.isNull(after) || wanted != null && !same(old.get(name), wanted)) {
                throw ApiError.invalid("Cannot change partitioning of an existing table");
            }
        }
    }

    private static void set(GenericJson resource, String name, Object value) {
        if (Data.isNull(value)) {
            resource.set(name, null);
            return;
        }
        boolean merged = name.equals("labels") || name.equals("resourceTags");
        if (merged && value instanceof Map<?, ?> changes && resource.get(name) instanceof Map<?, ?> before) {
            Map<Object, Object> both = new HashMap<>(before);
            both.putAll(changes);
            both.values().removeIf(Data::isNull);
            resource.set(name, both.isEmpty() ? null : both);
            return;
        }
        if (value instanceof Map<?, ?> members) {
            Json.removeNulls(members);
        }
        resource.set(name, value);
    }
}
