package dev.sluice.schedule;

import dev.sluice.definition.JobSchedule;
import dev.sluice.ledger.LedgerDatabase;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What goes on, as the job repository knows it: a run whose owner died, or handed it on, counts until it has been recovered
 * or given up.
 */
final class RunningRuns {

    /** Ended, but to be restarted; not what people have stopped since, see {@link Recoveries}. */
    private static final String RECOVERED_NEXT = "SELECT X.JOB_EXECUTION_ID FROM SLUICE_RECOVERY R"
            + " JOIN BATCH_JOB_INSTANCE J ON J.JOB_NAME = R.JOB_NAME AND J.JOB_KEY = R.JOB_KEY"
            + " JOIN BATCH_JOB_EXECUTION X ON X.JOB_INSTANCE_ID = J.JOB_INSTANCE_ID"
            + " WHERE (R.STATE IN ('WAITING', 'HANDED_ON') AND X.STATUS = 'FAILED'"
            + " OR R.STATE = 'HANDED_ON' AND X.STATUS = 'STOPPED' AND X.JOB_EXECUTION_ID = R.RUN_ID)"
            + " AND X.JOB_EXECUTION_ID = (SELECT MAX(Y.JOB_EXECUTION_ID) FROM BATCH_JOB_EXECUTION Y"
            + " WHERE Y.JOB_INSTANCE_ID = J.JOB_INSTANCE_ID)";

    private static final String UNFINISHED = " FROM BATCH_JOB_EXECUTION E"
            + " JOIN BATCH_JOB_INSTANCE I ON I.JOB_INSTANCE_ID = E.JOB_INSTANCE_ID"
            + " WHERE E.JOB_EXECUTION_ID IN (SELECT X.JOB_EXECUTION_ID FROM BATCH_JOB_EXECUTION X"
            + " WHERE X.END_TIME IS NULL AND X.STATUS <> 'ABANDONED' UNION " + RECOVERED_NEXT + ")";
    private static final String WITH_PARAMETER = " AND EXISTS (SELECT 1 FROM BATCH_JOB_EXECUTION_PARAMS P"
            + " WHERE P.JOB_EXECUTION_ID = E.JOB_EXECUTION_ID AND P.PARAMETER_NAME = ?";

    private final JdbcClient jdbc;

    RunningRuns(LedgerDatabase database) {
        this.jdbc = database.jdbc();
    }

    /** The latest unfinished run of a job that the clock started. */
    Optional<Long> scheduled(String job) {
        return jdbc.sql("SELECT MAX(E.JOB_EXECUTION_ID)" + UNFINISHED + " AND I.JOB_NAME = ?" + WITH_PARAMETER + ")")
                .params(job, JobSchedule.TICK)
                .query(Long.class)
                .optional();
    }

    /** The latest run that carries a tick, whatever became of it. */
    Optional<Long> carrying(String job, Instant tick) {
        return jdbc.sql("SELECT MAX(E.JOB_EXECUTION_ID) FROM BATCH_JOB_EXECUTION_PARAMS P"
                        + " JOIN BATCH_JOB_EXECUTION E ON E.JOB_EXECUTION_ID = P.JOB_EXECUTION_ID"
                        + " JOIN BATCH_JOB_INSTANCE I ON I.JOB_INSTANCE_ID = E.JOB_INSTANCE_ID"
                        + " WHERE P.PARAMETER_NAME = ? AND P.PARAMETER_VALUE = ? AND I.JOB_NAME = ?")
                .params(JobSchedule.TICK, tick.toString(), job)
                .query(Long.class)
                .optional();
    }

    int ofJob(String job) {
        return count("SELECT COUNT(*)" + UNFINISHED + " AND I.JOB_NAME = ?", job);
    }

    /**
     * Scheduled or not, and those that a node is about to start. Those first: what begins between the two counts is counted
     * twice instead of not at all.
     */
    int ofOrg(String org) {
        int claimed = count("SELECT COUNT(*) FROM SLUICE_TICK WHERE STATE = 'CLAIMED' AND ORG = ?", org);
        return claimed
                + count("SELECT COUNT(*)" + UNFINISHED + WITH_PARAMETER + " AND P.PARAMETER_VALUE = ?)", "org", org);
    }

    private int count(String sql, String... values) {
        return jdbc.sql(sql).params((Object[]) values).query(Integer.class).single();
    }
}
