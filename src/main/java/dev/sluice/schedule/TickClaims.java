package dev.sluice.schedule;

import dev.sluice.definition.JobSchedule.Overlap;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks at ticks that have no end yet, the oldest first: ends them, lets them wait, or claims one. */
final class TickClaims {

    /** A tick that kills every node that starts it must not go on for ever. */
    private static final int MAX_CLAIMS = 5;

    private final Map<String, ScheduledJob> jobs;
    private final TickRows rows;
    private final TickEnds ends;
    private final Admission admission;
    private final Misfires misfires;

    TickClaims(List<ScheduledJob> jobs, TickRows rows, TickEnds ends, Admission admission, Misfires misfires) {
        this.jobs = jobs.stream().collect(Collectors.toMap(ScheduledJob::name, Function.identity()));
        this.rows = rows;
        this.ends = ends;
        this.admission = admission;
        this.misfires = misfires;
    }

    /**
     * Claims the oldest tick that may be started now.
     *
     * @param until later ticks are left alone
     * @param now by the database
     */
    Optional<ClaimedTick> next(Instant until, Instant now, String claimant) {
        Map<String, String> obstacles = new HashMap<>();
        for (OpenTick tick : rows.open()) {
            if (tick.at().isAfter(until)) {
                break;
            }
            ScheduledJob job = jobs.get(tick.job());
            if (job == null) {
                forget(tick, now);
            } else if (look(tick, job, now, claimant, obstacles)) {
                return Optional.of(new ClaimedTick(job, tick.at(), tick.claim() + 1));
            }
        }
        return Optional.empty();
    }

    private void forget(OpenTick tick, Instant now) {
        if (misfires.isForgotten(tick.at(), now)) {
            ends.end(tick, TickState.MISSED, misfires.forgotten() + ": no node has a schedule for it");
        }
    }

    /** @param obstacles what keeps later ticks of a job from being started, by job */
    private boolean look(OpenTick tick, ScheduledJob job, Instant now, String claimant, Map<String, String> obstacles) {
        if (tick.state() == TickState.CLAIMED) {
            return lookAgain(tick, job, claimant, obstacles);
        }
        Optional<String> missed = tick.state() == TickState.DUE
                ? misfires.missed(job, tick.at(), now)
                : Optional.of(misfires.forgotten()).filter(words -> misfires.isForgotten(tick.at(), now));
        if (missed.isPresent()) {
            ends.end(tick, TickState.MISSED, missed.get());
            return false;
        }
        Optional<String> obstacle =
                Optional.ofNullable(obstacles.get(tick.job())).or(() -> admission.overlap(tick.job()));
        if (obstacle.isPresent()) {
            overlap(tick, job, now, obstacle.get());
        } else if (admission.claim(tick, job, claimant)) {
            return true;
        }
        obstacles.put(tick.job(), obstacle.orElse("the tick of %s is before it".formatted(tick.at())));
        return false;
    }

    private boolean lookAgain(OpenTick tick, ScheduledJob job, String claimant, Map<String, String> obstacles) {
        obstacles.put(tick.job(), "the tick of %s is being started".formatted(tick.at()));
        if (!tick.expired()) {
            return false;
        }
        if (tick.claim() < MAX_CLAIMS) {
            return rows.claim(tick, claimant);
        }
        String reason = "%d nodes in turn took it and did not start it; see their logs".formatted(MAX_CLAIMS);
        ends.settle(new ClaimedTick(job, tick.at(), tick.claim()), TickState.REFUSED, null, reason);
        return false;
    }

    /** A tick that is late already, since it is caught up with, waits for its turn whatever the policy. */
    private void overlap(OpenTick tick, ScheduledJob job, Instant now, String obstacle) {
        boolean skipped = job.schedule().overlap() == Overlap.FORBID
                && tick.state() == TickState.DUE
                && !misfires.isLate(tick.at(), now);
        if (skipped) {
            ends.end(tick, TickState.SKIPPED, obstacle + " (overlap: forbid)");
        } else if (tick.state() == TickState.DUE) {
            rows.queue(tick, obstacle);
        }
    }
}
