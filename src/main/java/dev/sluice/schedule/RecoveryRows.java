package dev.sluice.schedule;

import dev.sluice.ledger.LedgerDatabase;
import dev.sluice.ledger.Owner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements of the recovery: each holds only if the row is still as it was read. */
final class RecoveryRows {

    static final String HANDED_ON = "HANDED_ON";
    static final String WAITING = "WAITING";
    static final String PARKED = "PARKED";

    /** A lease is on the parameters, whatever the generation; an instance is of one generation. */
    private static final String GENERATION =
            " LEFT JOIN SLUICE_GENERATION G" + " ON G.JOB_NAME = I.JOB_NAME AND G.INSTANCE_KEY = I.JOB_KEY";

    private static final String LEASE =
            " SLUICE_LEASE L ON L.JOB_NAME = I.JOB_NAME AND L.JOB_KEY = COALESCE(G.JOB_KEY, I.JOB_KEY)";
    private static final String THIS_ONE = " WHERE JOB_NAME = ? AND JOB_KEY = ? AND STATE = ? AND ATTEMPTS = ?";

    private final LedgerDatabase database;
    private final JdbcClient jdbc;
    private final DatabaseTime time;

    /** An unfinished run whose instance is or was leased. */
    record Unfinished(String job, String jobKey, long run, Owner owner, boolean over) {

        /** Whether its owner is known to be gone, by the lease or by this host's processes. */
        boolean isOrphan() {
            return over || owner.isDeadOn(Owner.current().host());
        }
    }

    /**
     * What is to be recovered.
     *
     * @param run the latest one of the instance
     * @param status Spring Batch's, of that run
     * @param later whether it is later than the one that was noted
     * @param goesOn whether that run has no end and an owner that is not known to be gone
     */
    record Recovery(
            String job,
            String jobKey,
            String state,
            int attempts,
            long run,
            String status,
            boolean later,
            boolean goesOn) {

        boolean isParked() {
            return state.equals(PARKED);
        }
    }

    RecoveryRows(LedgerDatabase database, DatabaseTime time) {
        this.database = database;
        this.jdbc = database.jdbc();
        this.time = time;
    }

    /** Those whose recovery has not begun, or was given up or put off for an earlier run. */
    List<Unfinished> unfinished() {
        return jdbc.sql("SELECT I.JOB_NAME, I.JOB_KEY, E.JOB_EXECUTION_ID, L.OWNER_HOST, L.OWNER_PID, L.OWNER_STARTED,"
                        + " (L.RELEASED OR L.EXPIRES_AT < " + time.expression() + ") AS IS_OVER"
                        + " FROM BATCH_JOB_EXECUTION E"
                        + " JOIN BATCH_JOB_INSTANCE I ON I.JOB_INSTANCE_ID = E.JOB_INSTANCE_ID"
                        + GENERATION + " JOIN" + LEASE
                        + " LEFT JOIN SLUICE_RECOVERY R ON R.JOB_NAME = I.JOB_NAME AND R.JOB_KEY = I.JOB_KEY"
                        + " WHERE E.END_TIME IS NULL AND E.STATUS <> 'ABANDONED'"
                        + " AND (R.RUN_ID IS NULL OR R.STATE = 'PARKED'"
                        + " OR R.STATE = 'GAVE_UP' AND R.RUN_ID < E.JOB_EXECUTION_ID)")
                .query((row, number) -> new Unfinished(
                        row.getString("JOB_NAME"),
                        row.getString("JOB_KEY"),
                        row.getLong("JOB_EXECUTION_ID"),
                        owner(row),
                        row.getBoolean("IS_OVER")))
                .list();
    }

    private static Owner owner(ResultSet row) throws SQLException {
        return new Owner(row.getString("OWNER_HOST"), row.getLong("OWNER_PID"), row.getLong("OWNER_STARTED"));
    }

    /** What this node runs goes on elsewhere, even if it is stopped here. */
    void handOn(long run) {
        begin(instance(run), run, HANDED_ON);
    }

