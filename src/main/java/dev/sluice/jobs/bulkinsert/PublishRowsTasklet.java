package dev.sluice.jobs.bulkinsert;

import dev.sluice.bigquery.SqlIdentifier;
import dev.sluice.bigquery.SqlStatement;
import dev.sluice.bigquery.catalogue.TableColumn;
import dev.sluice.item.FencedCommit;
import dev.sluice.item.LoadProgress;
import dev.sluice.ledger.EffectReceipt;
import dev.sluice.ledger.Publication;
import dev.sluice.ledger.Publications;
import dev.sluice.ledger.Receipt;
import dev.sluice.ledger.Receipts;
import dev.sluice.ledger.SourceRecord;
import dev.sluice.ledger.Sources;
import java.util.Map;
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
    private final FencedCommit commit;

    /** What this family records beside its intents. */
    record Ledger(Sources sources, Publications publications, Receipts receipts) {}

    PublishRowsTasklet(BulkInsertRuns runs, Door door, StagedRows stagedRows, Ledger ledger, FencedCommit commit) {
        this.runs = runs;
        this.door = door;
        this.stagedRows = stagedRows;
        this.ledger = ledger;
        this.commit = commit;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        JobExecution execution = contribution.getStepExecution().getJobExecution();
        BulkInsertRun run = runs.of(execution);
        commit.guard(run.fence());
        SourceRecord source = ledger.sources().find(run.instance()).orElseThrow();
        String content = BulkInsertRun.contentKey(run.target(), run.parameters(), source.digest());
        LoadProgress accepted = stagedRows.of(execution);
        long inserted = accepted.rowsAccepted() == 0 ? 0 : insert(run, content, source);
        if (inserted != accepted.rowsAccepted()) {
            throw new ReceiptMismatch("cannot complete %s: %d rows were staged but %d inserted into %s"
                    .formatted(
                            run.parameters().source(),
                            accepted.rowsAccepted(),
                            inserted,
                            BulkInsertRun.name(run.target())));
        }
        ledger.receipts().save(run.instance(), run.runId(), receipt(run, source, accepted, inserted));
        return RepeatStatus.FINISHED;
    }

    private void claim(BulkInsertRun run, String content, SourceRecord source) {
        Publication claimed = ledger.publications()
                .claim(content, BulkInsertRun.name(run.target()), source.digest(), run.instance(), run.runId());
        if (!claimed.instance().equals(run.instance())) {
            throw new ContentTaken(run.parameters().source(), BulkInsertRun.name(run.target()), claimed.runId());
        }
    }

    private long insert(BulkInsertRun run, String content, SourceRecord source) {
        claim(run, content, source);
        SqlStatement publish = door.sql()
                .statement(
                        "bulk-insert/publish.sql",
                        Map.of(
                                "target", new SqlIdentifier.Table(run.target()),
                                "staging", new SqlIdentifier.Table(run.staging()),
                                "columns", columns(run)),
                        Map.of());
        EffectReceipt receipt = door.jobs()
                .execute(run.effect(BulkInsertJob.PUBLISH_ROWS, "all rows", source.digest(), false), publish);
        ledger.publications().confirm(content);
        return receipt.rowsInserted();
    }

    private static SqlIdentifier columns(BulkInsertRun run) {
        return new SqlIdentifier.Columns(
                run.table().columns().stream().map(TableColumn::name).toList());
    }

    private static Receipt receipt(BulkInsertRun run, SourceRecord source, LoadProgress accepted, long inserted) {
        String rejectFile =
                accepted.rowsRejected() == 0 ? null : run.rejectFile().toString();
        return new Receipt(
                accepted.rowsRead(),
                accepted.rowsRejected(),
                accepted.rowsAccepted(),
                inserted,
                0,
                0,
                source.digest(),
                rejectFile);
    }
}
