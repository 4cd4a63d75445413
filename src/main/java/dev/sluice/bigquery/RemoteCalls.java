package dev.sluice.bigquery;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import dev.sluice.bigquery.BigQueryFailure.DeadlineExceeded;
import dev.sluice.bigquery.BigQueryFailure.Permanent;
import dev.sluice.bigquery.BigQueryFailure.Transient;
import dev.sluice.bigquery.CurrentDeadline.RemoteCall;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes remote calls under a deadline and repeats those that may be repeated, the only place that retries. Back-off
 * doubles from 100 ms to 8 s with jitter, and shares the operation's deadline. Thread-safe.
 */
final class RemoteCalls {

    private static final int MAX_ATTEMPTS = 8;
    private static final long FIRST_BACKOFF_MILLIS = 100;
    private static final long LONGEST_BACKOFF_MILLIS = 8_000;
    private static final int NOT_FOUND = 404;

    private final Waiter waiter;
    private final RandomGenerator jitter;

    RemoteCalls(Waiter waiter, RandomGenerator jitter) {
        this.waiter = waiter;
        this.jitter = jitter;
    }

    /**
     * What a call is for, in failures.
     *
     * @param phase connect, submit, upload, poll or page
     * @param what for example {@code read table organizations.org_audit_logs}
     */
    record Purpose(String phase, String what, @Nullable String bigQueryJobId) {

        Purpose connecting() {
            return new Purpose("connect", what, bigQueryJobId);
        }

        String name() {
            return bigQueryJobId == null ? what : "%s (BigQuery job %s)".formatted(what, bigQueryJobId);
        }
    }

    /** Calls until it succeeds, fails for good, or time is up. */
    <T> T call(Purpose purpose, Deadline deadline, RemoteCall<T> call) {
        try {
            return repeat(purpose, deadline, call);
        } catch (HttpResponseException notFound) {
            throw permanent(purpose, notFound);
        }
    }

    /** As {@link #call}, but answers empty if the server says 404. */
    <T> Optional<T> attempt(Purpose purpose, Deadline deadline, RemoteCall<T> call) {
        try {
            return Optional.of(repeat(purpose, deadline, call));
        } catch (HttpResponseException notFound) {
            return Optional.empty();
        }
    }

    /** @throws HttpResponseException if the server says 404, and for nothing else */
    private <T> T repeat(Purpose purpose, Deadline deadline, RemoteCall<T> call) throws HttpResponseException {
        IOException last = null;
        for (int attempt = 1; ; attempt++) {
            if (deadline.passed()) {
                throw exceeded(purpose, deadline, last);
            }
            var current = new CurrentDeadline(deadline);
            try {
                return current.during(call);
            } catch (IOException e) {
                if (deadline.passed()) {
                    throw exceeded(current.isConnecting() ? purpose.connecting() : purpose, deadline, e);
                }
                throwUnlessTransient(purpose, e);
                if (attempt == MAX_ATTEMPTS) {
                    throw new Transient(
                            "cannot %s: %s, %d times; try again later".formatted(purpose.name(), brief(e), attempt), e);
                }
                last = e;
                backOff(attempt, purpose, deadline);
            }
        }
    }

    private static void throwUnlessTransient(Purpose purpose, IOException e) throws HttpResponseException {
        if (e instanceof HttpResponseException response && response.getStatusCode() == NOT_FOUND) {
            throw response;
        }
        if (!isTransient(e)) {
            throw permanent(purpose, e);
        }
    }

    /** Waits after the {@code attempt}-th failure, but never past the deadline. */
    void backOff(int attempt, Purpose purpose, Deadline deadline) {
        long longest = Math.min(LONGEST_BACKOFF_MILLIS, FIRST_BACKOFF_MILLIS << (attempt - 1));
        await(Duration.ofMillis(longest / 2 + jitter.nextLong(longest / 2 + 1)), purpose, deadline);
    }

    /** Waits, but never past the deadline. */
    void await(Duration time, Purpose purpose, Deadline deadline) {
        Duration remaining = deadline.remaining();
        try {
            waiter.await(time.compareTo(remaining) < 0 ? time : remaining);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Transient("interrupted: cannot %s; restart resumes it".formatted(purpose.name()), e);
        }
    }

    DeadlineExceeded exceeded(Purpose purpose, Deadline deadline, @Nullable Throwable cause) {
        return new DeadlineExceeded(
                "cannot %s: the %s limit of %s passed while it was in phase %s; if it changes data, its outcome is resolved by a restart"
                        .formatted(purpose.name(), deadline.tier(), deadline.limit(), purpose.phase()),
                deadline.tier(),
                deadline.limit(),
                deadline.elapsed(),
                purpose.phase(),
                purpose.bigQueryJobId(),
                cause);
    }

    static boolean isTransient(IOException failure) {
        if (failure instanceof HttpResponseException response) {
            return Reasons.isTransient(response.getStatusCode(), reason(failure));
        }
        return !(failure instanceof Retryable refusal) || refusal.isRetryable();
    }

    private static Permanent permanent(Purpose purpose, IOException e) {
        if (!(e instanceof HttpResponseException response)) {
            return new Permanent(
                    "cannot %s: Google gives no token: %s; check the credentials"
                            .formatted(purpose.name(), Reasons.words(String.valueOf(e.getMessage()))),
                    e);
        }
        int status = response.getStatusCode();
        String reason = reason(e);
        return new Permanent(
                "cannot %s: BigQuery answered %d %s: %s; %s"
                        .formatted(purpose.name(), status, reason, message(e), Reasons.advice(status, reason)),
                reason,
                e);
    }

    static String reason(IOException e) {
        if (e instanceof GoogleJsonResponseException json
                && json.getDetails() != null
                && json.getDetails().getErrors() != null
                && !json.getDetails().getErrors().isEmpty()) {
            return String.valueOf(json.getDetails().getErrors().get(0).getReason());
        }
        return "unknown";
    }

    private static String message(IOException e) {
        if (e instanceof GoogleJsonResponseException json && json.getDetails() != null) {
            return Reasons.words(String.valueOf(json.getDetails().getMessage()));
        }
        return Reasons.words(String.valueOf(e.getMessage()));
    }

    private static String brief(IOException e) {
        return e instanceof HttpResponseException response
                ? "BigQuery answered " + response.getStatusCode() + " " + reason(e)
                : Reasons.words(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
}
