package dev.sluice.item;

import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * How far a load has come, as its last committed chunk says.
 *
 * @param offset bytes of the source behind us
 * @param line the line on which the next row starts
 */
public record LoadProgress(long offset, long line, long rowsRead, long rowsRejected) {

    static final LoadProgress NONE = new LoadProgress(0, 1, 0, 0);

    private static final String ROWS_READ = "rowsRead";
    private static final String ROWS_REJECTED = "rowsRejected";

    /** The counts that a step saved in its execution context. */
    public static LoadProgress from(ExecutionContext context) {
        return new LoadProgress(0, 1, context.getLong(ROWS_READ, 0), context.getLong(ROWS_REJECTED, 0));
    }

    public long rowsAccepted() {
        return rowsRead - rowsRejected;
    }

    LoadProgress at(long newOffset, long newLine) {
        return new LoadProgress(newOffset, newLine, rowsRead, rowsRejected);
    }

    LoadProgress behind(long newOffset, long newLine, long read, long rejected) {
        return new LoadProgress(newOffset, newLine, rowsRead + read, rowsRejected + rejected);
    }

    void save(ExecutionContext context) {
        context.putLong(ROWS_READ, rowsRead);
        context.putLong(ROWS_REJECTED, rowsRejected);
    }
}
