package dev.sluice.launch;

import dev.sluice.ledger.Lease;
import dev.sluice.ledger.LeaseAttempt;
import dev.sluice.ledger.Leases;
import dev.sluice.ledger.Owner;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;

/**
 * Runs an instance at most once at a time. Spring Batch checks and acts in separate transactions, so the lease is the
 * gate and everything below happens while it is held.
 */
final class InstanceLaunch {

    private final Map<String, Job> jobs;
    private final JobRepository repository;
    private final JobOperator operator;
    private final Leases leases;
    private final RunOutcomes outcomes = new RunOutcomes();

    InstanceLaunch(Map<String, Job> jobs, JobRepository repository, JobOperator operator, Leases leases) {
        this.jobs = Map.copyOf(jobs);
        this.repository = repository;
        this.operator = operator;
        this.leases = leases;
    }

    /** Tells what a check may say; {@link #launch} decides under the lease. */
    @Nullable
    Long completedRun(LaunchRequest request) {
        JobInstance instance = repository.getJobInstance(request.job(), request.parameters());
        JobExecution last = instance == null ? null : repository.getLastJobExecution(instance);
        return last != null && last.getStatus() == BatchStatus.COMPLETED ? last.getId() : null;
    }

    LaunchOutcome launch(LaunchRequest request, LaunchObserver observer) {
        LeaseAttempt attempt = leases.acquire(request.instance(), Owner.current());
        if (attempt instanceof LeaseAttempt.HeldBy holder) {
            return alreadyRunning(holder);
        }
        try (Lease lease = ((LeaseAttempt.Acquired) attempt).lease()) {
            return launchHolding(lease, request, observer);
        }
    }

    private LaunchOutcome launchHolding(Lease lease, LaunchRequest request, LaunchObserver observer) {
        JobExecution last = lastExecution(request);
        if (last != null && last.getStatus() == BatchStatus.COMPLETED) {
            return LaunchOutcome.of(
                    ExitCode.ALREADY_COMPLETED, last.getId(), "run %d completed it already".formatted(last.getId()));
        }
        if (last != null && last.getStatus() == BatchStatus.ABANDONED) {
            return LaunchOutcome.of(
                    ExitCode.REFUSED,
                    last.getId(),
                    "run %d was abandoned; start with other parameters".formatted(last.getId()));
        }
        if (last != null && isUnfinished(last)) {
            markFailed(last);
        }
        return run(lease, request, observer, last == null ? null : last.getId());
    }

    private @Nullable JobExecution lastExecution(LaunchRequest request) {
        JobInstance instance = repository.getJobInstance(request.job(), request.parameters());
        if (instance == null) {
            return null;
        }
        JobExecution last = repository.getLastJobExecution(instance);
        if (last == null) {
            // a death between creating the instance and its execution poisons the parameters for ever (K1)
            repository.deleteJobInstance(instance);
        }
        return last;
    }

    private static boolean isUnfinished(JobExecution execution) {
        return execution.getEndTime() == null
                || execution.getStatus().isRunning()
                || execution.getStatus() == BatchStatus.UNKNOWN;
    }

    private void markFailed(JobExecution execution) {
        operator.recover(execution);
        execution.setExitStatus(ExitStatus.FAILED.addExitDescription("the process that ran it died"));
        repository.update(execution);
    }

    private LaunchOutcome run(Lease lease, LaunchRequest request, LaunchObserver observer, @Nullable Long resumed) {
        Job job = jobs.get(request.job());
        if (job == null) {
            throw new IllegalStateException("there is a job file but no job named " + request.job());
        }
        var announcing = new AnnouncingJob(job, execution -> {
            lease.attachRun(execution.getId());
            observer.running(execution.getId(), request.job(), request.values(), resumed);
        });
        try {
            return outcomes.of(operator.start(announcing, request.parameters()));
        } catch (JobExecutionException
                | DuplicateKeyException
                | PessimisticLockingFailureException
                | IllegalStateException e) {
            return LaunchOutcome.of(ExitCode.ALREADY_RUNNING, null, "the launch was lost: " + e.getMessage());
        }
    }

    LaunchOutcome recover(JobExecution execution) {
        LaunchRequest request = LaunchRequest.of(execution);
        LeaseAttempt attempt = leases.acquire(request.instance(), Owner.current());
        if (attempt instanceof LeaseAttempt.HeldBy holder) {
            return alreadyRunning(holder);
        }
        Lease lease = ((LeaseAttempt.Acquired) attempt).lease();
        try (lease) {
            if (!isUnfinished(execution)) {
                return LaunchOutcome.of(
                        ExitCode.INVALID,
                        execution.getId(),
                        "run %d has ended (%s); only a run whose owner died can be recovered"
                                .formatted(execution.getId(), execution.getStatus()));
            }
            markFailed(execution);
            return LaunchOutcome.of(
                    ExitCode.COMPLETED,
                    execution.getId(),
                    "run %d is marked FAILED; 'restart %d' resumes it".formatted(execution.getId(), execution.getId()));
        }
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
