package dev.sluice.launch;

import dev.sluice.ledger.InstanceKey;
import dev.sluice.ledger.Lease;
import dev.sluice.ledger.RunSummaries;
import dev.sluice.ledger.RunSummary;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.EmptyResultDataAccessException;

/** An instance's runs, and what a death has left of them; to be repaired only by the owner of the instance's lease. */
final class InstanceRuns {

    private final JobRepository repository;
    private final RunSummaries purged;
    private final Clock clock;

    InstanceRuns(JobRepository repository, RunSummaries purged, Clock clock) {
        this.repository = repository;
        this.purged = purged;
        this.clock = clock;
    }

    /** A run that is there, or the summary of one that was purged as if it were. */
    @Nullable
    JobExecution find(long runId) {
        try {
            JobExecution run = repository.getJobExecution(runId);
            return run == null ? summarized(purged.find(runId)) : run;
        } catch (EmptyResultDataAccessException e) {
            // Spring Batch 6.0 declares null for a run that is not there, and throws
            return summarized(purged.find(runId));
        }
    }

    /** A run that was there a moment ago. */
    JobExecution required(long runId) {
        return Objects.requireNonNull(find(runId), "of a run that is removed a summary stays");
    }

    @Nullable
    JobExecution last(String job, JobParameters parameters) {
        JobInstance instance = repository.getJobInstance(job, parameters);
        return instance == null ? summarized(job, parameters) : repository.getLastJobExecution(instance);
    }

    /** As {@link #last}; an instance without runs, which would poison its parameters for ever, is removed. */
    @Nullable
    JobExecution lastOfRepaired(Lease lease, String job, JobParameters parameters) {
        JobInstance instance = repository.getJobInstance(job, parameters);
        if (instance == null) {
            return summarized(job, parameters);
        }
        JobExecution last = repository.getLastJobExecution(instance);
        if (last != null) {
            return last;
        }
        JobExecution purgedMeanwhile = summarized(job, parameters);
        if (purgedMeanwhile == null) {
            // would take the runs with it that an heir has begun
            lease.whileHeld(() -> repository.deleteJobInstance(instance));
        }
        return purgedMeanwhile;
    }

    private @Nullable JobExecution summarized(String job, JobParameters parameters) {
        return summarized(purged.last(InstanceKey.of(job, parameters)));
    }

    private static @Nullable JobExecution summarized(Optional<RunSummary> found) {
        if (found.isEmpty()) {
            return null;
        }
        RunSummary summary = found.get();
        var instance = new JobInstance(summary.instanceId(), summary.job());
        var run = new JobExecution(summary.run(), instance, summary.parameters());
        run.setStatus(BatchStatus.valueOf(summary.status()));
        run.setEndTime(summary.ended());
        return run;
    }

    static boolean isUnfinished(JobExecution run) {
        return run.getEndTime() == null || isOpen(run.getStatus());
    }

    /**
     * Makes what a death left open restartable, once or again: Spring Batch's own recover neither touches a run whose
     * status is UNKNOWN nor remembers that it has been here.
     */
    void settle(JobExecution run) {
        for (StepExecution step : run.getStepExecutions()) {
            if (isOpen(step.getStatus())) {
                step.setStatus(BatchStatus.FAILED);
                step.setEndTime(step.getEndTime() == null ? LocalDateTime.now(clock) : step.getEndTime());
                repository.update(step);
            }
        }
        if (isUnfinished(run)) {
            run.setStatus(BatchStatus.FAILED);
            run.setEndTime(run.getEndTime() == null ? LocalDateTime.now(clock) : run.getEndTime());
            run.setExitStatus(new ExitStatus(ExitCode.FAILED.name(), "the process that ran it died"));
            repository.update(run);
        }
    }

    void abandon(JobExecution run) {
        run.setStatus(BatchStatus.ABANDONED);
        repository.update(run);
    }

    private static boolean isOpen(BatchStatus status) {
        return status.isRunning() || status == BatchStatus.UNKNOWN;
    }
}
