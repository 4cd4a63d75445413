package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpResponseException;
import dev.sluice.bigquery.BigQueryFailure.DeadlineExceeded;
import dev.sluice.bigquery.BigQueryFailure.Permanent;
import dev.sluice.bigquery.BigQueryFailure.QuotaExhausted;
import dev.sluice.bigquery.BigQueryFailure.Transient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RemoteCallsTests {

    private static final Purpose PURPOSE = new Purpose(CallKind.FIND_JOB, "wait", "sluice-x-a1");

    private final AtomicLong nanos = new AtomicLong();
    private final RemoteCalls calls = DoorUnderTest.calls(time -> nanos.addAndGet(time.toNanos()));

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

    private static HttpResponseException error(int status, String reason, String retryAfter) {
        var headers = new HttpHeaders();
        headers.setRetryAfter(retryAfter);
        var details = new GoogleJsonError();
        var info = new GoogleJsonError.ErrorInfo();
        info.setReason(reason);
        details.setErrors(List.of(info));
        details.setMessage("Quota exceeded: imports per table for 'secret'");
        return new GoogleJsonResponseException(
                new HttpResponseException.Builder(status, reason, headers).setMessage("no"), details);
    }

    private Duration timeToAnswerAfter(int failures, IOException failure) {
        var attempts = new AtomicInteger();
        long before = nanos.get();
        calls.call(PURPOSE, deadline(Duration.ofMinutes(10)), () -> {
            if (attempts.incrementAndGet() <= failures) {
                throw failure;
            }
            return "done";
        });
        return Duration.ofNanos(nanos.get() - before);
    }

    @Test
    void doublesItsPausesAndDrawsHalfOfEachByChance() {
        assertThat(timeToAnswerAfter(1, new IOException("reset")))
                .isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
        assertThat(timeToAnswerAfter(7, new IOException("reset")))
                .isBetween(Duration.ofMillis(6_350), Duration.ofMillis(12_700));
        assertThat(timeToAnswerAfter(1, new IOException("reset")))
                .as("another draw")
                .isNotEqualTo(timeToAnswerAfter(1, new IOException("reset")));
    }

    @Test
    void slowsDownToThePaceOfTheServiceLevelAgreementWhenItIsTooFast() {
        assertThat(timeToAnswerAfter(1, error(403, "rateLimitExceeded", null)))
                .isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(timeToAnswerAfter(7, error(403, "rateLimitExceeded", null)))
                .isBetween(Duration.ofMillis(47_500), Duration.ofSeconds(95));
    }

    @Test
    void waitsAsLongAsTheServerAsks() {
        assertThat(timeToAnswerAfter(2, error(503, "backendError", "40"))).isEqualTo(Duration.ofSeconds(80));
        assertThat(timeToAnswerAfter(1, error(503, "backendError", "Fri, 31 Dec 1999 23:59:59 GMT")))
                .isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void parksAtOnceWhenAQuotaIsUsedUpAndSaysUntilWhen() {
        assertThatExceptionOfType(QuotaExhausted.class)
                .isThrownBy(() -> timeToAnswerAfter(1, error(403, "quotaExceeded", null)))
                .withMessageContaining("not before 2026-11-24T10:10:00Z")
                .withMessageContaining("sluice-x-a1")
                .withMessageNotContaining("secret")
                .satisfies(failure -> {
                    assertThat(failure.pause()).isEqualTo(DoorUnderTest.QUOTA_PAUSE);
                    assertThat(failure.exitCode()).isEqualTo(7);
                });
        assertThat(nanos).hasValue(0);
    }

    @Test
    void parksForAsLongAsTheServerAsks() {
        assertThatExceptionOfType(QuotaExhausted.class)
                .isThrownBy(() -> timeToAnswerAfter(1, error(403, "quotaExceeded", "3600")))
                .withMessageContaining("not before 2026-11-24T11:00:00Z");
    }

    @Test
    void repeatsNoMoreOnceSoManyCallsFail() {
        var attempts = new AtomicInteger();
        for (int i = 0; i < 200; i++) {
            assertThatExceptionOfType(Transient.class)
                    .isThrownBy(() -> failing(attempts))
                    .withMessageContaining("try again later");
        }
        assertThat(attempts.get()).as("200 first calls, 200 repeated").isBetween(400, 410);
        assertThatExceptionOfType(Transient.class)
                .isThrownBy(() -> failing(attempts))
                .withMessageContaining("not repeated");
    }

    private void failing(AtomicInteger attempts) {
        calls.call(PURPOSE, deadline(Duration.ofMinutes(10)), () -> {
            attempts.incrementAndGet();
            throw new IOException("reset");
        });
    }

    @Test
    void takesNotFoundForAnAnswerOnlyWhereAskedTo() {
        assertThat(calls.<String>attempt(PURPOSE, deadline(Duration.ofMinutes(1)), () -> {
                    throw error(404, "notFound", null);
                }))
                .isEmpty();
        assertThatExceptionOfType(Permanent.class)
                .isThrownBy(() -> timeToAnswerAfter(1, error(404, "notFound", null)))
                .withMessageContaining("check project, dataset, table and location")
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo("notFound"));
    }
}
