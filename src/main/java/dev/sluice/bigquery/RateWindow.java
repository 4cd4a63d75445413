package dev.sluice.bigquery;

/** Counts starts: at most so many in any span of time of a given length, wherever it begins. Not thread-safe. */
final class RateWindow {

    private final long[] starts;
    private final long spanNanos;
    private int oldest;
    private int known;

    RateWindow(int most, long spanNanos) {
        this.starts = new long[most];
        this.spanNanos = spanNanos;
    }

    /** @return how long until one more may start; 0 for now */
    long nanosUntilRoom(long now) {
        return known < starts.length ? 0 : Math.max(0, starts[oldest] + spanNanos - now);
    }

    void start(long now) {
        starts[oldest] = now;
        oldest = (oldest + 1) % starts.length;
        known = Math.min(known + 1, starts.length);
    }
}