    /** Its owner is gone. */
    void begin(Unfinished run) {
        begin(List.of(run.job(), run.jobKey()), run.run(), WAITING);
    }

    private void begin(List<String> instance, long run, String state) {
        jdbc.sql("DELETE FROM SLUICE_RECOVERY WHERE JOB_NAME = ? AND JOB_KEY = ? AND (RUN_ID < ? OR STATE = 'PARKED')")
                .params(instance.get(0), instance.get(1), run)
                .update();
        try {
            insert(instance, run, state, time.expression());
        } catch (DuplicateKeyException e) {
            // another node was quicker
        }
    }

    private List<String> instance(long run) {
        return jdbc.sql("SELECT I.JOB_NAME, I.JOB_KEY FROM BATCH_JOB_EXECUTION E"
                        + " JOIN BATCH_JOB_INSTANCE I ON I.JOB_INSTANCE_ID = E.JOB_INSTANCE_ID"
                        + " WHERE E.JOB_EXECUTION_ID = ?")
                .param(run)
                .query((row, number) -> List.of(row.getString(1), row.getString(2)))
                .single();
    }

    /**
     * A run that has ended is restarted after the pause, unless it was given up or a later one has ended.
     *
     * @param tell called if it did not wait before: both or neither
     */
    void park(long run, Duration pause, Consumer<String> tell) {
        List<String> instance = instance(run);
        try {
            database.inTransaction(() -> {
                if (parked(instance, run, pause, "STATE = 'PARKED'")) {
                    return true;
                }
                if (!parked(instance, run, pause, "STATE <> 'PARKED'")) {
                    deleteEarlier(instance, run);
                    insert(instance, run, PARKED, after(pause));
                }
                tell.accept(instance.get(0));
                return true;
            });
        } catch (DuplicateKeyException e) {
            // it was given up, or another node was quicker
        }
    }

    private boolean parked(List<String> instance, long run, Duration pause, String state) {
        return jdbc.sql("UPDATE SLUICE_RECOVERY SET STATE = 'PARKED', RUN_ID = ?, NEXT_AT = " + after(pause)
                                + " WHERE JOB_NAME = ? AND JOB_KEY = ? AND RUN_ID <= ? AND STATE <> 'GAVE_UP' AND "
                                + state)
                        .params(run, instance.get(0), instance.get(1), run)
                        .update()
                == 1;
    }

    private void deleteEarlier(List<String> instance, long run) {
        jdbc.sql("DELETE FROM SLUICE_RECOVERY WHERE JOB_NAME = ? AND JOB_KEY = ? AND RUN_ID < ?")
                .params(instance.get(0), instance.get(1), run)
                .update();
    }

    private void insert(List<String> instance, long run, String state, String nextAt) {
        jdbc.sql("INSERT INTO SLUICE_RECOVERY (JOB_NAME, JOB_KEY, RUN_ID, STATE, ATTEMPTS, NEXT_AT)"
                        + " VALUES (?, ?, ?, ?, 0, " + nextAt + ")")
                .params(instance.get(0), instance.get(1), run, state)
                .update();
    }

    /** Never at once. */
    private String after(Duration pause) {
        return time.plusSeconds(pause.toSeconds() + 1);
    }

    /** The restart of a parked run is not somebody else's. */
    void follow(long run, long restarted) {
        jdbc.sql("UPDATE SLUICE_RECOVERY SET RUN_ID = ? WHERE RUN_ID = ? AND STATE = 'PARKED'")
                .params(restarted, run)
                .update();
    }

    /** What was awaited of a run has come, or comes no more. */
    void forget(long run, String state) {
        jdbc.sql("DELETE FROM SLUICE_RECOVERY WHERE RUN_ID = ? AND STATE = ?")
                .params(run, state)
                .update();
    }

