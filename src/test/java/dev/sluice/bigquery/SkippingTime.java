package dev.sluice.bigquery;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Time in which pauses are over at once but have passed, while exchanges take as long as they take. */
final class SkippingTime implements Waiter, LongSupplier {

    private final AtomicLong skipped = new AtomicLong();

    @Override
    public void await(Duration time) {
        skipped.addAndGet(time.toNanos());
    }

    @Override
    public long getAsLong() {
        return System.nanoTime() + skipped.get();
    }
}
