package dev.sluice.jobs.bulkinsert;

import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.TableId;
import dev.sluice.bigquery.SqlStatement;
import dev.sluice.bigquery.Tier;
import dev.sluice.item.LoadProgress;
import dev.sluice.ledger.DeadLetter;
import dev.sluice.ledger.DeadLetters;
import dev.sluice.ledger.EffectReceipt;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Keeps wrong rows in a table of their own, notes them as dead letters, and takes them out of staging. */
final class SetAsideRejectsTasklet implements Tasklet {

    private static final String STEP = BulkInsertJob.SET_ASIDE_ROWS;

    /** As the LIMIT in the statement. */
    private static final int PAGE = 10_000;

    private final BulkInsertRuns runs;
    private final BulkInsertJob.Parts parts;
    private final Door door;
    private final StagedRows stagedRows;
    private final DeadLetters deadLetters;
    private final Duration lifetime;

    /** @param lifetime after which the rejects remove themselves */
    SetAsideRejectsTasklet(
            BulkInsertRuns runs,
            BulkInsertJob.Parts parts,
            StagedRows stagedRows,
            DeadLetters deadLetters,
            Duration lifetime) {
        this.runs = runs;
        this.parts = parts;
        this.door = parts.door();
        this.stagedRows = stagedRows;
        this.deadLetters = deadLetters;
        this.lifetime = lifetime;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        StepExecution step = contribution.getStepExecution();
        BulkInsertRun run = runs.of(step.getJobExecution());
        LoadProgress counted = stagedRows.checked(step.getJobExecution());
        if (counted.rowsRejected() > 0) {
            setAside(run, counted.rowsRejected());
        }
        counted.save(step.getExecutionContext());
        return RepeatStatus.FINISHED;
    }

    private void setAside(BulkInsertRun run, long rejected) {
        run.fence().verify();
        TableId rejects = RawTables.rejects(run.staging());
        door.tables()
                .createStaging(
                        rejects, RawTables.REJECTS, lifetime, door.deadlines().start(Tier.BATCH));
        long kept = execute(run, "keep rejects", new Statements(door.sql(), run).keepRejects())
                .rowsInserted();
        requireAll(run, rejected, kept, "kept");
        DeadLetter example = note(run, rejected);
        long most = run.parameters().maxRejects();
        if (rejected > most) {
            throw new TooManyRejects(
                    run.parameters().source(),
                    example.reason(),
                    rejected,
                    most,
                    "table " + BulkInsertRun.name(rejects));
        }
        long removed = execute(run, "remove rejects", new Statements(door.sql(), run).removeRejects())
                .rowsDeleted();
        requireAll(run, rejected, removed, "taken out of staging");
    }

    private EffectReceipt execute(BulkInsertRun run, String range, SqlStatement statement) {
        String digest =
                parts.ledger().sources().find(run.instance()).orElseThrow().digest();
        return door.jobs().execute(run.effect(STEP, range, digest, false), statement);
    }

    private static void requireAll(BulkInsertRun run, long rejected, long done, String what) {
        if (rejected != done) {
            throw new ReceiptMismatch("cannot publish %s: %d rows are wrong but %d were %s"
                    .formatted(run.parameters().source(), rejected, done, what));
        }
    }

    /** Of more than the run allows, a page is enough to see what is wrong. */
    private DeadLetter note(BulkInsertRun run, long rejected) {
        long most = Math.max(run.parameters().maxRejects(), PAGE);
        DeadLetter first = null;
        for (long after = 0; after < Math.min(rejected, most); ) {
            List<DeadLetter> letters = page(run, after);
            if (letters.isEmpty()) {
                throw new ReceiptMismatch("cannot publish %s: its rejected rows are gone from the table that kept them"
                        .formatted(run.parameters().source()));
            }
            deadLetters.save(run.instance(), run.runId(), letters);
            first = first == null ? letters.get(0) : first;
            after = letters.get(letters.size() - 1).line();
        }
        return Objects.requireNonNull(first, "there are rejects");
    }

    private List<DeadLetter> page(BulkInsertRun run, long after) {
        return door.rows(new Statements(door.sql(), run).readRejects(after)).stream()
                .map(row -> letter(run, row))
                .toList();
    }

    private static DeadLetter letter(BulkInsertRun run, FieldValueList row) {
        return new DeadLetter(
                run.parameters().source(),
                row.get(0).getLongValue(),
                row.get(1).getStringValue(),
                row.get(2).getStringValue());
    }
}
