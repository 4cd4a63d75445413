package dev.sluice.launch;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Told once that a run has begun; called on the launching thread, before the first step. */
@FunctionalInterface
public interface LaunchObserver {

    /** @param resumed the earlier run of the same instance that this one continues; null for a first one */
    void running(long runId, String job, Map<String, String> parameters, @Nullable Long resumed);
}
