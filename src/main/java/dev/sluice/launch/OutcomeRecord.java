package dev.sluice.launch;

import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;

/** Stores an ended run's exit code and words instead of the stack trace that Spring Batch would store. */
final class OutcomeRecord implements JobExecutionListener {

    private final RunOutcomes outcomes = new RunOutcomes();

    @Override
    public void afterJob(JobExecution execution) {
        LaunchOutcome outcome = outcomes.of(execution);
        execution.setExitStatus(new ExitStatus(outcome.exitCode().name(), String.join("\n", outcome.messages())));
    }
}
