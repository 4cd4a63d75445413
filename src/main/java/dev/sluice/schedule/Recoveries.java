package dev.sluice.schedule;

import dev.sluice.launch.ExitCode;
import dev.sluice.launch.LaunchOutcome;
import dev.sluice.schedule.RecoveryRows.Recovery;
import dev.sluice.schedule.RecoveryRows.Unfinished;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recovery without a human: a run whose owner died is marked failed and restarted, with longer and longer pauses, and
 * after so many attempts a person is told; a run that met a quota waits for it. The launch gate sees to it that a live
 * owner is left alone; what BigQuery can tell of effects of unknown outcome is settled before anything is repeated.
 * Thread-safe.
 */
final class Recoveries {

    private static final Logger log = LoggerFactory.getLogger(Recoveries.class);

    private final RecoveryRows rows;
    private final Alerts alerts;
    private final Predicate<String> knownJobs;
    private final ScheduleProperties.Recovery limits;

    /** Marks a run failed and restarts it; blocks until it has ended. */
    interface Restarts {

        /** @param begun told of the new run before its first step */
        LaunchOutcome restart(long run, LongConsumer begun);
    }

    Recoveries(RecoveryRows rows, Alerts alerts, Predicate<String> knownJobs, ScheduleProperties.Recovery limits) {
        this.rows = rows;
        this.alerts = alerts;
        this.knownJobs = knownJobs;
        this.limits = limits;
    }

    /** Notes the runs whose owner has died. */
    void look() {
        if (limits.attempts() == 0) {
            return;
        }
        for (Unfinished run : rows.unfinished()) {
            if (knownJobs.test(run.job()) && run.isOrphan()) {
                log.warn("{} of run {} of {} is gone: it is recovered", run.owner(), run.run(), run.job());
                rows.begin(run);
            }
        }
    }

    /** The run to restart next, claimed for the caller. */
    Optional<Long> claim() {
        for (Recovery recovery : rows.due()) {
            if (knownJobs.test(recovery.job()) && isToBeRestarted(recovery)) {
                return Optional.of(recovery.run());
            }
        }
        return Optional.empty();
    }

    private boolean isToBeRestarted(Recovery recovery) {
        if (isOver(recovery)) {
            rows.end(recovery);
            return false;
        }
        if (recovery.goesOn()) {
            rows.postpone(recovery, limits.backOff());
            return false;
        }
        if (recovery.isParked() || recovery.attempts() < limits.attempts()) {
            return rows.claim(recovery, pauseAfter(recovery.attempts() + 1));
        }
        rows.giveUp(recovery, () -> tell(recovery));
        return false;
    }

    /** Completed, or in the hands of people: they have stopped it, unless it was stopped to be handed on. */
    private static boolean isOver(Recovery recovery) {
        boolean wasHandedOn = recovery.state().equals(RecoveryRows.HANDED_ON) && !recovery.later();
        return switch (recovery.status()) {
            case "COMPLETED", "ABANDONED" -> true;
            case "STOPPED" -> !wasHandedOn;
            default -> recovery.isParked() && recovery.later() && !recovery.goesOn();
        };
    }

    private void tell(Recovery recovery) {
        alerts.raise(
                "recovery-failed",
                recovery.job(),
                recovery.run(),
                "run %d was restarted %d times and has not completed; look at 'show %d', then 'restart %d'"
                        .formatted(recovery.run(), recovery.attempts(), recovery.run(), recovery.run()));
    }

    /** Doubles with each attempt. */
    private Duration pauseAfter(int attempts) {
        return limits.backOff().multipliedBy(1L << Math.min(attempts - 1, 10));
    }

    /** Restarts a claimed run; blocks until it has ended. */
    LaunchOutcome restart(long run, Restarts restarts) {
        var hasBegun = new AtomicBoolean();
        LaunchOutcome outcome = restarts.restart(run, begun -> {
            hasBegun.set(true);
            rows.follow(run, begun);
        });
        log.warn("the restart of run {} ended as {}", run, outcome.exitCode());
        if (!hasBegun.get() && outcome.pause() == null && passes(outcome.exitCode())) {
            return outcome; // what waits goes on waiting
        }
        if (outcome.exitCode() == ExitCode.COMPLETED) {
            rows.forget(run, RecoveryRows.WAITING);
            rows.forget(run, RecoveryRows.HANDED_ON);
        }
        return parking(outcome, run);
    }

    /** What kept a run from beginning and may be over the next time. */
    private static boolean passes(ExitCode code) {
        return switch (code) {
            case ALREADY_RUNNING, DEADLINE_EXCEEDED, UNAVAILABLE -> true;
            case COMPLETED, FAILED, INVALID, ALREADY_COMPLETED, STOPPED, REFUSED -> false;
        };
    }

    /**
     * A run that met a quota is restarted when that is renewed, as often as it takes; a person is told once.
     *
     * @param claimed the run that was restarted, if one was
     */
    LaunchOutcome parking(LaunchOutcome outcome, @Nullable Long claimed) {
        Duration pause = outcome.pause();
        Long run = outcome.runId() == null ? claimed : outcome.runId();
        if (pause == null && run != null) {
            rows.forget(run, RecoveryRows.PARKED);
        } else if (pause != null && run != null && limits.attempts() > 0) {
            String words = "run %d is restarted in %d s: %s"
                    .formatted(run, pause.toSeconds(), String.join("; ", outcome.messages()));
            rows.park(run, pause, job -> alerts.raise("quota-used-up", job, run, words));
        }
        return outcome;
    }
}
