package dev.sluice.launch;

import dev.sluice.ledger.InstanceKey;
import dev.sluice.ledger.Lease;
import dev.sluice.ledger.LeaseAttempt;
import dev.sluice.ledger.Leases;
import dev.sluice.ledger.Owner;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;

/** The gate whose lock is a lease. */
final class LeasedLaunchGate implements LaunchGate {

    private final InstanceRuns runs;
    private final JobOperator operator;
    private final Leases leases;
    private final RunOutcomes outcomes = new RunOutcomes();

    LeasedLaunchGate(InstanceRuns runs, JobOperator operator, Leases leases) {
        this.runs = runs;
        this.operator = operator;
        this.leases = leases;
    }

    @Override
    public LaunchOutcome owning(InstanceKey instance, Function<Lease, LaunchOutcome> work) {
        LeaseAttempt attempt = leases.acquire(instance, Owner.current());
        if (attempt instanceof LeaseAttempt.HeldBy holder) {
            return alreadyRunning(holder);
        }
        try (Lease lease = ((LeaseAttempt.Acquired) attempt).lease()) {
            return work.apply(lease);
        }
    }

    @Override
    public LaunchOutcome launch(Lease lease, Job job, JobParameters parameters, LaunchObserver observer) {
        JobExecution last = runs.lastOfRepaired(lease, job.getName(), parameters);
        if (last == null) {
            return run(lease, job, parameters, observer, null);
        }
        if (!isSame(last.getJobParameters(), parameters)) {
            return LaunchOutcome.of(
                    ExitCode.INVALID,
                    last.getId(),
                    "run %d has other parameters but the same key; change a value".formatted(last.getId()));
        }
        return FinishedRun.answer(last).orElseGet(() -> {
            runs.settle(last);
            return run(lease, job, parameters, observer, last.getId());
        });
    }

    /** Spring Batch compares digests of a text in which values are not quoted. */
    private static boolean isSame(JobParameters there, JobParameters wanted) {
        return identifying(there).equals(identifying(wanted));
    }

    private static Map<String, String> identifying(JobParameters parameters) {
        Map<String, String> values = new LinkedHashMap<>();
        parameters
                .getIdentifyingParameters()
                .forEach(parameter -> values.put(parameter.name(), String.valueOf(parameter.value())));
        return values;
    }

    private LaunchOutcome run(
            Lease lease, Job job, JobParameters parameters, LaunchObserver observer, @Nullable Long resumed) {
        var announcing = new AnnouncingJob(job, execution -> {
            lease.attachRun(execution.getId());
            observer.running(
                    execution.getId(),
                    job.getName(),
                    LaunchRequest.of(execution).values(),
                    resumed);
        });
        try {
            return outcomes.of(operator.start(announcing, parameters));
        } catch (JobExecutionException
                | DuplicateKeyException
                | ConcurrencyFailureException
                | IllegalStateException e) {
            return lost(job, parameters, e);
        }
    }

    /** Somebody has launched past the gate, or taken over while this process was held up. */
    private LaunchOutcome lost(Job job, JobParameters parameters, Exception reason) {
        JobExecution winner = runs.last(job.getName(), parameters);
        String name = winner == null ? "another" : "run " + winner.getId();
        return LaunchOutcome.of(
                ExitCode.ALREADY_RUNNING,
                winner == null ? null : winner.getId(),
                "the launch was lost to %s: %s".formatted(name, RunOutcomes.message(reason)));
    }

    private static LaunchOutcome alreadyRunning(LeaseAttempt.HeldBy holder) {
        String run = holder.runId() == null ? "a run that is starting" : "run " + holder.runId();
        return LaunchOutcome.of(
                ExitCode.ALREADY_RUNNING,
                holder.runId(),
                "%s is alive: %s owns it until %s, and longer if it renews its lease; wait for it, or try again then"
                        .formatted(run, holder.owner(), holder.expiresAt().truncatedTo(ChronoUnit.SECONDS)));
    }
}
