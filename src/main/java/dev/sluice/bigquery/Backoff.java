package dev.sluice.bigquery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a call is repeated: doubling, half of it by chance so that callers who failed together do not
 * come back together. Thread-safe if the generator is.
 */
final class Backoff {

    private static final int MOST_DOUBLINGS = 10;

    private final RandomGenerator jitter;

    Backoff(RandomGenerator jitter) {
        this.jitter = jitter;
    }

    /** @param failures so far, from 1 */
    Duration after(int failures, Verdict verdict) {
        return switch (verdict) {
            case SLOW_DOWN, NEW_ATTEMPT -> doubling(failures, 1_000, 32_000);
            case ANSWER, REPEAT, PARK, GIVE_UP -> doubling(failures, 100, 8_000);
        };
    }

    private Duration doubling(int failures, long firstMillis, long longestMillis) {
        long millis = Math.min(longestMillis, firstMillis << Math.min(MOST_DOUBLINGS, failures - 1));
        return Duration.ofMillis(millis / 2 + jitter.nextLong(millis / 2 + 1));
    }
}
