package dev.sluice.launch;

import dev.sluice.ledger.Generations;
import dev.sluice.ledger.InstanceKey;
import dev.sluice.ledger.Lease;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;

/** Start, restart and re-run: what they have in common is that a run begins if the gate lets it. */
final class Starts {

    private final Map<String, Job> jobs;
    private final LaunchGate gate;
    private final InstanceRuns runs;
    private final Generations generations;
    private final LaunchChecks checks;

    Starts(Map<String, Job> jobs, LaunchGate gate, InstanceRuns runs, Generations generations, LaunchChecks checks) {
        this.jobs = Map.copyOf(jobs);
        this.gate = gate;
        this.runs = runs;
        this.generations = generations;
        this.checks = checks;
    }

    /** In the instance's current generation. */
    LaunchOutcome start(LaunchRequest request, LaunchObserver observer) {
        return refusal(current(request))
                .orElseGet(() -> owning(request, lease -> launch(lease, current(request), observer)));
    }

    /** In the generation of the run that is restarted. */
    LaunchOutcome restart(LaunchRequest request, LaunchObserver observer) {
        return refusal(request).orElseGet(() -> owning(request, lease -> launch(lease, request, observer)));
    }

    /** An owner that has just begun has not said with which run; then the last one that is known is named. */
    private LaunchOutcome owning(LaunchRequest request, Function<Lease, LaunchOutcome> work) {
        LaunchOutcome outcome = gate.owning(request.instance(), work);
        if (outcome.exitCode() != ExitCode.ALREADY_RUNNING || outcome.runId() != null) {
            return outcome;
        }
        LaunchRequest current = current(request);
        JobExecution last = runs.last(current.job(), current.parameters());
        return last == null
                ? outcome
                : outcome.with(
                        last.getId(),
                        "its last run so far is run %d; see 'show %d'".formatted(last.getId(), last.getId()));
    }

    /** In a new generation, if the current one is finished. */
    LaunchOutcome rerun(LaunchRequest request, long run, LaunchObserver observer) {
        return owning(request, lease -> {
            LaunchRequest current = current(request);
            JobExecution last = runs.lastOfRepaired(lease, current.job(), current.parameters());
            if (last == null) {
                // raised by somebody who died before it began
                return launch(lease, current, observer);
            }
            if (last.getStatus() != BatchStatus.COMPLETED && last.getStatus() != BatchStatus.ABANDONED) {
                return unfinished(last);
            }
            InstanceKey instance = current.instance();
            LaunchRequest next = current.inGeneration(instance.generation() + 1);
            return checks.refusal(next, next.instance(), null).orElseGet(() -> {
                generations.raise(instance, current.parameters(), run, lease.fence());
                return launch(lease, next, observer);
            });
        });
    }

    private static LaunchOutcome unfinished(JobExecution last) {
        return LaunchOutcome.of(
                ExitCode.INVALID,
                last.getId(),
                "run %d is %s, not finished: 'restart %d' resumes it; what is completed or abandoned can be re-run"
                        .formatted(last.getId(), last.getStatus(), last.getId()));
    }

    LaunchRequest current(LaunchRequest request) {
        return request.inGeneration(generations.current(request.instance()));
    }

    /** What checks may say before; the gate decides under the lease. */
    private Optional<LaunchOutcome> refusal(LaunchRequest request) {
        Long completed = completedRun(request);
        return checks.refusal(request, request.instance(), completed)
                .map(refused -> completed == null || refused.exitCode() != ExitCode.ALREADY_COMPLETED
                        ? refused
                        : refused.with(completed, "'rerun %d --reason <why>' does it anew".formatted(completed)));
    }

    private @Nullable Long completedRun(LaunchRequest request) {
        JobExecution last = runs.last(request.job(), request.parameters());
        return last != null && last.getStatus() == BatchStatus.COMPLETED ? last.getId() : null;
    }

    private LaunchOutcome launch(Lease lease, LaunchRequest request, LaunchObserver observer) {
        Job job = jobs.get(request.job());
        if (job == null) {
            return LaunchOutcome.of(
                    ExitCode.INVALID,
                    null,
                    "there is no job named '%s' any more; jobs: %s".formatted(request.job(), jobs.keySet()));
        }
        LaunchObserver inWords =
                (run, name, parameters, resumed) -> observer.running(run, name, request.values(), resumed);
        return gate.launch(lease, job, request.parameters(), inWords);
    }
}
