package dev.sluice.jobs.bulkinsert;

import com.google.cloud.bigquery.FieldValueList;
import dev.sluice.bigquery.SqlStatement;
import dev.sluice.item.LoadProgress;
import dev.sluice.ledger.Sources;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Compares the source with what it was, and the staging table with what was accepted, before anything is published. */
final class VerifyStagingTasklet implements Tasklet {

    private final BulkInsertRuns runs;
    private final Door door;
    private final StagedRows stagedRows;
    private final SourceDigests digests;
    private final Sources sources;

    VerifyStagingTasklet(BulkInsertRuns runs, BulkInsertJob.Parts parts, StagedRows stagedRows) {
        this.runs = runs;
        this.door = parts.door();
        this.stagedRows = stagedRows;
        this.digests = parts.digests();
        this.sources = parts.ledger().sources();
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        BulkInsertRun run = runs.of(contribution.getStepExecution().getJobExecution());
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
        if (run.parameters().mode().isKeyed() && staged > 0) {
            requireNoConflicts(run);
        }
        return RepeatStatus.FINISHED;
    }

    /** What no row of the source can mend; publishing would not know which row is meant. */
    private void requireNoConflicts(BulkInsertRun run) {
        FieldValueList conflicts = first(new Statements(door.sql(), run).countKeyConflicts());
        long repeated = conflicts.get(0).getLongValue();
        long beyond = conflicts.get(1).getLongValue();
        if (repeated > 0) {
            throw new KeyConflict(
                    "%s has %d of the staged keys (%s) more than once"
                            .formatted(BulkInsertRun.name(run.target()), repeated, key(run)),
                    "delete the surplus rows");
        }
        if (beyond > 0) {
            throw new KeyConflict(
                    "%d rows of %s beyond the scope %s have the key (%s) of a staged row"
                            .formatted(
                                    beyond,
                                    BulkInsertRun.name(run.target()),
                                    run.parameters().scope(),
                                    key(run)),
                    "delete them or give them other keys, or take those rows out of the source");
        }
    }

    private static String key(BulkInsertRun run) {
        return String.join(", ", run.table().key());
    }

    /** Costs a look at the stamps, if this process has digested files with the same ones. Objects are read once. */
    private void requireSameSource(BulkInsertRun run) {
        if (run.input().isObjects()) {
            return;
        }
        String began = sources.find(run.instance()).orElseThrow().digest();
        SourceProof now = RunDigests.of(run, digests).prove(run.input().files());
        now.requireContent(run.parameters().source(), began);
    }

    private long count(BulkInsertRun run) {
        return first(new Statements(door.sql(), run).countStaged()).get(0).getLongValue();
    }

    private FieldValueList first(SqlStatement question) {
        return door.rows(question).get(0);
    }
}
