package dev.sluice.schedule;

import dev.sluice.ledger.LedgerDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What a person has to look at: a row, a line at ERROR and a meter each. The row is written in the transaction that is open
 * on the calling thread, with whatever it tells of, so that nothing is given up and nobody told.
 */
final class Alerts {

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
        database.jdbc()
                .sql("INSERT INTO SLUICE_ALERT (KIND, JOB_NAME, RUN_ID, MESSAGE, RAISED_AT) VALUES (?, ?, ?, ?, "
                        + time.expression() + ")")
                .param(kind)
                .param(job)
                .param(run)
                .param(message.substring(0, Math.min(message.length(), MAX_MESSAGE)))
                .update();
        whenCommitted(() -> {
            log.error("ALERT {} {}: {}", kind, job, message);
            meters.counter("sluice.alerts", "kind", kind, "job", job).increment();
        });
    }

    private static void whenCommitted(Runnable tell) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            tell.run();
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                tell.run();
            }
        });
    }

    /** Of a tick that nobody will start any more. */
    void tickRefused(String job, Instant tick, @Nullable Long run, @Nullable String reason) {
        raise("tick-refused", job, run, "the tick of %s was refused: %s".formatted(tick, reason));
    }
}
