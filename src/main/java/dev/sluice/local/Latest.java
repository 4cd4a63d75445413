package dev.sluice.local;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The latest resources as they are on disk: whoever waits for one asks for it again and again. Thread-safe.
 *
 * @param <V> a resource in its immutable form
 */
final class Latest<V> {

    /** In characters of JSON; a longer resource is not worth its memory. */
    private static final int LONGEST = 20_000;

    private static final int MOST = 1000;

    private final Map<String, V> resources = new LinkedHashMap<>();

    /**
     * A resource that has just been committed.
     *
     * @param length of its JSON, in characters
     */
    synchronized void put(String id, V resource, int length) {
        resources.remove(id);
        if (length <= LONGEST) {
            resources.put(id, resource);
        }
        if (resources.size() > MOST) {
            resources.remove(resources.keySet().iterator().next());
        }
    }

    synchronized void forget(String id) {
        resources.remove(id);
    }

    synchronized Optional<V> find(String id) {
        @Nullable V found = resources.get(id);
        return Optional.ofNullable(found);
    }
}
