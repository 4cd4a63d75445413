package dev.sluice.bigquery;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** A deadline on a monotonic clock. */
final class RunningDeadline implements Deadline {

    private final Tier tier;
    private final Duration limit;
    private final LongSupplier nanoTime;
    private final long startedAt;
    private final AtomicInteger repetitions = new AtomicInteger();

    RunningDeadline(Tier tier, Duration limit, LongSupplier nanoTime) {
        this.tier = tier;
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.startedAt = nanoTime.getAsLong();
    }

    @Override
    public Tier tier() {
        return tier;
    }

    @Override
    public Duration limit() {
        return limit;
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(nanoTime.getAsLong() - startedAt);
    }

    @Override
    public Duration remaining() {
        Duration left = limit.minus(elapsed());
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public boolean passed() {
        return remaining().isZero();
    }

    @Override
    public void repeated() {
        repetitions.incrementAndGet();
    }

    @Override
    public int repetitions() {
        return repetitions.get();
    }
}
