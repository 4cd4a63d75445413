package dev.sluice.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node: looks for ticks again and again until it is closed. Thread-safe. */
public final class SchedulerLoop implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SchedulerLoop.class);
    /** How many looks in a row may be missing before the node counts as ill; at least as long as a database needs. */
    private static final int MISSING_LOOKS = 10;

    private static final Duration SHORTEST_ILLNESS = Duration.ofSeconds(30);

    private final Scheduler scheduler;
    private final Handover handover;
    private final ScheduleProperties properties;
    private final ScheduledExecutorService looks;
    private final Clock clock;
    private volatile Instant lastLook;

    /**
     * @param looks ended by {@link #close}
     * @param clock for this node's health only
     */
    SchedulerLoop(
            Scheduler scheduler,
            Handover handover,
            ScheduleProperties properties,
            ScheduledExecutorService looks,
            Clock clock) {
        this.scheduler = scheduler;
        this.handover = handover;
        this.properties = properties;
        this.looks = looks;
        this.clock = clock;
        this.lastLook = clock.instant();
    }

    /** Begins; does not block. */
    public void start() {
        long pause = properties.poll().toMillis();
        var unused = looks.scheduleWithFixedDelay(this::look, 0, pause, TimeUnit.MILLISECONDS);
    }

    /** Never throws: the executor would not call it again. */
    private void look() {
        try {
            scheduler.dispatch();
            lastLook = clock.instant();
        } catch (RuntimeException e) {
            log.warn("cannot look for ticks, tries again: {}", e.getMessage());
        }
    }

    /** Whether it has looked for ticks lately. */
    public boolean isHealthy() {
        Duration allowed = properties.poll().multipliedBy(MISSING_LOOKS);
        Duration limit = allowed.compareTo(SHORTEST_ILLNESS) > 0 ? allowed : SHORTEST_ILLNESS;
        return lastLook.plus(limit).isAfter(clock.instant());
    }

    /**
     * Starts nothing more, lets the runs here come to the end of their chunk, and hands them on to other nodes. Blocks for
     * at most the shutdown grace.
     *
     * @return whether they have ended
     */
    public boolean end() throws InterruptedException {
        looks.shutdown();
        scheduler.end();
        for (long second = 0; second < Math.max(1, properties.shutdownGrace().toSeconds()); second++) {
            // again and again, since what was claimed just now may begin only now
            handover.handOn();
            if (scheduler.awaitEnd(Duration.ofSeconds(1))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
