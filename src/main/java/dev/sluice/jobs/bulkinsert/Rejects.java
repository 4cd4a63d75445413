package dev.sluice.jobs.bulkinsert;

import dev.sluice.item.LoadUnit;
import dev.sluice.item.RejectFile;
import dev.sluice.item.RejectedRow;
import dev.sluice.ledger.DeadLetter;
import dev.sluice.ledger.DeadLetters;
import java.util.List;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStream;

/**
 * Where rows go that cannot be loaded: raw to the reject file, without contents to the dead letters. Both are written
 * before the chunk commits and written the same way again if it does not.
 */
final class Rejects implements ItemStream {

    private static final String POSITION = "rejectFilePosition";
    private static final String COUNT = "rejectCount";

    private final BulkInsertRun run;
    private final RejectFile file;
    private final DeadLetters deadLetters;

    private long position;
    private long count;

    Rejects(BulkInsertRun run, RejectFile file, DeadLetters deadLetters) {
        this.run = run;
        this.file = file;
        this.deadLetters = deadLetters;
    }

    @Override
    public void open(ExecutionContext context) {
        position = context.getLong(POSITION, 0);
        count = context.getLong(COUNT, 0);
        file.cut(position);
    }

    @Override
    public void update(ExecutionContext context) {
        context.putLong(POSITION, position);
        context.putLong(COUNT, count);
    }

    /** @throws TooManyRejects if the run's limit is passed; the rows are set aside all the same */
    void setAside(LoadUnit unit) {
        List<RejectedRow> rows = unit.rejected();
        if (rows.isEmpty()) {
            return;
        }
        position = file.write(position, rows);
        deadLetters.save(
                run.instance(),
                run.runId(),
                rows.stream()
                        .map(row -> new DeadLetter(row.file().toString(), row.line(), row.reason(), row.digest()))
                        .toList());
        count += rows.size();
        long limit = run.parameters().maxRejects();
        if (count > limit) {
            throw new TooManyRejects(run.parameters().source(), rows.get(0), count, limit, file.path());
        }
    }
}
