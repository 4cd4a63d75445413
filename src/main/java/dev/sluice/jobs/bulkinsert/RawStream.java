package dev.sluice.jobs.bulkinsert;

import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.TableId;
import dev.sluice.bigquery.BigQueryFailure;
import dev.sluice.bigquery.Deadline;
import dev.sluice.bigquery.FileLoad;
import dev.sluice.bigquery.Tier;
import dev.sluice.definition.RunProgress;
import dev.sluice.item.ContentDigest;
import dev.sluice.item.LoadProgress;
import dev.sluice.item.SourcePosition;
import dev.sluice.ledger.EffectReceipt;
import dev.sluice.ledger.Sources;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Has BigQuery read a source into the raw table: one load job per file, or one for all objects. A restart goes on behind
 * the last file. For one step execution; not thread-safe.
 */
final class RawStream implements ItemStreamReader<RawUnit>, ItemWriter<RawUnit>, StepExecutionListener {

    private final BulkInsertRuns runs;
    private final BulkInsertJob.Parts parts;
    private final Door door;
    private final Sources sources;
    private final RunProgress progress;
    private final Duration rawLifetime;

    private @Nullable BulkInsertRun run;
    private List<RawUnit> units = List.of();
    private LoadProgress loaded = LoadProgress.from(new ExecutionContext());
    private int next;

    /** @param rawLifetime after which an abandoned raw table removes itself */
    RawStream(BulkInsertRuns runs, BulkInsertJob.Parts parts, RunProgress progress, Duration rawLifetime) {
        this.runs = runs;
        this.parts = parts;
        this.door = parts.door();
        this.sources = parts.ledger().sources();
        this.progress = progress;
        this.rawLifetime = rawLifetime;
    }

    @Override
    public void beforeStep(StepExecution step) {
        run = runs.of(step.getJobExecution());
        units = RawUnit.of(run().input(), RunDigests.of(run(), parts.digests()));
    }

    private BulkInsertRun run() {
        return Objects.requireNonNull(run, "a step execution comes first");
    }

    @Override
    public void open(ExecutionContext context) {
        requireWhatBegan();
        loaded = LoadProgress.from(context);
        next = loaded.position().file();
        if (next < units.size()) {
            createRaw();
        }
    }

    /** What objects contain nobody has read. */
    private void requireWhatBegan() {
        if (run().input().isObjects()) {
            return;
        }
        String began = sources.find(run().instance()).orElseThrow().digest();
        List<String> files = units.stream().map(RawUnit::digest).toList();
        String now = ContentDigest.ofPieces(files, total()).sha256();
        if (!now.equals(began)) {
            throw new SourceChanged(run().parameters().source(), began, now);
        }
    }

    private void createRaw() {
        run().fence().verify();
        Deadline deadline = door.deadlines().start(Tier.BATCH);
        TableId raw = RawTables.raw(run().staging());
        door.tables().createDataset(DatasetId.of(raw.getProject(), raw.getDataset()), deadline);
        door.tables().createStaging(raw, RawTables.UNKNOWN, rawLifetime, deadline);
    }

    @Override
    public @Nullable RawUnit read() {
        return next < units.size() ? units.get(next++) : null;
    }

    @Override
    public void write(Chunk<? extends RawUnit> chunk) {
        for (RawUnit unit : chunk) {
            long rows = load(unit).rowsOut();
            unit.requireUntouched();
            long bytes = loaded.position().total() + unit.bytes();
            loaded = new LoadProgress(
                    new SourcePosition(unit.number() + 1, 0, 1, bytes),
                    loaded.rowsRead() + rows,
                    loaded.rowsRejected());
            progress.report(
                    run().runId(),
                    new RunProgress.Snapshot(BulkInsertJob.STAGE_ROWS, loaded.rowsRead(), bytes, total()));
        }
    }

    private long total() {
        return units.stream().mapToLong(RawUnit::bytes).sum();
    }

    private EffectReceipt load(RawUnit unit) {
        var layout =
                RawLayout.of(run().input().layout(), run().table().columns().size());
        var request = new FileLoad(RawTables.raw(run().staging()), layout, unit.origin(), unit.number() == 0);
        try {
            return door.jobs().load(run().effect(BulkInsertJob.STAGE_ROWS, unit.range(), unit.digest(), true), request);
        } catch (BigQueryFailure.Permanent e) {
            unit.requireUntouched();
            throw new UnreadSource(unit.name(), e);
        }
    }

    @Override
    public void update(ExecutionContext context) {
        loaded.save(context);
    }

    @Override
    public void close() {
        units = List.of();
    }
}
