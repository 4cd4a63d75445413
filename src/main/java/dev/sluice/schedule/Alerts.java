package dev.sluice.schedule;

import dev.sluice.ledger.LedgerDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a person has to look at: a row, a line at ERROR and a meter each. */
final class Alerts implements TickObserver {

    private static final Logger log = LoggerFactory.getLogger(Alerts.class);
    private static final int MAX_MESSAGE = 1000;

    private final LedgerDatabase database;
    private final DatabaseTime time;
    private final MeterRegistry meters;

    Alerts(LedgerDatabase database, DatabaseTime time, MeterRegistry meters) {
        this.database = database;
        this.time = time;
        this.meters = meters;
    }

    /** @param kind of a few fixed words, such as {@code recovery-failed} */
    void raise(String kind, String job, @Nullable Long run, String message) {
        log.error("ALERT {} {}: {}", kind, job, message);
        meters.counter("sluice.alerts", "kind", kind, "job", job).increment();
        database.jdbc()
                .sql("INSERT INTO SLUICE_ALERT (KIND, JOB_NAME, RUN_ID, MESSAGE, RAISED_AT) VALUES (?, ?, ?, ?, "
                        + time.expression() + ")")
                .param(kind)
                .param(job)
                .param(run)
                .param(message.substring(0, Math.min(message.length(), MAX_MESSAGE)))
                .update();
    }

    @Override
    public void ended(String job, Instant tick, TickState end, @Nullable Long run, @Nullable String reason) {
        if (end == TickState.REFUSED) {
            raise("tick-refused", job, run, "the tick of %s was refused: %s".formatted(tick, reason));
        }
    }
}
