package dev.sluice.launch;

import dev.sluice.definition.JobArguments;
import dev.sluice.definition.JobDefinition;
import dev.sluice.definition.JobDefinitions;
import dev.sluice.definition.SecretText;
import dev.sluice.definition.Suggestion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.batch.core.job.JobExecution;

/**
 * Everything that people and programs may do to runs. Thread-safe; start, restart and rerun block until the run has
 * ended. What is done to a run that is there is noted as an action, with who, when, why, before and after.
 */
public final class Launcher {

    private final JobDefinitions definitions;
    private final InstanceRuns runs;
    private final ActionLog log;
    private final Verbs verbs;

    /** What does the work. */
    record Verbs(Starts starts, Stops stops, Endings endings, RestartPlans plans) {}

    Launcher(JobDefinitions definitions, InstanceRuns runs, ActionLog log, Verbs verbs) {
        this.definitions = definitions;
        this.runs = runs;
        this.log = log;
        this.verbs = verbs;
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
        return Unavailability.guard(() -> verbs.starts().start(request, observer));
    }

    /**
     * Starts a job with what a run had set aside, as {@link #start}; that run has the action.
     *
     * @param given as the start's; how they come of the run's own is the caller's to know
     */
    public LaunchOutcome redrive(
            long runId, Map<String, String> given, Path workingDirectory, Instruction by, LaunchObserver observer) {
        return noted(
                runId,
                "redrive",
                by,
                run -> start(run.getJobInstance().getJobName(), given, workingDirectory, observer));
    }

    /** Resumes the instance of a run that did not complete, with that run's own parameters. */
    public LaunchOutcome restart(long runId, LaunchObserver observer) {
        return restart(runId, Instruction.ofThisUser(null), observer);
    }

    /** As {@link #restart(long, LaunchObserver)}, on somebody's behalf. */
    public LaunchOutcome restart(long runId, Instruction by, LaunchObserver observer) {
        return noted(runId, "restart", by, run -> verbs.starts().restart(LaunchRequest.of(run), observer));
    }

    /**
     * Does the work of a completed or abandoned instance anew, as its next generation; resumes a generation that was
     * raised and never begun.
     *
     * @param by has to say why
     */
    public LaunchOutcome rerun(long runId, Instruction by, LaunchObserver observer) {
        if (by.why() == null || by.why().isBlank()) {
            return LaunchOutcome.of(
                    ExitCode.INVALID, null, "a re-run needs a reason, which is kept: --reason 'why it has to be'");
        }
        return noted(runId, "rerun", by, run -> verbs.starts().rerun(LaunchRequest.of(run), runId, observer));
    }

    /** Marks a run whose owner is dead as failed, so that it can be restarted; runs nothing. */
    public LaunchOutcome recover(long runId) {
        return recover(runId, Instruction.ofThisUser(null));
    }

    /**
     * As {@link #recover(long)}, on somebody's behalf. First finds out what became of the effects whose outcome is not
     * known; while BigQuery cannot be asked, nothing is marked.
     */
    public LaunchOutcome recover(long runId, Instruction by) {
        return noted(runId, "recover", by, run -> verbs.endings().recover(runId));
    }

    /** Makes sure that nobody resumes a run that did not complete and that nobody owns. */
    public LaunchOutcome abandon(long runId, Instruction by) {
        return noted(runId, "abandon", by, run -> verbs.endings().abandon(runId));
    }

    /**
     * Asks a run's owner to stop, and waits until it has let go. What it is in the middle of ends first, except BigQuery
     * jobs that may be cancelled.
     *
     * @param limit how long to wait
     * @param news told what is waited for
     * @return COMPLETED if the run is stopped, ALREADY_RUNNING if it still is on its way
     */
    public LaunchOutcome stop(long runId, Instruction by, Duration limit, Consumer<String> news) {
        return noted(runId, "stop", by, run -> verbs.stops().stop(run, limit, news));
    }

    /** Foretells what a restart would do; changes nothing. */
    public RestartPlan planRestart(long runId) {
        JobExecution run = runs.find(runId);
        return run == null
                ? RestartPlan.refused(unknownRun(runId))
                : verbs.plans().of(run);
    }

    private LaunchOutcome noted(long runId, String verb, Instruction by, Function<JobExecution, LaunchOutcome> action) {
        Optional<String> problem = problem(by);
        if (problem.isPresent()) {
            return LaunchOutcome.of(ExitCode.INVALID, null, problem.get());
        }
        return Unavailability.guard(() -> {
            JobExecution run = runs.find(runId);
            return run == null ? unknownRun(runId) : log.noted(run, verb, by, () -> action.apply(run));
        });
    }

    private static Optional<String> problem(Instruction by) {
        String why = by.why() == null ? "" : by.why();
        if (why.length() > Instruction.LONGEST_REASON) {
            return Optional.of("the reason has %d characters; %d are kept, say it shorter"
                    .formatted(why.length(), Instruction.LONGEST_REASON));
        }
        return SecretText.isIn(why)
                ? Optional.of("the reason looks like it holds a secret, and it is kept for all to read; leave it out")
                : Optional.empty();
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
}
