package dev.sluice.schedule;

import java.time.Instant;
import java.util.Optional;

/** What is to be started next, over all nodes that share the repository. Thread-safe; asks the database each time. */
final class TickQueue {

    private final TickRows rows;
    private final Planner planner;
    private final TickClaims claims;
    private final String claimant;

    /** @param claimant who this node is, for people */
    TickQueue(TickRows rows, Planner planner, TickClaims claims, String claimant) {
        this.rows = rows;
        this.planner = planner;
        this.claims = claims;
        this.claimant = claimant;
    }

    /**
     * Makes rows of the ticks whose time has come.
     *
     * @return until when, by the database
     */
    Instant plan() {
        Instant now = rows.now();
        planner.plan(now);
        return now;
    }

    /** Claims the oldest tick until then that may be started now; ends those that may not be started at all. */
    Optional<ClaimedTick> claim(Instant until) {
        return claims.next(until, rows.now(), claimant);
    }
}
