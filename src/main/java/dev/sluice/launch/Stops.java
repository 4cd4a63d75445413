package dev.sluice.launch;

import dev.sluice.ledger.InstanceKey;
import dev.sluice.ledger.LeaseHolder;
import dev.sluice.ledger.Leases;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;

/** Asks a run's owner to stop and waits until it has let go. */
final class Stops {

    private static final Duration LOOK = Duration.ofMillis(200);

    private final InstanceRuns runs;
    private final Leases leases;
    private final Waiter waiter;
    private final LongSupplier nanoTime;

    Stops(InstanceRuns runs, Leases leases, Waiter waiter, LongSupplier nanoTime) {
        this.runs = runs;
        this.leases = leases;
        this.waiter = waiter;
        this.nanoTime = nanoTime;
    }

    LaunchOutcome stop(JobExecution run, Duration limit, Consumer<String> news) {
        if (!InstanceRuns.isUnfinished(run)) {
            return hadEnded(run);
        }
        Optional<LeaseHolder> holder = holder(run).filter(LeaseHolder::alive);
        if (holder.isEmpty()) {
            return letGo(run);
        }
        InstanceKey instance = LaunchRequest.of(run).instance();
        if (!leases.requestStop(instance, holder.get().fence())) {
            return letGo(run);
        }
        news.accept("asked %s to stop run %d; it lets go at its next chunk or poll; waiting for %d s at most"
                .formatted(holder.get().owner(), run.getId(), limit.toSeconds()));
        return await(run, holder.get(), limit);
    }

    private LaunchOutcome await(JobExecution run, LeaseHolder asked, Duration limit) {
        long began = nanoTime.getAsLong();
        while (nanoTime.getAsLong() - began < limit.toNanos()) {
            Optional<LeaseHolder> now = holder(run).filter(holder -> holder.alive() && holder.fence() == asked.fence());
            if (now.isEmpty()) {
                return letGo(run);
            }
            waiter.pause(LOOK);
        }
        return LaunchOutcome.of(
                ExitCode.ALREADY_RUNNING,
                run.getId(),
                "run %d is stopping, but %s still works on it; it stops at its next chunk or poll; 'stop %d' waits again"
                        .formatted(run.getId(), asked.owner(), run.getId()));
    }

    /** Whoever holds the instance for this run; one that has not noted its run yet may. */
    private Optional<LeaseHolder> holder(JobExecution run) {
        return leases.holder(LaunchRequest.of(run).instance())
                .filter(holder -> holder.runId() == null || holder.runId() == run.getId());
    }

    /** What has become of a run that nobody owns any more. */
    private LaunchOutcome letGo(JobExecution before) {
        long id = before.getId();
        JobExecution run = runs.find(id);
        if (run == null || InstanceRuns.isUnfinished(run)) {
            String owner = holder(before)
                    .map(holder -> holder.owner() + ", its owner,")
                    .orElse("its owner");
            return LaunchOutcome.of(
                    ExitCode.INVALID,
                    id,
                    "run %d cannot be stopped: %s is dead; 'recover %d' marks it as failed, 'restart %d' resumes it"
                            .formatted(id, owner, id, id));
        }
        return switch (run.getStatus()) {
            case STOPPED ->
                LaunchOutcome.of(
                        ExitCode.COMPLETED, id, "run %d is stopped; 'restart %d' resumes it".formatted(id, id));
            case COMPLETED ->
                LaunchOutcome.of(ExitCode.ALREADY_COMPLETED, id, "run %d completed before it could stop".formatted(id));
            case ABANDONED, FAILED, STARTED, STARTING, STOPPING, UNKNOWN ->
                LaunchOutcome.of(
                        ExitCode.FAILED,
                        id,
                        "run %d ended as %s before it could stop; see 'show %d'".formatted(id, run.getStatus(), id));
        };
    }

    private static LaunchOutcome hadEnded(JobExecution run) {
        long id = run.getId();
        if (run.getStatus() == BatchStatus.STOPPED) {
            return LaunchOutcome.of(ExitCode.COMPLETED, id, "run %d is stopped already".formatted(id));
        }
        ExitCode code = run.getStatus() == BatchStatus.COMPLETED ? ExitCode.ALREADY_COMPLETED : ExitCode.INVALID;
        return LaunchOutcome.of(
                code, id, "run %d has ended (%s); only a run that runs can be stopped".formatted(id, run.getStatus()));
    }
}
