package dev.sluice.schedule;

import dev.sluice.ledger.LedgerDatabase;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements that make ticks. Each commits by itself and may be repeated. */
final class PlanRows {

    private final JdbcClient jdbc;
    private final DatabaseTime time;
    private final TickObserver observer;

    /** How far a job's ticks are planned, and by which schedule. */
    record Plan(String cron, String zone, Instant until) {

        boolean follows(ScheduledJob job) {
            return cron.equals(job.schedule().cron())
                    && zone.equals(job.schedule().zone());
        }
    }

    /** @param observer told of every tick that ends as missed at once */
    PlanRows(LedgerDatabase database, DatabaseTime time, TickObserver observer) {
        this.observer = observer;
        this.jdbc = database.jdbc();
        this.time = time;
    }

    /** By job. */
    Map<String, Plan> plans() {
        Map<String, Plan> plans = new HashMap<>();
        jdbc.sql("SELECT * FROM SLUICE_SCHEDULE").query(row -> {
            plans.put(
                    row.getString("JOB_NAME"),
                    new Plan(
                            row.getString("CRON"),
                            row.getString("ZONE"),
                            row.getObject("PLANNED_UNTIL", OffsetDateTime.class).toInstant()));
        });
        return plans;
    }

    /** A schedule that was never seen before counts from now on. */
    void register(ScheduledJob job) {
        var unused = insert(() -> jdbc.sql(
                        "INSERT INTO SLUICE_SCHEDULE (JOB_NAME, CRON, ZONE, PLANNED_UNTIL) VALUES (?, ?, ?, "
                                + time.expression() + ")")
                .params(job.name(), job.schedule().cron(), job.schedule().zone())
                .update());
    }

    /** Moves the plan on, if it is still as it was read. */
    void advance(ScheduledJob job, Plan from, Instant until) {
        jdbc.sql("UPDATE SLUICE_SCHEDULE SET CRON = ?, ZONE = ?, PLANNED_UNTIL = ? WHERE JOB_NAME = ?"
                        + " AND CRON = ? AND ZONE = ? AND PLANNED_UNTIL = ?")
                .params(
                        job.schedule().cron(),
                        job.schedule().zone(),
                        TickRows.at(until),
                        job.name(),
                        from.cron(),
                        from.zone(),
                        TickRows.at(from.until()))
                .update();
    }

    /** @param missed why it is not to be started; null if it may be */
    void add(ScheduledJob job, Instant tick, @Nullable String missed) {
        int added =
                insert(() -> jdbc.sql("INSERT INTO SLUICE_TICK (JOB_NAME, TICK, STATE, CLAIM, ORG, REASON, ENDED_AT)"
                                + " SELECT CAST(? AS VARCHAR(100)), CAST(? AS TIMESTAMP(0) WITH TIME ZONE),"
                                + " CAST(? AS VARCHAR(10)), 0, CAST(? AS VARCHAR(100)), CAST(? AS VARCHAR(1000)), "
                                + (missed == null ? "NULL" : time.expression())
                                + " WHERE NOT EXISTS (SELECT 1 FROM SLUICE_TICK WHERE JOB_NAME = ? AND TICK = ?)")
                        .param(job.name())
                        .param(TickRows.at(tick))
                        .param((missed == null ? TickState.DUE : TickState.MISSED).name())
                        .param(job.org())
                        .param(missed)
                        .param(job.name())
                        .param(TickRows.at(tick))
                        .update());
        if (added == 1 && missed != null) {
            observer.ended(job.name(), tick, TickState.MISSED, null, missed);
        }
    }

    private static int insert(IntSupplier statement) {
        try {
            return statement.getAsInt();
        } catch (DuplicateKeyException e) {
            // another node was quicker: the row is there, which is all that was wanted
            return 0;
        }
    }
}
