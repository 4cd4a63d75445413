package dev.sluice.bigquery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Keeps retries from multiplying the load on a server that is in trouble: together, callers may repeat ten calls a
 * second, and one more for every four that succeed. Starts full. Thread-safe.
 */
final class RetryBudget {

    private static final long NANOS_A_CALL = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long NANOS_A_SUCCESS = NANOS_A_CALL / 4;
    private static final long MOST = 200 * NANOS_A_CALL;

    private final LongSupplier nanoTime;
    /** When the budget would have been empty, had it only grown with time since. */
    private final AtomicLong emptyAt;

    RetryBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.emptyAt = new AtomicLong(nanoTime.getAsLong() - MOST);
    }

    void succeeded() {
        long now = nanoTime.getAsLong();
        emptyAt.updateAndGet(empty -> now - left(now, empty - NANOS_A_SUCCESS));
    }

    /** @return whether one call may be repeated */
    boolean spend() {
        long now = nanoTime.getAsLong();
        long before =
                emptyAt.getAndUpdate(empty -> isEnough(now, empty) ? now - left(now, empty) + NANOS_A_CALL : empty);
        return isEnough(now, before);
    }

    private static boolean isEnough(long now, long empty) {
        return now - empty >= NANOS_A_CALL;
    }

    private static long left(long now, long empty) {
        return Math.min(MOST, now - empty);
    }
}
