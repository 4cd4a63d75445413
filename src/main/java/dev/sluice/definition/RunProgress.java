package dev.sluice.definition;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How far the runs of this process have come; jobs write it, the command line shows it. Thread-safe. */
public final class RunProgress {

    private static final Snapshot UNKNOWN = new Snapshot("", 0, 0, 0);

    private final Map<Long, Snapshot> latest = new ConcurrentHashMap<>();

    /** @param totalBytes 0 while unknown */
    public record Snapshot(String step, long rows, long doneBytes, long totalBytes) {}

    /** The step is empty if nothing is known. */
    public Snapshot latest(long run) {
        return latest.getOrDefault(run, UNKNOWN);
    }

    public void report(long run, Snapshot now) {
        latest.put(run, now);
    }

    /** The run has ended. */
    public void forget(long run) {
        latest.remove(run);
    }
}
