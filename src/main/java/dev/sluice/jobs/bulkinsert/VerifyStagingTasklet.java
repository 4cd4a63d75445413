package dev.sluice.jobs.bulkinsert;

import dev.sluice.bigquery.QueryRows;
import dev.sluice.bigquery.SqlIdentifier;
import dev.sluice.bigquery.SqlStatement;
import dev.sluice.bigquery.Tier;
import dev.sluice.item.FencedCommit;
import dev.sluice.item.LoadProgress;
import dev.sluice.ledger.Sources;
import java.util.Map;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Compares the source with what it was, and the staging table with what was accepted, before anything is published. */
final class VerifyStagingTasklet implements Tasklet {

    private final BulkInsertRuns runs;
    private final Door door;
    private final StagedRows stagedRows;
    private final FencedCommit commit;
    private final SourceDigests digests;
    private final Sources sources;

    VerifyStagingTasklet(BulkInsertRuns runs, BulkInsertJob.Parts parts, StagedRows stagedRows) {
        this.runs = runs;
        this.door = parts.door();
        this.stagedRows = stagedRows;
        this.commit = parts.commit();
        this.digests = parts.digests();
        this.sources = parts.ledger().sources();
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        BulkInsertRun run = runs.of(contribution.getStepExecution().getJobExecution());
        commit.guard(run.fence());
        LoadProgress accepted = stagedRows.of(contribution.getStepExecution().getJobExecution());
        requireSameSource(run);
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

    /** Costs a look at size and modification time, unless they differ from those of the digest. */
    private void requireSameSource(BulkInsertRun run) {
        String began = sources.find(run.instance()).orElseThrow().digest();
        if (!digests.of(run.parameters().source()).sha256().equals(began)) {
            throw new SourceChanged(run.parameters().source());
        }
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
