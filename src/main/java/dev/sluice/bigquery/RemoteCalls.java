package dev.sluice.bigquery;

import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import dev.sluice.bigquery.BigQueryFailure.Transient;
import dev.sluice.bigquery.CurrentDeadline.RemoteCall;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes remote calls under a deadline and repeats those that {@link RetryPolicy} lets it repeat, the only place that
 * retries. Retries and pauses share the operation's deadline. Thread-safe.
 */
final class RemoteCalls {

    private static final int MAX_ATTEMPTS = 8;

    private final Waiter waiter;
    private final Backoff backoff;
    private final RetryBudget budget;
    private final Failures failures;
    private final CallObserver observer;

    RemoteCalls(Waiter waiter, Backoff backoff, RetryBudget budget, Failures failures, CallObserver observer) {
        this.waiter = waiter;
        this.backoff = backoff;
        this.budget = budget;
        this.failures = failures;
        this.observer = observer;
    }

    /** Calls until it succeeds, fails for good, or time is up. */
    <T> T call(Purpose purpose, Deadline deadline, RemoteCall<T> call) {
        try {
            return repeat(purpose, deadline, call);
        } catch (ErrorIsAnAnswer e) {
            throw failures.permanent(purpose, e.answer, e);
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
            try {
                T answer = observed(purpose, deadline, () -> current.during(call));
                budget.succeeded();
                return answer;
            } catch (IOException e) {
                if (deadline.passed()) {
                    String phase =
                            current.isConnecting() ? "connect" : purpose.kind().phase();
                    throw exceeded(purpose, phase, deadline, e);
                }
                Duration pause = pause(purpose, attempt, e);
                noteRepetition(purpose, deadline);
                await(pause, purpose, deadline);
                last = e;
            }
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

    private BigQueryFailure exceeded(Purpose purpose, String phase, Deadline deadline, @Nullable IOException cause) {
        observer.cut(phase, deadline.tier());
        return failures.exceeded(purpose, phase, deadline, cause);
    }

    /** @throws BigQueryFailure if the call is not to be repeated */
    private Duration pause(Purpose purpose, int attempt, IOException e) throws ErrorIsAnAnswer {
        if (e instanceof HttpResponseException response) {
            ErrorAnswer answer = ErrorAnswer.of(response);
            Verdict verdict = RetryPolicy.ofCall(purpose.kind(), answer.status(), answer.reason());
            return switch (verdict) {
                case REPEAT, SLOW_DOWN -> longer(repeated(purpose, attempt, verdict, answer.brief(), e), answer);
                case ANSWER -> throw new ErrorIsAnAnswer(answer, e);
                case PARK -> throw failures.quotaExhausted(purpose, answer.message(), answer.retryAfter(), e);
                case NEW_ATTEMPT, GIVE_UP -> throw failures.permanent(purpose, answer, e);
            };
        }
        if (e instanceof Retryable refusal && !refusal.isRetryable()) {
            throw failures.noToken(purpose, e);
        }
        String what = ServerWords.of(e.getClass().getSimpleName() + ": " + e.getMessage());
        return repeated(purpose, attempt, Verdict.REPEAT, what, e);
    }

    private Duration repeated(Purpose purpose, int attempt, Verdict verdict, String what, IOException e) {
        if (attempt == MAX_ATTEMPTS) {
            throw failures.tooOften(purpose, what, attempt, e);
        }
        if (!budget.spend()) {
            throw failures.budgetSpent(purpose, what, e);
        }
        return backoff.after(attempt, verdict);
    }

    private static Duration longer(Duration pause, ErrorAnswer answer) {
        return pause.compareTo(answer.retryAfter()) > 0 ? pause : answer.retryAfter();
    }

    /** Waits before an operation is tried anew, but never past the deadline. */
    void backOff(int failures, Verdict verdict, Purpose purpose, Deadline deadline) {
        noteRepetition(purpose, deadline);
        await(backoff.after(failures, verdict), purpose, deadline);
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

    /** A quota that a BigQuery job, not a call, has met. */
    BigQueryFailure.QuotaExhausted quotaExhausted(Purpose purpose, String message, @Nullable Throwable cause) {
        return failures.quotaExhausted(purpose, message, Duration.ZERO, cause);
    }

    /** "Not found" or "duplicate", where that is an answer. */
    private static final class ErrorIsAnAnswer extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient ErrorAnswer answer;

        ErrorIsAnAnswer(ErrorAnswer answer, IOException cause) {
            super(cause);
            this.answer = answer;
        }
    }
}
