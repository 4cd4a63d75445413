package dev.sluice.schedule;

import dev.sluice.ledger.LedgerDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The state machine of a tick, as statements on SLUICE_TICK: each is one conditional update that commits by itself, so
 * that a node may be paused or die between any two.
 */
final class TickRows {

    private static final int MAX_OPEN = 1000;
    private static final int MAX_REASON = 1000;
    private static final String THIS_ONE = " WHERE JOB_NAME = ? AND TICK = ? AND CLAIM = ?";
    private static final String WAITING = " AND STATE IN ('DUE', 'QUEUED')";

    private final JdbcClient jdbc;
    private final DatabaseTime time;
    private final String claimTime;
    private final TickObserver observer;

    /** @param observer told of every tick that ends by these statements */
    TickRows(LedgerDatabase database, DatabaseTime time, Duration claim, TickObserver observer) {
        this.observer = observer;
        this.jdbc = database.jdbc();
        this.time = time;
        this.claimTime = time.plusSeconds(claim.toSeconds());
    }

    Instant now() {
        return jdbc.sql("SELECT " + time.expression() + " AS NOW_AT FROM SLUICE_ADMISSION")
                .query((row, number) ->
                        row.getObject("NOW_AT", OffsetDateTime.class).toInstant())
                .single();
    }

    /** Blocks until no other transaction is between this and its end. */
    void takeTurn() {
        jdbc.sql("UPDATE SLUICE_ADMISSION SET ADMITTED = ADMITTED + 1").update();
    }

    /** The oldest first. */
    List<OpenTick> open() {
        return jdbc.sql("SELECT JOB_NAME, TICK, STATE, CLAIM, COALESCE(CLAIMED_UNTIL < " + time.expression()
                        + ", FALSE) AS EXPIRED FROM SLUICE_TICK WHERE STATE IN ('DUE', 'QUEUED', 'CLAIMED')"
                        + " ORDER BY TICK, JOB_NAME FETCH FIRST " + MAX_OPEN + " ROWS ONLY")
                .query(TickRows::openTick)
                .list();
    }

    private static OpenTick openTick(ResultSet row, int number) throws SQLException {
        return new OpenTick(
                row.getString("JOB_NAME"),
                row.getObject("TICK", OffsetDateTime.class).toInstant(),
                TickState.valueOf(row.getString("STATE")),
                row.getInt("CLAIM"),
                row.getBoolean("EXPIRED"));
    }

    /** @return whether the tick is the caller's to start: nobody else has claimed it, and no earlier one of its job waits */
    boolean claim(OpenTick tick, String claimant) {
        return jdbc.sql("UPDATE SLUICE_TICK SET STATE = 'CLAIMED', CLAIM = CLAIM + 1, CLAIMED_BY = ?, CLAIMED_UNTIL = "
                                + claimTime + ", REASON = NULL" + THIS_ONE
                                + " AND (STATE IN ('DUE', 'QUEUED') OR STATE = 'CLAIMED' AND CLAIMED_UNTIL < "
                                + time.expression() + ") AND NOT EXISTS (SELECT 1 FROM SLUICE_TICK O"
                                + " WHERE O.JOB_NAME = ? AND O.TICK < ? AND O.STATE IN ('DUE', 'QUEUED', 'CLAIMED'))")
                        .params(claimant, tick.job(), at(tick.at()), tick.claim(), tick.job(), at(tick.at()))
                        .update()
                == 1;
    }

    /** A waiting tick goes on to wait. */
    void queue(OpenTick tick, String reason) {
        jdbc.sql("UPDATE SLUICE_TICK SET STATE = 'QUEUED', REASON = ?" + THIS_ONE + WAITING)
                .params(shortened(reason), tick.job(), at(tick.at()), tick.claim())
                .update();
    }

    /** A waiting tick is never started any more. */
    void end(OpenTick tick, TickState end, @Nullable Long run, String reason) {
        int ended = jdbc.sql("UPDATE SLUICE_TICK SET STATE = ?, RUN_ID = ?, REASON = ?, ENDED_AT = " + time.expression()
                        + THIS_ONE + WAITING)
                .param(end.name())
                .param(run)
                .params(shortened(reason), tick.job(), at(tick.at()), tick.claim())
                .update();
        if (ended == 1) {
            observer.ended(tick.job(), tick.at(), end, run, reason);
        }
    }

    /** The claim's tick ends, if the claim is still the latest one. */
    void settle(ClaimedTick tick, TickState end, @Nullable Long run, @Nullable String reason) {
        int ended = jdbc.sql("UPDATE SLUICE_TICK SET STATE = ?, RUN_ID = ?, REASON = ?, ENDED_AT = " + time.expression()
                        + THIS_ONE + " AND STATE = 'CLAIMED'")
                .param(end.name())
                .param(run)
                .param(reason == null ? null : shortened(reason))
                .param(tick.job().name())
                .param(at(tick.at()))
                .param(tick.claim())
                .update();
        if (ended == 1) {
            observer.ended(tick.job().name(), tick.at(), end, run, reason);
        }
    }

    /** The claimant did not start it: it waits again. */
    void giveBack(ClaimedTick tick, String reason) {
        jdbc.sql("UPDATE SLUICE_TICK SET STATE = 'QUEUED', REASON = ?" + THIS_ONE + " AND STATE = 'CLAIMED'")
                .params(shortened(reason), tick.job().name(), at(tick.at()), tick.claim())
                .update();
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static String shortened(String reason) {
        return reason.substring(0, Math.min(reason.length(), MAX_REASON));
    }
}
