package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

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

    /** Waits until something is so, for 20 s at most. */
    static void until(BooleanSupplier condition) {
        var never = new CountDownLatch(1);
        try {
            for (int i = 0; i < 4_000 && !condition.getAsBoolean(); i++) {
                never.await(5, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
