package dev.sluice.jobs.bulkinsert;

import dev.sluice.bigquery.BigQueryJobs;
import dev.sluice.definition.RunProgress;
import dev.sluice.item.LoadProgress;
import dev.sluice.item.LoadUnit;
import dev.sluice.item.ReadAhead;
import dev.sluice.item.RejectFile;
import dev.sluice.item.SourcePosition;
import dev.sluice.item.UnitReader;
import dev.sluice.ledger.DeadLetters;
import dev.sluice.ledger.IntentState;
import dev.sluice.ledger.Intents;
import dev.sluice.ledger.SourceRecord;
import dev.sluice.ledger.Sources;
import java.io.IOException;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * The staging step's two ends: reads load units from the source and loads each into the staging table, one per chunk.
 * Rows that cannot be loaded are set aside first. For one step execution; not thread-safe.
 */
final class StagingStream implements ItemStreamReader<LoadUnit>, ItemWriter<LoadUnit>, StepExecutionListener {

    private final BulkInsertRuns runs;
    private final BigQueryJobs jobs;
    private final Intents intents;
    private final DeadLetters deadLetters;
    private final Sources sources;
    private final SourceDigests digests;
    private final RunProgress progress;
    private final Wires wires;

    private @Nullable Bound bound;
    private long rows;

    /** What belongs to one step execution. */
    private record Bound(
            BulkInsertRun run,
            ReadAhead reader,
            UnitLoad load,
            Rejects rejects,
            SourceRecord source,
            SourceWatch watch) {}

    /** What staging alone needs of the ledger, the display of progress, and the way out. */
    record Ports(Intents intents, DeadLetters deadLetters, RunProgress progress, Wires wires) {}

    StagingStream(BulkInsertRuns runs, BulkInsertJob.Parts parts, Ports ports) {
        this.runs = runs;
        this.jobs = parts.door().jobs();
        this.intents = ports.intents();
        this.deadLetters = ports.deadLetters();
        this.sources = parts.ledger().sources();
        this.digests = parts.digests();
        this.progress = ports.progress();
        this.wires = ports.wires();
    }

    @Override
    public void beforeStep(StepExecution step) {
        BulkInsertRun run = runs.of(step.getJobExecution());
        SourceRecord source = sources.find(run.instance()).orElseThrow();
        bound = new Bound(
                run,
                new ReadAhead(new UnitReader(run.source(), position -> interruptedUnit(run, position)), run.wanted()),
                new UnitLoad(jobs, run, source.digest(), wires.of(run)),
                new Rejects(run, new RejectFile(run.rejectFile()), deadLetters),
                source,
                new SourceWatch(run.input().files(), digests, source, run.wanted()));
    }

    /** An open intent that begins where we are says where its unit ended, whatever the unit size is now. */
    private OptionalLong interruptedUnit(BulkInsertRun run, SourcePosition position) {
        String prefix = run.placed("bytes " + position.total() + "-");
        return intents.of(run.instance(), BulkInsertJob.STAGE_ROWS).stream()
                .filter(intent -> intent.state() != IntentState.FAILED)
                .map(intent -> intent.key().range())
                .filter(range -> range.startsWith(prefix))
                .mapToLong(range -> Long.parseLong(range.substring(prefix.length())))
                .max();
    }

    private Bound bound() {
        return Objects.requireNonNull(bound, "a step execution comes first");
    }

    @Override
    public void open(ExecutionContext context) {
        bound().watch().begin();
        bound().reader().open(context);
        bound().rejects().open(context);
        rows = LoadProgress.from(context).rowsAccepted();
    }

    @Override
    public @Nullable LoadUnit read() throws IOException {
        return bound().reader().read();
    }

    @Override
    public void write(Chunk<? extends LoadUnit> chunk) {
        bound().run().fence().verify();
        for (LoadUnit unit : chunk) {
            bound().watch().beforeSending(unit);
            bound().rejects().setAside(unit);
            if (unit.rowsAccepted() > 0) {
                bound().load().load(unit);
            }
            bound().watch().beforeCommitting();
            unit.release();
            rows += unit.rowsAccepted();
            progress.report(
                    bound().run().runId(),
                    new RunProgress.Snapshot(
                            BulkInsertJob.STAGE_ROWS,
                            rows,
                            unit.to(),
                            bound().source().sizeBytes()));
        }
    }

    @Override
    public void update(ExecutionContext context) {
        bound().reader().update(context);
        bound().rejects().update(context);
    }

    @Override
    public void close() {
        Bound ended = bound;
        bound = null;
        if (ended != null) {
            try {
                ended.reader().close();
            } finally {
                ended.watch().close();
            }
        }
    }
}
