package dev.sluice.jobs.bulkinsert;

import dev.sluice.bigquery.Effect;
import dev.sluice.item.LoadProgress;
import dev.sluice.ledger.EffectKey;
import dev.sluice.ledger.EffectReceipt;
import dev.sluice.ledger.Publication;
import dev.sluice.ledger.Publications;
import dev.sluice.ledger.Receipt;
import dev.sluice.ledger.Receipts;
import dev.sluice.ledger.SourceRecord;
import dev.sluice.ledger.Sources;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Makes all staged rows visible in one BigQuery job and writes the receipt from that job's own statistics. */
final class PublishRowsTasklet implements Tasklet {

    private final BulkInsertRuns runs;
    private final Door door;
    private final StagedRows stagedRows;
    private final Ledger ledger;

    /** What this family records beside its intents. */
    record Ledger(Sources sources, Publications publications, Receipts receipts) {}

    PublishRowsTasklet(BulkInsertRuns runs, Door door, StagedRows stagedRows, Ledger ledger) {
        this.runs = runs;
        this.door = door;
        this.stagedRows = stagedRows;
        this.ledger = ledger;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        JobExecution execution = contribution.getStepExecution().getJobExecution();
        BulkInsertRun run = runs.of(execution);
        SourceRecord source = ledger.sources().find(run.instance()).orElseThrow();
        LoadProgress accepted = stagedRows.of(execution);
        Changes changes = accepted.rowsAccepted() == 0 ? Changes.NONE : publish(run, source, accepted.rowsAccepted());
        run.fence().verify();
        ledger.receipts().save(run.instance(), run.runId(), receipt(run, source, accepted, changes));
        return RepeatStatus.FINISHED;
    }

    /**
     * What the publishing BigQuery job did with the target's rows.
     *
     * @param unchanged staged rows that were there already, as they are
     */
    private record Changes(long inserted, long updated, long unchanged, long deleted) {

        static final Changes NONE = new Changes(0, 0, 0, 0);
    }

    private Changes publish(BulkInsertRun run, SourceRecord source, long staged) {
        String content = BulkInsertRun.contentKey(run.target(), run.parameters(), run.instance(), source.digest());
        boolean once = !run.parameters().mode().isKeyed();
        Effect publishing = run.effect(BulkInsertJob.PUBLISH_ROWS, "all rows", source.digest(), false);
        if (once) {
            claim(run, content, publishing.key());
        }
        EffectReceipt job = door.jobs().execute(publishing, new Statements(door.sql(), run).publish());
        if (once) {
            ledger.publications().confirm(content, run.instance(), run.runId());
        }
        long unchanged = staged - job.rowsInserted() - job.rowsUpdated();
        if (unchanged < 0 || once && unchanged > 0) {
            throw new ReceiptMismatch(
                    "cannot complete %s: %d rows were staged but %d inserted and %d updated in %s by BigQuery job %s"
                            .formatted(
                                    run.parameters().source(),
                                    staged,
                                    job.rowsInserted(),
                                    job.rowsUpdated(),
                                    BulkInsertRun.name(run.target()),
                                    job.bigQueryJobId()));
        }
        return new Changes(job.rowsInserted(), job.rowsUpdated(), unchanged, job.rowsDeleted());
    }

    private void claim(BulkInsertRun run, String content, EffectKey publishing) {
        Publication claimed =
                ledger.publications().claim(content, BulkInsertRun.name(run.target()), publishing, run.runId());
        if (!claimed.instance().equals(run.instance())) {
            throw new ContentTaken(run.parameters().source(), claimed);
        }
    }

    private static Receipt receipt(BulkInsertRun run, SourceRecord source, LoadProgress accepted, Changes changes) {
        String rejectFile = accepted.rowsRejected() == 0 ? null : run.rejectsAt();
        return new Receipt(
                accepted.rowsRead(),
                accepted.rowsRejected(),
                accepted.rowsAccepted(),
                changes.inserted(),
                changes.updated(),
                changes.unchanged(),
                changes.deleted(),
                source.digest(),
                rejectFile);
    }
}
