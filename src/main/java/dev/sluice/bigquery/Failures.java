package dev.sluice.bigquery;

import dev.sluice.bigquery.BigQueryFailure.Closed;
import dev.sluice.bigquery.BigQueryFailure.DeadlineExceeded;
import dev.sluice.bigquery.BigQueryFailure.Permanent;
import dev.sluice.bigquery.BigQueryFailure.QuotaExhausted;
import dev.sluice.bigquery.BigQueryFailure.Transient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Words the door's failures: what could not be done, why, and what to do next. Thread-safe. */
final class Failures {

    private final Clock clock;
    private final Duration quotaPause;

    /** @param quotaPause how long to leave BigQuery alone once a quota is used up, unless it says itself */
    Failures(Clock clock, Duration quotaPause) {
        this.clock = clock;
        this.quotaPause = quotaPause;
    }

    DeadlineExceeded exceeded(Purpose purpose, String phase, Deadline deadline, @Nullable Throwable cause) {
        return new DeadlineExceeded(
                "cannot %s: the %s limit of %s passed while it was in phase %s; if it changes data, its outcome is resolved by a restart"
                        .formatted(purpose.name(), deadline.tier(), deadline.limit(), phase),
                deadline.tier(),
                deadline.limit(),
                deadline.elapsed(),
                phase,
                purpose.bigQueryJobId(),
                cause);
    }

    /** @param what could not be done */
    static Closed closed(String what) {
        return new Closed(
                "cannot %s: the door to BigQuery is closed, because the process ends; restart the run".formatted(what));
    }

    static Transient contradictory(Purpose purpose, int times) {
        return new Transient(
                "cannot %s: BigQuery says that it exists, and does not find it, %d times; try again later"
                        .formatted(purpose.name(), times),
                null);
    }

    Transient interrupted(Purpose purpose, InterruptedException cause) {
        return new Transient("interrupted: cannot %s; restart resumes it".formatted(purpose.name()), cause);
    }

    Transient tooOften(Purpose purpose, String what, int times, IOException cause) {
        return new Transient("cannot %s: %s, %d times; try again later".formatted(purpose.name(), what, times), cause);
    }

    Transient budgetSpent(Purpose purpose, String what, IOException cause) {
        return new Transient(
                "cannot %s: %s, and so many calls fail that this one is not repeated; try again later"
                        .formatted(purpose.name(), what),
                cause);
    }

    Permanent permanent(Purpose purpose, ErrorAnswer answer, Throwable cause) {
        return new Permanent(
                "cannot %s: %s: %s; %s"
                        .formatted(
                                purpose.name(),
                                answer.brief(),
                                answer.message(),
                                RetryPolicy.advice(answer.status(), answer.reason())),
                answer.reason(),
                cause);
    }

    Permanent noToken(Purpose purpose, IOException cause) {
        return new Permanent(
                "cannot %s: Google gives no token: %s; check the credentials"
                        .formatted(purpose.name(), ServerWords.of(String.valueOf(cause.getMessage()))),
                cause);
    }

    QuotaExhausted quotaExhausted(Purpose purpose, String message, Duration retryAfter, @Nullable Throwable cause) {
        Duration pause = retryAfter.compareTo(quotaPause) > 0 ? retryAfter : quotaPause;
        Instant wakeUp = clock.instant().plus(pause).truncatedTo(ChronoUnit.SECONDS);
        return new QuotaExhausted(
                "cannot %s: a quota of BigQuery is used up: %s; nothing is lost: restart the run, not before %s"
                        .formatted(purpose.name(), message, wakeUp),
                pause,
                cause);
    }
}
