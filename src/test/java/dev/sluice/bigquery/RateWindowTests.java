package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RateWindowTests {

    private static final long SPAN = 1_000;

    @Test
    void neverStartsMoreInAnySpanHoweverTheyArrive() {
        long seed = 20261126;
        var random = new Random(seed);
        for (int most = 1; most <= 20; most++) {
            var window = new RateWindow(most, SPAN);
            List<Long> starts = new ArrayList<>();
            long now = random.nextLong(SPAN) - SPAN;
            for (int i = 0; i < 500; i++) {
                now += random.nextInt(4) == 0 ? random.nextLong(SPAN) : 0;
                now += window.nanosUntilRoom(now);
                window.start(now);
                starts.add(now);
            }
            for (int i = most; i < starts.size(); i++) {
                assertThat(starts.get(i) - starts.get(i - most))
                        .as("seed %d, %d starts", seed, most + 1)
                        .isGreaterThanOrEqualTo(SPAN);
            }
        }
    }

    @Test
    void makesNobodyWaitWithoutNeed() {
        var window = new RateWindow(2, SPAN);
        window.start(0);
        assertThat(window.nanosUntilRoom(0)).isZero();
        window.start(10);
        assertThat(window.nanosUntilRoom(10)).isEqualTo(990);
        assertThat(window.nanosUntilRoom(1_000)).isZero();
    }
}
