package dev.sluice.jobs.bulkinsert;

import dev.sluice.bigquery.Tier;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Removes the staging table; what it held is visible in the target by now. */
final class DropStagingTasklet implements Tasklet {

    private final BulkInsertRuns runs;
    private final Door door;

    DropStagingTasklet(BulkInsertRuns runs, Door door) {
        this.runs = runs;
        this.door = door;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        BulkInsertRun run = runs.of(contribution.getStepExecution().getJobExecution());
        run.fence().verify();
        door.tables().drop(run.staging(), door.deadlines().start(Tier.BATCH));
        if (run.input().isReadByBigQuery()) {
            door.tables().drop(RawTables.raw(run.staging()), door.deadlines().start(Tier.BATCH));
        }
        return RepeatStatus.FINISHED;
    }
}
