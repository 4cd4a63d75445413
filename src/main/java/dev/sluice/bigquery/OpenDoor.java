package dev.sluice.bigquery;

import dev.sluice.bigquery.BigQueryFailure.Closed;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door while it is open, and how it closes: accept nothing, let finish, cut, deliver the cancels, close the
 * connections. Thread-safe; closing again does nothing.
 */
final class OpenDoor implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OpenDoor.class);
    private static final Duration TO_END_WHAT_WAS_CUT = Duration.ofSeconds(1);

    private final Parts parts;
    private final Duration grace;
    private final LongSupplier nanoTime;
    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean closed;

    /** What is closed, in this order. */
    record Parts(Gate gate, RunningJobs jobs, AutoCloseable credentials, PooledTransport transport) {}

    /** @param grace how long operations may go on when the door closes, before they are cut */
    OpenDoor(Parts parts, Duration grace, LongSupplier nanoTime) {
        this.parts = parts;
        this.grace = grace;
        this.nanoTime = nanoTime;
    }

    /**
     * Does an operation that closing lets finish.
     *
     * @throws Closed if the door is closed
     */
    <T> T during(String what, Supplier<T> operation) {
        begin(what);
        try {
            return operation.get();
        } finally {
            end();
        }
    }

    /** Counted before the second look: whoever closes the door after that sees it. */
    private void begin(String what) {
        if (closed) {
            throw Failures.closed(what);
        }
        running.incrementAndGet();
        if (closed) {
            end();
            throw Failures.closed(what);
        }
    }

    private void end() {
        if (running.decrementAndGet() == 0 && closed) {
            tellThatAllHaveEnded();
        }
    }

    private synchronized void tellThatAllHaveEnded() {
        notifyAll();
    }

    @Override
    public void close() {
        if (refuseFurther()) {
            return;
        }
        if (!haveEnded(grace)) {
            log.warn("the process ends: operations on BigQuery are cut; a restart resolves what they did");
            parts.gate().close();
            parts.transport().cut();
            haveEnded(TO_END_WHAT_WAS_CUT);
        }
        close(parts.gate());
        close(parts.jobs());
        close(parts.credentials());
        close(parts.transport());
    }

    /** @return whether that was so before */
    private synchronized boolean refuseFurther() {
        boolean before = closed;
        closed = true;
        return before;
    }

    private synchronized boolean haveEnded(Duration limit) {
        long until = nanoTime.getAsLong() + limit.toNanos();
        try {
            for (long left = limit.toMillis(); left > 0; left = millis(until - nanoTime.getAsLong())) {
                if (running.get() == 0) {
                    return true;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return running.get() == 0;
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }

    /** What cannot be closed does not keep the rest open. */
    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            log.warn("{} did not close: {}", part.getClass().getSimpleName(), e.toString());
        }
    }
}
