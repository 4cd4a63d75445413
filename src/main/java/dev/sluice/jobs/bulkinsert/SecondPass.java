package dev.sluice.jobs.bulkinsert;

import dev.sluice.item.LoadProgress;
import dev.sluice.item.LoadUnit;
import dev.sluice.item.RejectFile;
import dev.sluice.item.UnitReader;
import dev.sluice.ledger.DeadLetters;
import dev.sluice.ledger.SourceRecord;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Reads the source once more if staging has shown rows to be wrong that are right by themselves, and sets all bad rows
 * aside anew, in the order of the source; reads nothing otherwise. What it reads is what was staged, as {@link SourceWatch}
 * has it. A restart goes on behind the last unit. For one step execution; not thread-safe.
 */
final class SecondPass implements ItemStreamReader<LoadUnit>, ItemWriter<LoadUnit>, StepExecutionListener {

    private final BulkInsertRuns runs;
    private final BulkInsertJob.Parts parts;
    private final DeadLetters deadLetters;

    private @Nullable BulkInsertRun run;
    private @Nullable Pass pass;

    /** A pass that is needed. */
    private record Pass(UnitReader reader, Rejects rejects, SourceWatch watch) {}

    SecondPass(BulkInsertRuns runs, BulkInsertJob.Parts parts, DeadLetters deadLetters) {
        this.runs = runs;
        this.parts = parts;
        this.deadLetters = deadLetters;
    }

    @Override
    public void beforeStep(StepExecution step) {
        run = runs.of(step.getJobExecution());
        pass = null;
    }

    private BulkInsertRun run() {
        return Objects.requireNonNull(run, "a step execution comes first");
    }

    @Override
    public void open(ExecutionContext context) {
        if (!run().parameters().mode().isKeyed()) {
            return;
        }
        FaultyRows faults = FaultyRows.behind(LoadProgress.from(context).rowsRead(), parts.door(), run());
        if (faults.isEmpty() && LoadProgress.from(context).rowsRead() == 0) {
            return;
        }
        var begun = new Pass(
                UnitReader.again(run().source(), faults),
                new Rejects(run(), new RejectFile(run().rejectFile()), deadLetters),
                watch());
        pass = begun;
        begun.watch().begin();
        begun.reader().open(context);
        begun.rejects().open(context);
    }

    private SourceWatch watch() {
        SourceRecord began = parts.ledger().sources().find(run().instance()).orElseThrow();
        return new SourceWatch(run().input().files(), parts.digests(), began, run().wanted());
    }

    /** Not ahead: what goes on here may ask BigQuery, and is done while nothing else is. */
    @Override
    public @Nullable LoadUnit read() throws IOException {
        return pass == null ? null : run().wanted().call("unit-reader", pass.reader()::read);
    }

    @Override
    public void write(Chunk<? extends LoadUnit> chunk) {
        run().fence().verify();
        Pass begun = Objects.requireNonNull(pass, "what is written was read");
        for (LoadUnit unit : chunk) {
            begun.watch().beforeSending(unit);
            begun.rejects().setAside(unit);
            begun.watch().beforeCommitting();
            unit.release();
        }
    }

    @Override
    public void update(ExecutionContext context) {
        if (pass != null) {
            pass.reader().update(context);
            pass.rejects().update(context);
        }
    }

    @Override
    public void close() {
        Pass ended = pass;
        pass = null;
        if (ended != null) {
            try {
                ended.reader().close();
            } finally {
                ended.watch().close();
            }
        }
    }
}
