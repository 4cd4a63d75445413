package dev.sluice.schedule;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** Ends of ticks and runs that go on, as meters. */
final class ScheduleMeters implements TickObserver {

    private final MeterRegistry meters;
    private final TickObserver next;

    /** @param next told, too */
    ScheduleMeters(MeterRegistry meters, TickObserver next) {
        this.meters = meters;
        this.next = next;
    }

    void watch(ThreadPoolExecutor runs) {
        meters.gauge("sluice.schedule.runs", runs, ThreadPoolExecutor::getActiveCount);
    }

    @Override
    public void ended(String job, Instant tick, TickState end, @Nullable Long run, @Nullable String reason) {
        meters.counter("sluice.schedule.ticks", "job", job, "end", end.name().toLowerCase(Locale.ROOT))
                .increment();
        next.ended(job, tick, end, run, reason);
    }
}
