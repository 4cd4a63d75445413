package dev.sluice.bigquery;

import com.google.api.client.http.HttpResponseException;
import dev.sluice.bigquery.BigQueryFailure.DeadlineExceeded;
import dev.sluice.bigquery.BigQueryFailure.QuotaExhausted;
import dev.sluice.bigquery.CurrentDeadline.RemoteCall;
import dev.sluice.bigquery.Retries.ErrorIsAnAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes remote calls through the gate and under a deadline, and repeats those that {@link RetryPolicy} lets it repeat,
 * the only place that does. Waiting for the gate, retries and pauses share the operation's deadline. Thread-safe.
 */
final class RemoteCalls {

    private final Waiter waiter;
    private final Gate gate;
    private final Retries retries;
    private final Failures failures;
    private final CallObserver observer;

    RemoteCalls(Waiter waiter, Gate gate, Retries retries, Failures failures, CallObserver observer) {
        this.waiter = waiter;
        this.gate = gate;
        this.retries = retries;
        this.failures = failures;
        this.observer = observer;
    }

    /** Calls until it succeeds, fails for good, or time is up. */
    <T> T call(Purpose purpose, Deadline deadline, RemoteCall<T> call) {
        try {
            return repeat(purpose, deadline, call);
        } catch (ErrorIsAnAnswer e) {
            throw e.otherwise();
        }
    }

    /** As {@link #call}, but empty if the answer is "not found" or "duplicate" and that is an answer to this call. */
    <T> Optional<T> attempt(Purpose purpose, Deadline deadline, RemoteCall<T> call) {
        try {
            return Optional.of(repeat(purpose, deadline, call));
        } catch (ErrorIsAnAnswer e) {
            return Optional.empty();
        }
    }

    private <T> T repeat(Purpose purpose, Deadline deadline, RemoteCall<T> call) throws ErrorIsAnAnswer {
        IOException last = null;
        for (int attempt = 1; ; attempt++) {
            if (deadline.passed()) {
                throw exceeded(purpose, purpose.kind().phase(), deadline, last);
            }
            var current = new CurrentDeadline(deadline);
            Duration waited = enter(purpose, deadline);
            try {
                observer.admitted(purpose.kind().phase(), deadline.tier(), waited);
                T answer = observed(purpose, deadline, () -> current.during(call));
                retries.succeeded();
                return answer;
            } catch (IOException e) {
                last = e;
            } finally {
                gate.leave(deadline);
            }
            if (deadline.passed()) {
                String phase =
                        current.isConnecting() ? "connect" : purpose.kind().phase();
                throw exceeded(purpose, phase, deadline, last);
            }
            Duration pause = retries.pauseAfter(attempt, purpose, last);
            noteRepetition(purpose, deadline);
            await(pause, purpose, deadline);
        }
    }

    private <T> T observed(Purpose purpose, Deadline deadline, RemoteCall<T> call) throws IOException {
        Duration began = deadline.elapsed();
        String answer = "broken";
        try {
            T result = call.call();
            answer = "ok";
            return result;
        } catch (HttpResponseException e) {
            answer = ErrorAnswer.of(e).reason();
            throw e;
        } finally {
            Duration took = deadline.elapsed().minus(began);
            observer.answered(purpose.kind().phase(), deadline.tier(), answer, took);
        }
    }

    private void noteRepetition(Purpose purpose, Deadline deadline) {
        deadline.repeated();
        observer.repeated(purpose.kind().phase(), deadline.tier());
    }

    private DeadlineExceeded exceeded(Purpose purpose, String phase, Deadline deadline, @Nullable IOException cause) {
        observer.cut(phase, deadline.tier());
        return failures.exceeded(purpose, phase, deadline, cause);
    }

    /** @return how long that took */
    private Duration enter(Purpose purpose, Deadline deadline) {
        Duration came = deadline.elapsed();
        try {
            if (!gate.enter(purpose, deadline)) {
                throw exceeded(purpose, "gate", deadline, null);
            }
            return deadline.elapsed().minus(came);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.interrupted(purpose, e);
        }
    }

    /** Waits before an operation is tried anew, but never past the deadline. */
    void backOff(int attempt, Verdict verdict, Purpose purpose, Deadline deadline) {
        noteRepetition(purpose, deadline);
        await(retries.pauseAfter(attempt, verdict), purpose, deadline);
    }

    /** Waits, but never past the deadline. */
    void await(Duration time, Purpose purpose, Deadline deadline) {
        Duration remaining = deadline.remaining();
        try {
            waiter.await(time.compareTo(remaining) < 0 ? time : remaining);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.interrupted(purpose, e);
        }
    }

    /** A quota that a BigQuery job, not a call, has met. */
    QuotaExhausted quotaExhausted(Purpose purpose, String message) {
        return failures.quotaExhausted(purpose, message, Duration.ZERO, null);
    }
}
