package dev.sluice.launch;

import dev.sluice.definition.RunProgress;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;

/** Forgets how far a run had come when it ends: a process that serves sees many. */
record ProgressEnd(RunProgress progress) implements JobExecutionListener {

    @Override
    public void afterJob(JobExecution execution) {
        progress.forget(execution.getId());
    }
}
