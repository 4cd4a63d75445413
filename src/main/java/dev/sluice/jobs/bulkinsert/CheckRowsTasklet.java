package dev.sluice.jobs.bulkinsert;

import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.Schema;
import dev.sluice.item.LoadProgress;
import dev.sluice.item.Sha256;
import dev.sluice.item.SourceFormat;
import dev.sluice.ledger.SourceRecord;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Moves the rows of the raw table into staging, wrong ones with the reason, and records what the source contains. */
final class CheckRowsTasklet implements Tasklet {

    static final String STEP = "checkRows";

    private final BulkInsertRuns runs;
    private final Door door;
    private final StagedRows stagedRows;
    private final PublishRowsTasklet.Ledger ledger;

    CheckRowsTasklet(BulkInsertRuns runs, BulkInsertJob.Parts parts, StagedRows stagedRows) {
        this.runs = runs;
        this.door = parts.door();
        this.stagedRows = stagedRows;
        this.ledger = parts.ledger();
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        StepExecution step = contribution.getStepExecution();
        BulkInsertRun run = runs.of(step.getJobExecution());
        long loaded = stagedRows.staged(step.getJobExecution()).rowsRead();
        long moved = loaded == 0 ? 0 : check(run);
        Weight weight = weigh(run);
        requireAll(run, loaded, moved, weight);
        record(run, weight, stagedRows.staged(step.getJobExecution()).position().total());
        weight.counts().save(step.getExecutionContext());
        return RepeatStatus.FINISHED;
    }

    private long check(BulkInsertRun run) {
        SourceFormat format = run.input().layout().format();
        List<String> header = format == SourceFormat.CSV ? CsvHeaders.of(run, door) : List.of();
        var statements = new RawStatements(door.sql(), run, columns(run, header));
        String digest = name(run);
        long moved = door.jobs()
                .execute(run.effect(STEP, "all rows", digest, false), statements.check(header))
                .rowsInserted();
        if (run.parameters().mode().isKeyed()) {
            door.jobs().execute(run.effect(STEP, "faulty rows", digest, false), statements.mark());
        }
        return moved;
    }

    private RawColumns columns(BulkInsertRun run, List<String> header) {
        return switch (run.input().layout().format()) {
            case NDJSON -> RawColumns.ofLines(run);
            case CSV -> RawColumns.ofFields(run, header);
            case AVRO, PARQUET -> RawColumns.ofTyped(run, schema(run));
        };
    }

    private Schema schema(BulkInsertRun run) {
        return door.schema(RawTables.raw(run.staging()))
                .orElseThrow(() -> new IllegalStateException(
                        "the raw table of the run is gone; it expires: start with a batch label"));
    }

    /** What an effect carries, as far as it is known by now. */
    private String name(BulkInsertRun run) {
        return run.input().isObjects()
                ? Sha256.of(String.join(",", run.input().uris()))
                : ledger.sources().find(run.instance()).orElseThrow().digest();
    }

    /** What is in staging: how much, and a fingerprint. */
    private record Weight(LoadProgress counts, String fingerprint) {}

    private Weight weigh(BulkInsertRun run) {
        FieldValueList row =
                door.rows(new Statements(door.sql(), run).weighRows()).get(0);
        String sums = row.stream()
                .map(value -> value.isNull() ? "" : value.getStringValue())
                .collect(Collectors.joining("\n"));
        var start = LoadProgress.from(new ExecutionContext()).position();
        return new Weight(
                new LoadProgress(start, row.get(0).getLongValue(), row.get(1).getLongValue()), Sha256.of(sums));
    }

    /** Files that tell their types have no row that is none. */
    private static void requireAll(BulkInsertRun run, long loaded, long moved, Weight weight) {
        long read = weight.counts().rowsRead();
        boolean text = run.input().layout().format().isText();
        if (read != moved || read > loaded || !text && read < loaded) {
            throw new ReceiptMismatch("cannot publish %s: BigQuery read %d rows, moved %d of them and has %d in staging"
                    .formatted(run.parameters().source(), loaded, moved, read));
        }
    }

    /** Who reads the same rows as somebody else has published learns it here, before they are looked at any further. */
    private void record(BulkInsertRun run, Weight weight, long bytes) {
        if (!run.input().isObjects()) {
            return;
        }
        String source = run.parameters().source();
        ledger.sources()
                .record(run.instance(), new SourceRecord(source, weight.fingerprint(), bytes, run.runId(), null));
        if (run.parameters().mode().isKeyed()) {
            return;
        }
        ledger.publications()
                .find(BulkInsertRun.contentKey(run.target(), run.parameters(), run.instance(), weight.fingerprint()))
                .filter(publication -> !publication.instance().equals(run.instance()))
                .ifPresent(publication -> {
                    throw new ContentTaken(source, publication);
                });
    }
}