    /** The oldest first. */
    List<Recovery> due() {
        return jdbc.sql("SELECT R.JOB_NAME, R.JOB_KEY, R.STATE, R.ATTEMPTS, E.JOB_EXECUTION_ID, E.STATUS,"
                        + " E.JOB_EXECUTION_ID > R.RUN_ID AS IS_LATER,"
                        + " L.OWNER_HOST, L.OWNER_PID, L.OWNER_STARTED, E.END_TIME IS NULL AND L.OWNER_HOST IS NOT NULL"
                        + " AND NOT L.RELEASED AND L.EXPIRES_AT >= " + time.expression() + " AS IS_LEASED"
                        + " FROM SLUICE_RECOVERY R"
                        + " JOIN BATCH_JOB_INSTANCE I ON I.JOB_NAME = R.JOB_NAME AND I.JOB_KEY = R.JOB_KEY"
                        + " JOIN BATCH_JOB_EXECUTION E ON E.JOB_INSTANCE_ID = I.JOB_INSTANCE_ID"
                        + GENERATION + " LEFT JOIN" + LEASE
                        + " WHERE R.STATE <> 'GAVE_UP' AND R.NEXT_AT <= " + time.expression()
                        + " AND E.JOB_EXECUTION_ID = (SELECT MAX(X.JOB_EXECUTION_ID) FROM BATCH_JOB_EXECUTION X"
                        + " WHERE X.JOB_INSTANCE_ID = I.JOB_INSTANCE_ID) ORDER BY R.NEXT_AT")
                .query((row, number) -> new Recovery(
                        row.getString("JOB_NAME"),
                        row.getString("JOB_KEY"),
                        row.getString("STATE"),
                        row.getInt("ATTEMPTS"),
                        row.getLong("JOB_EXECUTION_ID"),
                        row.getString("STATUS"),
                        row.getBoolean("IS_LATER"),
                        row.getBoolean("IS_LEASED")
                                && !owner(row).isDeadOn(Owner.current().host())))
                .list();
    }

    /** @return whether the caller is the one to restart it; nobody else is before the pause is over */
    boolean claim(Recovery recovery, Duration pause) {
        return jdbc.sql("UPDATE SLUICE_RECOVERY SET"
                                + " ATTEMPTS = ATTEMPTS + CASE STATE WHEN 'PARKED' THEN 0 ELSE 1 END, RUN_ID = ?, NEXT_AT = "
                                + time.plusSeconds(pause.toSeconds()) + THIS_ONE + " AND NEXT_AT <= "
                                + time.expression())
                        .params(
                                recovery.run(),
                                recovery.job(),
                                recovery.jobKey(),
                                recovery.state(),
                                recovery.attempts())
                        .update()
                == 1;
    }

    void postpone(Recovery recovery, Duration pause) {
        jdbc.sql("UPDATE SLUICE_RECOVERY SET NEXT_AT = " + time.plusSeconds(pause.toSeconds()) + THIS_ONE)
                .params(recovery.job(), recovery.jobKey(), recovery.state(), recovery.attempts())
                .update();
    }

    /** Gives it up and tells a person, both or neither. */
    void giveUp(Recovery recovery, Runnable tell) {
        database.inTransaction(() -> {
            boolean givenUp = giveUp(recovery);
            if (givenUp) {
                tell.run();
            }
            return givenUp;
        });
    }

    private boolean giveUp(Recovery recovery) {
        return jdbc.sql("UPDATE SLUICE_RECOVERY SET STATE = 'GAVE_UP', RUN_ID = ?" + THIS_ONE)
                        .params(
                                recovery.run(),
                                recovery.job(),
                                recovery.jobKey(),
                                recovery.state(),
                                recovery.attempts())
                        .update()
                == 1;
    }

    /** Nothing is left to do. */
    void end(Recovery recovery) {
        jdbc.sql("DELETE FROM SLUICE_RECOVERY" + THIS_ONE)
                .params(recovery.job(), recovery.jobKey(), recovery.state(), recovery.attempts())
                .update();
    }
}
