package dev.sluice.local;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The latest small results by their jobs' ids: whoever has asked a query reads them next. Thread-safe. */
final class LatestResults {

    private static final int MOST = 200;

    private final Map<String, KeptRows> results = new LinkedHashMap<>();

    /** What has just been committed. */
    synchronized void put(String job, KeptRows rows) {
        results.put(job, rows);
        if (results.size() > MOST) {
            results.remove(results.keySet().iterator().next());
        }
    }

    synchronized void forget(String job) {
        results.remove(job);
    }

    synchronized Optional<KeptRows> find(String job) {
        return Optional.ofNullable(results.get(job));
    }
}
