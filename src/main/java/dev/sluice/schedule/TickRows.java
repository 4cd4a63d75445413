package dev.sluice.schedule;

import dev.sluice.ledger.LedgerDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What becomes of a tick until it ends, as statements on SLUICE_TICK: each is one conditional update that commits by
 * itself, so that a node may be paused or die between any two.
 */
final class TickRows {

    private static final int MAX_OPEN = 1000;
    private static final int MAX_REASON = 1000;
    static final String THIS_ONE = " WHERE JOB_NAME = ? AND TICK = ? AND CLAIM = ?";
    static final String WAITING = " AND STATE IN ('DUE', 'QUEUED')";
    static final String CLAIMED = " AND STATE = 'CLAIMED'";

    private final JdbcClient jdbc;
    private final DatabaseTime time;
    private final String claimTime;

    /** @param claim how long a claim holds */
    TickRows(LedgerDatabase database, DatabaseTime time, Duration claim) {
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

    /** The claimant did not start it: it waits again. */
    void giveBack(ClaimedTick tick, String reason) {
        jdbc.sql("UPDATE SLUICE_TICK SET STATE = 'QUEUED', REASON = ?" + THIS_ONE + CLAIMED)
                .params(shortened(reason), tick.job().name(), at(tick.at()), tick.claim())
                .update();
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static String shortened(String reason) {
        return reason.substring(0, Math.min(reason.length(), MAX_REASON));
    }
}
