package dev.sluice.jobs.bulkinsert;

import dev.sluice.item.LoadProgress;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/** The counts of the steps that read the source, whichever run of the instance finished them. */
final class StagedRows {

    private final JobRepository repository;

    StagedRows(JobRepository repository) {
        this.repository = repository;
    }

    /** What was read, and what of it is to be published. */
    LoadProgress of(JobExecution execution) {
        if (repository.getLastStepExecution(execution.getJobInstance(), CheckRowsTasklet.STEP) != null) {
            return of(execution, BulkInsertJob.SET_ASIDE_ROWS);
        }
        LoadProgress second = of(execution, BulkInsertJob.SET_ASIDE_ROWS);
        return second.rowsRead() > 0 ? second : staged(execution);
    }

    /** What was read, and what of it was staged, though it may have been taken out again. */
    LoadProgress staged(JobExecution execution) {
        return of(execution, BulkInsertJob.STAGE_ROWS);
    }

    /** What of a raw table was found to be rows, and what of them wrong. */
    LoadProgress checked(JobExecution execution) {
        return of(execution, CheckRowsTasklet.STEP);
    }

    private LoadProgress of(JobExecution execution, String stepName) {
        StepExecution step = repository.getLastStepExecution(execution.getJobInstance(), stepName);
        if (step == null) {
            throw new IllegalStateException("step %s has not run".formatted(stepName));
        }
        return LoadProgress.from(step.getExecutionContext());
    }
}
