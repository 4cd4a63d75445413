package dev.sluice.schedule;

import dev.sluice.launch.LaunchObserver;
import dev.sluice.launch.LaunchOutcome;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The runs that go on in this node. Thread-safe. */
final class RunsHere {

    private final Set<Long> runs = ConcurrentHashMap.newKeySet();

    /**
     * Launches something; its run is here until it has ended.
     *
     * @param next told of the run, too
     */
    LaunchOutcome during(Function<LaunchObserver, LaunchOutcome> launch, LaunchObserver next) {
        var own = new AtomicReference<@Nullable Long>();
        try {
            return launch.apply((run, job, parameters, resumed) -> {
                own.set(run);
                runs.add(run);
                next.running(run, job, parameters, resumed);
            });
        } finally {
            Long run = own.get();
            if (run != null) {
                runs.remove(run);
            }
        }
    }

    List<Long> all() {
        return List.copyOf(runs);
    }
}
