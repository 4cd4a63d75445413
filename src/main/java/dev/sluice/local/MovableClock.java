package dev.sluice.local;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Another clock, ahead by what a fault demands. Thread-safe. */
final class MovableClock extends Clock {

    private final Clock clock;
    private final AtomicReference<Duration> ahead;

    MovableClock(Clock clock) {
        this(clock, new AtomicReference<>(Duration.ZERO));
    }

    private MovableClock(Clock clock, AtomicReference<Duration> ahead) {
        this.clock = clock;
        this.ahead = ahead;
    }

    void advance(Duration more) {
        ahead.accumulateAndGet(more, Duration::plus);
    }

    /** By how much a clock is ahead at any time; always by nothing, if no fault can move it. */
    static Supplier<Duration> lead(Clock clock) {
        return clock instanceof MovableClock moving ? moving.ahead::get : () -> Duration.ZERO;
    }

    @Override
    public Instant instant() {
        return clock.instant().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new MovableClock(clock.withZone(zone), ahead);
    }
}
