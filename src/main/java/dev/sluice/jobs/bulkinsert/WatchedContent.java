package dev.sluice.jobs.bulkinsert;

import dev.sluice.bigquery.LoadContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/**
 * A content that sees how fast it is taken: whoever opens it further on has brought what was before to the server. Not
 * thread-safe.
 */
final class WatchedContent implements LoadContent {

    /** Below that, 400 Mbit/s, writing Avro takes less time than its bytes save. */
    static final long SLOW_BYTES_PER_SECOND = 50_000_000;

    private static final double NANOS = 1e9;

    private final LoadContent content;
    private final LongSupplier nanoTime;
    private long firstAt;
    private long firstNanos;
    private long lastAt;
    private long lastNanos;
    private boolean opened;

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
        lastAt = from;
        lastNanos = nanoTime.getAsLong();
        if (!opened) {
            opened = true;
            firstAt = from;
            firstNanos = lastNanos;
        }
        return content.open(from);
    }

    /** False also if it was taken in one piece, which says nothing. */
    boolean wasSlow() {
        long taken = lastAt - firstAt;
        return taken > 0 && taken / ((lastNanos - firstNanos) / NANOS) < SLOW_BYTES_PER_SECOND;
    }
}
