package dev.sluice.launch;

import dev.sluice.ledger.Actions;
import java.util.function.Supplier;
import org.springframework.batch.core.job.JobExecution;

/** Notes around a verb who gave it, when, why, and what was before and after. */
final class ActionLog {

    private final Actions actions;
    private final InstanceRuns runs;

    ActionLog(Actions actions, InstanceRuns runs) {
        this.actions = actions;
        this.runs = runs;
    }

    /** An action that ends with an exception stays without an end. */
    LaunchOutcome noted(JobExecution run, String verb, Instruction by, Supplier<LaunchOutcome> action) {
        long number = actions.begin(
                run.getId(), verb, by.who(), by.why(), run.getStatus().name());
        LaunchOutcome outcome = action.get();
        actions.end(number, after(run.getId(), outcome), outcome.exitCode().name());
        return outcome;
    }

    /** The status of the run, or of the one that came of it. */
    private String after(long run, LaunchOutcome outcome) {
        Long followed = outcome.runId();
        JobExecution now = runs.find(followed == null ? run : followed);
        if (now == null) {
            return "unknown";
        }
        return now.getId() == run ? now.getStatus().name() : "run %d %s".formatted(now.getId(), now.getStatus());
    }
}
