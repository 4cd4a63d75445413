package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.bigquery.BigQueryFailure.DeadlineExceeded;
import dev.sluice.bigquery.RemoteCalls.Purpose;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RemoteCallsTests {

    private static final Purpose PURPOSE = new Purpose("poll", "wait", "sluice-x-a1");

    private final AtomicLong nanos = new AtomicLong();
    private final RemoteCalls calls = new RemoteCalls(time -> nanos.addAndGet(time.toNanos()), new Random(7));

    private Deadline deadline(Duration limit) {
        return new RunningDeadline(Tier.USER, limit, nanos::get);
    }

    @Test
    void repeatsBrokenExchangesUntilOneSucceeds() {
        var attempts = new AtomicInteger();
        String answer = calls.call(PURPOSE, deadline(Duration.ofMinutes(1)), () -> {
            if (attempts.incrementAndGet() < 3) {
                throw new IOException("reset");
            }
            return "done";
        });
        assertThat(answer).isEqualTo("done");
        assertThat(attempts).hasValue(3);
    }

    @Test
    void stopsAtTheDeadlineAndNamesTierPhaseAndJob() {
        assertThatExceptionOfType(DeadlineExceeded.class)
                .isThrownBy(() -> calls.call(PURPOSE, deadline(Duration.ofMillis(150)), () -> {
                    throw new IOException("reset");
                }))
                .satisfies(failure -> {
                    assertThat(failure.tier()).isEqualTo(Tier.USER);
                    assertThat(failure.phase()).isEqualTo("poll");
                    assertThat(failure.bigQueryJobId()).isEqualTo("sluice-x-a1");
                    assertThat(failure.exitCode()).isEqualTo(6);
                });
        assertThat(Duration.ofNanos(nanos.get())).isLessThanOrEqualTo(Duration.ofMillis(150));
    }
}
