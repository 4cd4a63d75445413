package dev.sluice.jobs.retention;

import java.util.function.Supplier;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

/** A step that is built anew for each execution: its reader knows where it is, and several runs may go on at once. */
record FreshStep(String name, Supplier<Step> step) implements Step {

    @Override
    public String getName() {
        return name;
    }

    @Override
    public void execute(StepExecution execution) throws JobInterruptedException {
        step.get().execute(execution);
    }
}
