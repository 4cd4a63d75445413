package dev.sluice.schedule;

import dev.sluice.launch.LaunchObserver;
import dev.sluice.launch.LaunchOutcome;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Starts claimed ticks. The tick ends as LAUNCHED as soon as its run is known, before its first step; what becomes of the
 * run is the run's own story. Starting a tick twice is harmless: the tick is an identifying parameter, and the launch gate
 * lets one instance run once.
 */
final class TickRun {

    private static final Logger log = LoggerFactory.getLogger(TickRun.class);

    private final Launches launches;
    private final TickRows rows;
    private final TickEnds ends;

    /** Starts a job; blocks until the run has ended. */
    interface Launches {
        LaunchOutcome start(String job, Map<String, String> parameters, LaunchObserver observer);
    }

    TickRun(Launches launches, TickRows rows, TickEnds ends) {
        this.launches = launches;
        this.rows = rows;
        this.ends = ends;
    }

    /** Blocks until the run has ended, if there is one. */
    LaunchOutcome start(ClaimedTick tick) {
        var begun = new AtomicBoolean();
        LaunchOutcome outcome = launches.start(
                tick.job().name(), tick.job().parametersFor(tick.at()), (run, job, parameters, resumed) -> {
                    begun.set(true);
                    noteLaunched(tick, run);
                });
        if (!begun.get()) {
            settle(tick, outcome);
        }
        return outcome;
    }

    /** A run is not to fail because its tick cannot be ended now: the claim expires, and the next claimant finds the run. */
    private void noteLaunched(ClaimedTick tick, long run) {
        try {
            ends.settle(tick, TickState.LAUNCHED, run, null);
        } catch (DataAccessException | TransactionException e) {
            log.warn(
                    "cannot note run {} for the tick {} of {}",
                    run,
                    tick.at(),
                    tick.job().name(),
                    e);
        }
    }

    private void settle(ClaimedTick tick, LaunchOutcome outcome) {
        String words = String.join("; ", outcome.messages());
        Long run = outcome.runId();
        switch (outcome.exitCode()) {
            case COMPLETED, FAILED, STOPPED, DEADLINE_EXCEEDED -> ends.settle(tick, TickState.LAUNCHED, run, words);
            case ALREADY_COMPLETED ->
                ends.settle(tick, run == null ? TickState.SKIPPED : TickState.LAUNCHED, run, words);
            case ALREADY_RUNNING -> {
                if (run == null) {
                    rows.giveBack(tick, words);
                } else {
                    ends.settle(tick, TickState.LAUNCHED, run, words);
                }
            }
            case INVALID, REFUSED -> ends.settle(tick, TickState.REFUSED, run, words);
            case UNAVAILABLE -> rows.giveBack(tick, words);
        }
    }
}
