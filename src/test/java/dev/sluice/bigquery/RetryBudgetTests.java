package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryBudgetTests {

    private final AtomicLong nanos = new AtomicLong();
    private final RetryBudget budget = new RetryBudget(nanos::get);

    private long granted(int asked) {
        return IntStream.range(0, asked).filter(i -> budget.spend()).count();
    }

    @Test
    void startsFullAndEndsEmpty() {
        assertThat(granted(1_000)).isEqualTo(200);
        assertThat(granted(1_000)).isZero();
    }

    @Test
    void growsWithTime() {
        granted(200);
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(granted(1_000)).isEqualTo(30);
    }

    @Test
    void growsWithSuccess() {
        granted(200);
        for (int i = 0; i < 40; i++) {
            budget.succeeded();
        }
        assertThat(granted(1_000)).isEqualTo(10);
    }

    @Test
    void neverGrowsOverItsMost() {
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        for (int i = 0; i < 5_000; i++) {
            budget.succeeded();
        }
        assertThat(granted(1_000)).isEqualTo(200);
    }
}
