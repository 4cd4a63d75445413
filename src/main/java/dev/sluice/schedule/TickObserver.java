package dev.sluice.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Told of ticks that this node has ended; on any thread, and never for long. */
@FunctionalInterface
public interface TickObserver {

    /**
     * @param run the run that carries the tick; null if there is none
     * @param reason for people; null if a run simply began
     */
    void ended(String job, Instant tick, TickState end, @Nullable Long run, @Nullable String reason);
}
