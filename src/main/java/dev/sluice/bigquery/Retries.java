package dev.sluice.bigquery;

import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import java.io.IOException;
import java.time.Duration;

/** Decides whether a failed call is made again, and after which pause. Thread-safe. */
final class Retries {

    private static final int MAX_ATTEMPTS = 8;

    private final Backoff backoff;
    private final RetryBudget budget;
    private final Failures failures;

    Retries(Backoff backoff, RetryBudget budget, Failures failures) {
        this.backoff = backoff;
        this.budget = budget;
        this.failures = failures;
    }

    void succeeded() {
        budget.succeeded();
    }

    /**
     * @param attempt that failed, from 1
     * @throws ErrorIsAnAnswer if this error is an answer to this call
     * @throws BigQueryFailure if the call is not to be repeated
     */
    Duration pauseAfter(int attempt, Purpose purpose, IOException e) throws ErrorIsAnAnswer {
        if (e instanceof HttpResponseException response) {
            return pauseAfter(attempt, purpose, ErrorAnswer.of(response), e);
        }
        if (e instanceof Retryable refusal && !refusal.isRetryable()) {
            throw failures.noToken(purpose, e);
        }
        String what = ServerWords.of(e.getClass().getSimpleName() + ": " + e.getMessage());
        return repeated(attempt, Verdict.REPEAT, purpose, what, e);
    }

    private Duration pauseAfter(int attempt, Purpose purpose, ErrorAnswer answer, IOException e)
            throws ErrorIsAnAnswer {
        Verdict verdict = RetryPolicy.ofCall(purpose.kind(), answer.status(), answer.reason());
        return switch (verdict) {
            case REPEAT, SLOW_DOWN -> longer(repeated(attempt, verdict, purpose, answer.brief(), e), answer);
            case ANSWER -> throw new ErrorIsAnAnswer(failures.permanent(purpose, answer, e));
            case PARK -> throw failures.quotaExhausted(purpose, answer.message(), answer.retryAfter(), e);
            case NEW_ATTEMPT, GIVE_UP -> throw failures.permanent(purpose, answer, e);
        };
    }

    private Duration repeated(int attempt, Verdict verdict, Purpose purpose, String what, IOException e) {
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

    /** Before an operation, not only a call, is tried anew. */
    Duration pauseAfter(int attempt, Verdict verdict) {
        return backoff.after(attempt, verdict);
    }

    /** "Not found" or "duplicate", where that is an answer. */
    static final class ErrorIsAnAnswer extends Exception {
        private static final long serialVersionUID = 1L;

        private final BigQueryFailure otherwise;

        private ErrorIsAnAnswer(BigQueryFailure otherwise) {
            super(otherwise);
            this.otherwise = otherwise;
        }

        /** For who cannot do with that answer. */
        BigQueryFailure otherwise() {
            return otherwise;
        }
    }
}
