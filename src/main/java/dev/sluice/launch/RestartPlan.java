package dev.sluice.launch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a restart would do; the component names are those of the {@code --json} form.
 *
 * @param run that would be restarted; null if there is none
 * @param exitCode what a restart would answer at once; 0 if it would run
 * @param messages why it would not, for people
 */
public record RestartPlan(
        @Nullable Long run,
        int exitCode,
        List<String> messages,
        List<PlannedStep> steps,
        List<PlannedJob> bigQueryJobs) {

    /**
     * One step.
     *
     * @param status of its last execution; null if it has not run
     * @param plan skip, continue or run
     * @param read items, up to its last commit
     */
    public record PlannedStep(String name, @Nullable String status, String plan, long read, long written) {}

    /**
     * One intended effect.
     *
     * @param state as the ledger has it
     * @param plan keep, adopt, await, send again, send anew or refuse
     */
    public record PlannedJob(String id, String step, String type, String destination, String state, String plan) {}

    static RestartPlan refused(LaunchOutcome outcome) {
        return new RestartPlan(outcome.runId(), outcome.exitCode().number(), outcome.messages(), List.of(), List.of());
    }
}
