package dev.sluice.jobs.bulkinsert;

import dev.sluice.bigquery.QueryRows;
import dev.sluice.bigquery.SqlIdentifier;
import dev.sluice.bigquery.SqlStatement;
import dev.sluice.bigquery.Tier;
import dev.sluice.item.FencedCommit;
import dev.sluice.item.LoadProgress;
import java.util.Map;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Counts the staging table and compares with what was accepted; nothing is published on a difference. */
final class VerifyStagingTasklet implements Tasklet {

    private final BulkInsertRuns runs;
    private final Door door;
    private final StagedRows stagedRows;
    private final FencedCommit commit;

    VerifyStagingTasklet(BulkInsertRuns runs, Door door, StagedRows stagedRows, FencedCommit commit) {
        this.runs = runs;
        this.door = door;
        this.stagedRows = stagedRows;
        this.commit = commit;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        BulkInsertRun run = runs.of(contribution.getStepExecution().getJobExecution());
        commit.guard(run.fence());
        LoadProgress accepted = stagedRows.of(contribution.getStepExecution().getJobExecution());
        long staged = count(run);
        if (staged != accepted.rowsAccepted()) {
            throw new ReceiptMismatch("cannot publish %s: %d rows were accepted but %d are in staging table %s"
                    .formatted(
                            run.parameters().source(),
                            accepted.rowsAccepted(),
                            staged,
                            run.staging().getDataset() + "." + run.staging().getTable()));
        }
        return RepeatStatus.FINISHED;
    }

    private long count(BulkInsertRun run) {
        SqlStatement count = door.sql()
                .statement(
                        "bulk-insert/count-staged.sql",
                        Map.of("staging", new SqlIdentifier.Table(run.staging())),
                        Map.of());
        QueryRows result = door.jobs().query(count, door.deadlines().start(Tier.BATCH));
        return result.rows().get(0).get(0).getLongValue();
    }
}
