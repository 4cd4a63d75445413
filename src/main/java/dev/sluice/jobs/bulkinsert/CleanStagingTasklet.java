package dev.sluice.jobs.bulkinsert;

import dev.sluice.item.LoadProgress;
import dev.sluice.ledger.EffectReceipt;
import dev.sluice.ledger.Sources;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Takes out of staging what the second pass has set aside. */
final class CleanStagingTasklet implements Tasklet {

    private static final String STEP = "cleanStaging";

    private final BulkInsertRuns runs;
    private final Door door;
    private final StagedRows stagedRows;
    private final Sources sources;

    CleanStagingTasklet(BulkInsertRuns runs, BulkInsertJob.Parts parts, StagedRows stagedRows) {
        this.runs = runs;
        this.door = parts.door();
        this.stagedRows = stagedRows;
        this.sources = parts.ledger().sources();
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        JobExecution execution = contribution.getStepExecution().getJobExecution();
        BulkInsertRun run = runs.of(execution);
        LoadProgress staged = stagedRows.staged(execution);
        long faulty = staged.rowsAccepted() - stagedRows.of(execution).rowsAccepted();
        if (faulty > 0) {
            remove(run, faulty);
        }
        return RepeatStatus.FINISHED;
    }

    private void remove(BulkInsertRun run, long faulty) {
        String digest = sources.find(run.instance()).orElseThrow().digest();
        EffectReceipt receipt = door.jobs()
                .execute(
                        run.effect(STEP, "faulty rows", digest, false),
                        new Statements(door.sql(), run).removeFaultyRows());
        if (receipt.rowsDeleted() != faulty) {
            throw new ReceiptMismatch("cannot publish %s: %d staged rows were set aside but %d taken out of staging"
                    .formatted(run.parameters().source(), faulty, receipt.rowsDeleted()));
        }
    }
}
