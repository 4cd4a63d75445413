package dev.sluice.local.load;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a file that are read by a thread of its own while others are appended: that halves the time of a load where there
 * are two processors. A few megabytes are held. One thread takes them.
 */
final class RowsAhead implements AutoCloseable {

    /**
     * A row, good or bad.
     *
     * @param number in its file, from 1
     * @param bad why it has no values; null if it has
     */
    record Row(
            long number,
            @Nullable Object[] values,
            @Nullable BadRow bad) {

        /** @throws BadRow if it is one */
        @Nullable
        Object[] good() {
            if (bad != null) {
                throw bad;
            }
            return values;
        }
    }

    /** Reads a file to its end. */
    interface Source {
        void readTo(RowsAhead rows) throws IOException, InterruptedException;
    }

    private static final int BATCHES = 6;
    private static final int MOST_ROWS = 500;
    private static final int MOST_WEIGHT = 1 << 19;
    private static final long CLOSING_SECONDS = 10;

    private final BlockingQueue<List<Row>> batches = new ArrayBlockingQueue<>(BATCHES);
    private final Thread reader;
    private List<Row> filling = new ArrayList<>();
    private long weight;
    private volatile @Nullable Throwable failure;

    private RowsAhead(Source source) {
        this.reader = new Thread(() -> read(source), "load-reader");
        this.reader.setDaemon(true);
    }

    static RowsAhead of(Source source) {
        var rows = new RowsAhead(source);
        rows.reader.start();
        return rows;
    }

    private void read(Source source) {
        try {
            try {
                source.readTo(this);
                flush();
            } catch (IOException | RuntimeException | Error e) {
                failure = e;
            }
            batches.put(List.of());
        } catch (InterruptedException e) {
            // nobody takes them any more
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Called by the source.
     *
     * @param size about how much it holds
     */
    void add(Row row, int size) throws InterruptedException {
        filling.add(row);
        weight += size;
        if (filling.size() >= MOST_ROWS || weight >= MOST_WEIGHT) {
            flush();
        }
    }

    private void flush() throws InterruptedException {
        if (!filling.isEmpty()) {
            batches.put(filling);
            filling = new ArrayList<>();
            weight = 0;
        }
    }

    /**
     * The next ones; none at the end. Blocks while the file is read.
     *
     * @throws IOException as the source threw it, like other exceptions
     */
    List<Row> next() throws IOException {
        List<Row> batch;
        try {
            batch = batches.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("a load was interrupted");
        }
        if (batch.isEmpty()) {
            throwFailure();
        }
        return batch;
    }

    private void throwFailure() throws IOException {
        Throwable thrown = failure;
        if (thrown instanceof IOException e) {
            throw e;
        }
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
    }

    /** Ends the reading wherever it is. */
    @Override
    public void close() {
        reader.interrupt();
        batches.clear();
        try {
            reader.join(TimeUnit.SECONDS.toMillis(CLOSING_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
