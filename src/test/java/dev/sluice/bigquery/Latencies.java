package dev.sluice.bigquery;

import java.util.Arrays;
import java.util.Locale;

/**
 * How long many calls took, in milliseconds. A percentile is the nearest rank: the smallest value that at least so many
 * percent of all values do not exceed, so that it is a value that was measured.
 *
 * @param deviation standard deviation of all values
 */
record Latencies(int count, double min, double p50, double p95, double p99, double max, double mean, double deviation) {

    private static final double NANOS_PER_MILLI = 1e6;

    /** @throws IllegalArgumentException if there are none */
    static Latencies of(long[] nanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("no call was measured");
        }
        double[] millis = Arrays.stream(nanos)
                .mapToDouble(each -> each / NANOS_PER_MILLI)
                .sorted()
                .toArray();
        double mean = Arrays.stream(millis).average().orElseThrow();
        double variance = Arrays.stream(millis)
                .map(each -> (each - mean) * (each - mean))
                .average()
                .orElseThrow();
        return new Latencies(
                millis.length,
                millis[0],
                percentile(millis, 50),
                percentile(millis, 95),
                percentile(millis, 99),
                millis[millis.length - 1],
                mean,
                Math.sqrt(variance));
    }

    /** @param percent above 0, at most 100 */
    private static double percentile(double[] sorted, int percent) {
        int rank = (int) ((sorted.length * (long) percent + 99) / 100);
        return sorted[rank - 1];
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "count %6d  min %8.2f  p50 %8.2f  p95 %8.2f  p99 %8.2f  max %8.2f  mean %8.2f  deviation %8.2f ms",
                count,
                min,
                p50,
                p95,
                p99,
                max,
                mean,
                deviation);
    }
}
