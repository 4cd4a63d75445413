package dev.sluice.bigquery;

import java.util.function.LongSupplier;

/**
 * Keeps retries from multiplying the load on a server that is in trouble: together, callers may repeat ten calls a
 * second, and one more for every four that succeed. Starts full. Thread-safe.
 */
final class RetryBudget {

    private static final double MOST = 200;
    private static final double PER_SECOND = 10;
    private static final double PER_SUCCESS = 0.25;
    private static final double NANOS_PER_SECOND = 1e9;

    private final LongSupplier nanoTime;
    private double left = MOST;
    private long countedAt;

    RetryBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.countedAt = nanoTime.getAsLong();
    }

    synchronized void succeeded() {
        left = Math.min(MOST, left + PER_SUCCESS);
    }

    /** @return whether one call may be repeated */
    synchronized boolean spend() {
        long now = nanoTime.getAsLong();
        left = Math.min(MOST, left + (now - countedAt) / NANOS_PER_SECOND * PER_SECOND);
        countedAt = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
