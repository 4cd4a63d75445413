package dev.sluice.item;

import org.springframework.batch.infrastructure.item.ExecutionContext;

/** How far a load has come, as its last committed chunk says. */
public record LoadProgress(SourcePosition position, long rowsRead, long rowsRejected) {

    private static final String ROWS_READ = "rowsRead";
    private static final String ROWS_REJECTED = "rowsRejected";

    /** What a step saved in its execution context; the start if it saved nothing. */
    public static LoadProgress from(ExecutionContext context) {
        return new LoadProgress(
                SourcePosition.from(context), context.getLong(ROWS_READ, 0), context.getLong(ROWS_REJECTED, 0));
    }

    public long rowsAccepted() {
        return rowsRead - rowsRejected;
    }

    LoadProgress behind(SourcePosition newPosition, long read, long rejected) {
        return new LoadProgress(newPosition, rowsRead + read, rowsRejected + rejected);
    }

    public void save(ExecutionContext context) {
        position.save(context);
        context.putLong(ROWS_READ, rowsRead);
        context.putLong(ROWS_REJECTED, rowsRejected);
    }
}
