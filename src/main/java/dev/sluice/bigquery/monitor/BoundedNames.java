package dev.sluice.bigquery.monitor;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps the values of a meter's label few: the first ones keep their name, all others share one. Thread-safe. */
final class BoundedNames {

    static final String OTHER = "other";
    static final String NONE = "none";

    private final int most;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    BoundedNames(int most) {
        this.most = most;
    }

    String of(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return NONE;
        }
        return known.contains(name) || admit(name) ? name : OTHER;
    }

    private synchronized boolean admit(String name) {
        return known.size() < most && known.add(name) || known.contains(name);
    }
}
