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

    /** Of 400 Mbit/s; on slower lines writing Avro takes less time than its bytes save. */
    private static final double SLOW_NANOS_PER_BYTE = 20;

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
        return lastAt > firstAt && nanosPerByte() > SLOW_NANOS_PER_BYTE;
    }

    /** Of what was not taken in one piece. */
    double nanosPerByte() {
        return (double) (lastNanos - firstNanos) / (lastAt - firstAt);
    }
}
