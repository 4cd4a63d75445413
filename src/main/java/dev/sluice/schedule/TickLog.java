package dev.sluice.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends of ticks as log lines. */
final class TickLog implements TickObserver {

    private static final Logger log = LoggerFactory.getLogger(TickLog.class);

    @Override
    public void ended(String job, Instant tick, TickState end, @Nullable Long run, @Nullable String reason) {
        String words = reason == null || reason.isEmpty() ? "" : ": " + reason;
        if (end == TickState.LAUNCHED) {
            log.info("tick {} of {} is run {}{}", tick, job, run, words);
        } else {
            log.warn("tick {} of {} ends as {}{}", tick, job, end, words);
        }
    }
}
