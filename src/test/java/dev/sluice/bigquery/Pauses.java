package dev.sluice.bigquery;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiters for tests. */
final class Pauses {

    private static final long PART = 20;

    private Pauses() {}

    /** Waits a twentieth of the time, so that retries and polls go by quickly. */
    static void brief(Duration time) throws InterruptedException {
        var never = new CountDownLatch(1);
        if (never.await(time.dividedBy(PART).toNanos(), TimeUnit.NANOSECONDS)) {
            throw new AssertionError("nobody counts it down");
        }
    }
}
