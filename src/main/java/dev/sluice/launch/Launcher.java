package dev.sluice.launch;

import dev.sluice.definition.JobArguments;
import dev.sluice.definition.JobDefinition;
import dev.sluice.definition.JobDefinitions;
import dev.sluice.definition.LaunchCheck;
import dev.sluice.definition.LaunchVerdict;
import dev.sluice.definition.Suggestion;
import dev.sluice.ledger.LeaseLost;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Starts, restarts and recovers runs. Thread-safe; start and restart block until the run has ended. */
public final class Launcher {

    private final JobDefinitions definitions;
    private final List<LaunchCheck> checks;
    private final JobRepository repository;
    private final InstanceLaunch instances;

    Launcher(JobDefinitions definitions, List<LaunchCheck> checks, JobRepository repository, InstanceLaunch instances) {
        this.definitions = definitions;
        this.checks = List.copyOf(checks);
        this.repository = repository;
        this.instances = instances;
    }

    /**
     * Starts a job, or resumes the unfinished instance that these parameters identify.
     *
     * @param given as the person wrote them
     * @param workingDirectory against which relative paths are meant
     */
    public LaunchOutcome start(
            String jobName, Map<String, String> given, Path workingDirectory, LaunchObserver observer) {
        return definitions
                .find(jobName)
                .map(job -> start(job, JobArguments.of(job, given, workingDirectory), observer))
                .orElseGet(() -> unknownJob(jobName));
    }

    private LaunchOutcome start(JobDefinition job, JobArguments arguments, LaunchObserver observer) {
        if (!arguments.problems().isEmpty()) {
            return new LaunchOutcome(ExitCode.INVALID, null, arguments.problems());
        }
        var request = LaunchRequest.of(job, arguments.values());
        return guarded(() -> checked(request, observer));
    }

    /** Resumes the instance of a run that did not complete, with that run's own parameters. */
    public LaunchOutcome restart(long runId, LaunchObserver observer) {
        return guarded(() -> {
            JobExecution execution = find(runId);
            if (execution == null) {
                return unknownRun(runId);
            }
            return checked(LaunchRequest.of(execution), observer);
        });
    }

    /** Marks a run whose owner is dead as failed, so that it can be restarted; runs nothing. */
    public LaunchOutcome recover(long runId) {
        return guarded(() -> {
            JobExecution execution = find(runId);
            return execution == null ? unknownRun(runId) : instances.recover(execution);
        });
    }

    private @Nullable JobExecution find(long runId) {
        try {
            return repository.getJobExecution(runId);
        } catch (EmptyResultDataAccessException e) {
            // Spring Batch 6.0 declares null for a run that is not there, and throws
            return null;
        }
    }

    private LaunchOutcome checked(LaunchRequest request, LaunchObserver observer) {
        Long completed = instances.completedRun(request);
        for (LaunchCheck check : checks) {
            if (check.job().equals(request.job())) {
                LaunchVerdict verdict =
                        check.check(request.values(), request.instance().jobKey(), completed);
                if (!(verdict instanceof LaunchVerdict.Allowed)) {
                    return refusal(verdict);
                }
            }
        }
        return instances.launch(request, observer);
    }

    private static LaunchOutcome refusal(LaunchVerdict verdict) {
        if (verdict instanceof LaunchVerdict.Invalid invalid) {
            return new LaunchOutcome(ExitCode.INVALID, null, invalid.problems());
        }
        if (verdict instanceof LaunchVerdict.AlreadyDone done) {
            return LaunchOutcome.of(ExitCode.ALREADY_COMPLETED, null, done.message());
        }
        return LaunchOutcome.of(ExitCode.REFUSED, null, ((LaunchVerdict.Refused) verdict).message());
    }

    private LaunchOutcome unknownJob(String name) {
        List<String> names = definitions.all().stream().map(JobDefinition::name).toList();
        return LaunchOutcome.of(
                ExitCode.INVALID,
                null,
                "unknown job '%s'%s; jobs: %s".formatted(name, Suggestion.of(name, names), String.join(", ", names)));
    }

    private static LaunchOutcome unknownRun(long runId) {
        return LaunchOutcome.of(ExitCode.INVALID, null, "there is no run %d; see 'runs'".formatted(runId));
    }

    private interface Launch {
        LaunchOutcome go();
    }

    private static LaunchOutcome guarded(Launch launch) {
        try {
            return launch.go();
        } catch (DataAccessResourceFailureException | CannotCreateTransactionException e) {
            return LaunchOutcome.of(
                    ExitCode.UNAVAILABLE,
                    null,
                    "cannot reach the job repository: %s; see 'doctor', then start again: what began is resumed"
                            .formatted(e.getMostSpecificCause().getMessage()));
        } catch (LeaseLost e) {
            return LaunchOutcome.of(ExitCode.ALREADY_RUNNING, null, String.valueOf(e.getMessage()));
        }
    }
}
