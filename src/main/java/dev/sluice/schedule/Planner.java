package dev.sluice.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the rows of ticks whose time has come. */
final class Planner {

    private static final int MAX_TICKS = 1000;
    /** A schedule that changed is planned anew from so far back, so that nodes with old and new job files lose no tick. */
    private static final Duration CHANGE_OVERLAP = Duration.ofMinutes(1);

    private final List<ScheduledJob> jobs;
    private final PlanRows rows;
    private final Misfires misfires;
    private final Duration lookBack;

    Planner(List<ScheduledJob> jobs, PlanRows rows, Misfires misfires, Duration lookBack) {
        this.jobs = List.copyOf(jobs);
        this.rows = rows;
        this.misfires = misfires;
        this.lookBack = lookBack;
    }

    /** @param now by the database */
    void plan(Instant now) {
        Map<String, PlanRows.Plan> plans = rows.plans();
        for (ScheduledJob job : jobs) {
            PlanRows.Plan plan = plans.get(job.name());
            if (plan == null) {
                rows.register(job);
            } else if (!plan.follows(job)) {
                rows.advance(job, plan, later(plan.until(), now.minus(CHANGE_OVERLAP)));
            } else {
                extend(job, plan, now);
            }
        }
    }

    private void extend(ScheduledJob job, PlanRows.Plan plan, Instant now) {
        Instant until = plan.until();
        Optional<Instant> tick = job.ticks().after(until);
        Instant oldest = now.minus(lookBack);
        if (tick.isPresent() && tick.get().isBefore(oldest)) {
            rows.add(job, tick.get(), "nobody was there for it, nor for those after it until " + oldest);
            until = oldest;
            tick = job.ticks().after(until);
        }
        for (int made = 0; made < MAX_TICKS && tick.isPresent() && !tick.get().isAfter(now); made++) {
            until = tick.get();
            rows.add(job, until, misfires.missed(job, until, now).orElse(null));
            tick = job.ticks().after(until);
        }
        if (!until.equals(plan.until())) {
            rows.advance(job, plan, until);
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
