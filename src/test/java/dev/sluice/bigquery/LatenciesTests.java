package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTests {

    private static Latencies ofMillis(LongStream millis) {
        return Latencies.of(millis.map(each -> each * 1_000_000).toArray());
    }

    @Test
    void takesThePercentileFromTheNearestRank() {
        Latencies hundred = ofMillis(LongStream.rangeClosed(1, 100).map(each -> 101 - each));
        assertThat(hundred.p50()).isEqualTo(50);
        assertThat(hundred.p95()).isEqualTo(95);
        assertThat(hundred.p99()).isEqualTo(99);

        Latencies ten = ofMillis(LongStream.rangeClosed(1, 10));
        assertThat(ten.p50()).isEqualTo(5);
        assertThat(ten.p95()).isEqualTo(10);

        Latencies oneMore = ofMillis(LongStream.rangeClosed(1, 101));
        assertThat(oneMore.p50()).isEqualTo(51);
        assertThat(oneMore.p99()).isEqualTo(100);
    }

    @Test
    void tellsExtremesMeanAndDeviation() {
        Latencies few = ofMillis(LongStream.of(4, 2, 9, 5, 4, 7, 5, 4));
        assertThat(few.count()).isEqualTo(8);
        assertThat(few.min()).isEqualTo(2);
        assertThat(few.max()).isEqualTo(9);
        assertThat(few.mean()).isEqualTo(5);
        assertThat(few.deviation()).isEqualTo(2);
        assertThat(ofMillis(LongStream.of(3)).p99()).isEqualTo(3);
    }

    @Test
    void refusesToDescribeNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> Latencies.of(new long[0]));
    }
}
