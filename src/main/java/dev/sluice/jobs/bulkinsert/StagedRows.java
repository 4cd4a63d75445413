package dev.sluice.jobs.bulkinsert;

import dev.sluice.item.LoadProgress;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/** The counts of the staging step, whichever run of the instance finished it. */
final class StagedRows {

    private final JobRepository repository;

    StagedRows(JobRepository repository) {
        this.repository = repository;
    }

    LoadProgress of(JobExecution execution) {
        StepExecution step = repository.getLastStepExecution(execution.getJobInstance(), BulkInsertJob.STAGE_ROWS);
        if (step == null) {
            throw new IllegalStateException("step %s has not run".formatted(BulkInsertJob.STAGE_ROWS));
        }
        return LoadProgress.from(step.getExecutionContext());
    }
}
