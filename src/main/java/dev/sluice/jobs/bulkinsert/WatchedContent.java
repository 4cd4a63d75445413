package dev.sluice.jobs.bulkinsert;

import dev.sluice.bigquery.LoadContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * A content that sees how fast it is taken: whoever opens it further on has brought what was before to the server. Waits
 * for others and chunks that are sent again take time that is not the line's, so the fastest chunk counts. Not thread-safe.
 */
final class WatchedContent implements LoadContent {

    /** One alone may have waited for something else. */
    private static final int MIN_CHUNKS = 2;

    private final LoadContent content;
    private final LongSupplier nanoTime;
    private long lastAt = Long.MAX_VALUE;
    private long lastNanos;
    private int chunks;
    private double fastest = Double.MAX_VALUE;

    WatchedContent(LoadContent content, LongSupplier nanoTime) {
        this.content = content;
        this.nanoTime = nanoTime;
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public InputStream open() throws IOException {
        return open(0);
    }

    @Override
    public InputStream open(long from) throws IOException {
        long now = nanoTime.getAsLong();
        if (from > lastAt) {
            chunks++;
            fastest = Math.min(fastest, (double) (now - lastNanos) / (from - lastAt));
        }
        lastAt = from;
        lastNanos = now;
        return content.open(from);
    }

    /** Of the fastest; empty if it was taken in too few pieces to tell. */
    OptionalDouble nanosPerByte() {
        return chunks < MIN_CHUNKS ? OptionalDouble.empty() : OptionalDouble.of(fastest);
    }
}
