package dev.sluice.schedule;

import dev.sluice.ledger.LedgerDatabase;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How ticks end: once, by one conditional update each. Before a tick that was ever claimed ends as not started, its run is
 * looked for, since a claimant that was paused or died may have begun it; whoever has to be told of a refusal is told in the
 * same transaction.
 */
final class TickEnds {

    private static final String LATE = "begun under an earlier claim";

    private final LedgerDatabase database;
    private final JdbcClient jdbc;
    private final RunningRuns running;
    private final DatabaseTime time;
    private final Alerts alerts;
    private final TickObserver observer;

    /** What is said of the end. */
    private record End(
            TickState state, @Nullable Long run, @Nullable String reason) {}

    /**
     * @param alerts of ticks that are refused
     * @param observer told of every tick that ends by these statements, when it has ended
     */
    TickEnds(LedgerDatabase database, DatabaseTime time, Alerts alerts, TickObserver observer) {
        this.database = database;
        this.jdbc = database.jdbc();
        this.running = new RunningRuns(database);
        this.time = time;
        this.alerts = alerts;
        this.observer = observer;
    }

    /** A waiting tick is never started any more. */
    void end(OpenTick tick, TickState state, String reason) {
        end(tick, TickRows.WAITING, new End(state, null, reason));
    }

    /** The claim's tick ends, if the claim is still the latest one. */
    void settle(ClaimedTick tick, TickState state, @Nullable Long run, @Nullable String reason) {
        var open = new OpenTick(tick.job().name(), tick.at(), TickState.CLAIMED, tick.claim(), false);
        end(open, TickRows.CLAIMED, new End(state, run, reason));
    }

    private void end(OpenTick tick, String ifStill, End wanted) {
        Optional<End> ended = database.inTransaction(() -> {
            End end = begun(tick, wanted).orElse(wanted);
            if (!update(tick, ifStill, end)) {
                return Optional.empty();
            }
            if (end.state() == TickState.REFUSED) {
                alerts.tickRefused(tick.job(), tick.at(), end.run(), end.reason());
            }
            return Optional.of(end);
        });
        ended.ifPresent(end -> observer.ended(tick.job(), tick.at(), end.state(), end.run(), end.reason()));
    }

    /** The end that a run makes, which somebody who had claimed the tick began and could not note. */
    private Optional<End> begun(OpenTick tick, End wanted) {
        boolean notStarted = wanted.state() == TickState.MISSED || wanted.state() == TickState.REFUSED;
        return notStarted && tick.claim() > 0
                ? running.carrying(tick.job(), tick.at()).map(run -> new End(TickState.LAUNCHED, run, LATE))
                : Optional.empty();
    }

    private boolean update(OpenTick tick, String ifStill, End end) {
        String reason = end.reason();
        return jdbc.sql("UPDATE SLUICE_TICK SET STATE = ?, RUN_ID = ?, REASON = ?, ENDED_AT = " + time.expression()
                                + TickRows.THIS_ONE + ifStill)
                        .param(end.state().name())
                        .param(end.run())
                        .param(reason == null ? null : TickRows.shortened(reason))
                        .param(tick.job())
                        .param(TickRows.at(tick.at()))
                        .param(tick.claim())
                        .update()
                == 1;
    }
}
