package dev.sluice.ledger;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a run's statement says beside what it writes: nobody else has the instance's lease, and the run's owner has not let
 * it go. Whoever takes a lease over has it first without a run. A process that sleeps between a look at its lease and a write would write late; one that sends both
 * in one statement cannot.
 */
final class UnlessTakenOver {

    /** A condition with three parameters, {@link #values}. */
    static final String CONDITION = "NOT EXISTS (SELECT 1 FROM SLUICE_LEASE L WHERE L.JOB_NAME = ? AND L.JOB_KEY = ?"
            + " AND (L.RELEASED OR L.RUN_ID IS NULL OR L.RUN_ID <> ?))";

    private UnlessTakenOver() {}

    static List<Object> values(InstanceKey instance, long run) {
        return List.of(instance.job(), instance.jobKey(), run);
    }

    /**
     * For a statement that writes a row if the condition holds.
     *
     * @throws LeaseLost if it wrote none
     */
    static void require(int rows, InstanceKey instance, long run) {
        if (rows == 0) {
            throw new LeaseLost(
                    "run %d no longer owns %s: another process took over its lease, or it has let it go; look at 'runs'"
                            .formatted(run, instance.job()));
        }
    }

    /**
     * For several statements in one transaction, before the first: nobody takes over before it ends.
     *
     * @throws LeaseLost if somebody has
     */
    static void lock(JdbcClient jdbc, InstanceKey instance, long run) {
        List<Integer> own = jdbc.sql("SELECT CASE WHEN RUN_ID = ? AND NOT RELEASED THEN 1 ELSE 0 END FROM SLUICE_LEASE"
                        + " WHERE JOB_NAME = ? AND JOB_KEY = ? FOR UPDATE")
                .params(run, instance.job(), instance.jobKey())
                .query((row, number) -> row.getInt(1))
                .list();
        require(own.contains(0) ? 0 : 1, instance, run);
    }
}
