package dev.sluice.bigquery;

import dev.sluice.definition.ExitHint;
import dev.sluice.definition.RetryHint;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A remote operation that did not succeed. Messages name the BigQuery job id (where there is one), the table and what
 * to do next; never row contents or SQL literals.
 */
public abstract sealed class BigQueryFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private BigQueryFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** A later attempt may succeed; the retry budget of this one is used up. */
    public static final class Transient extends BigQueryFailure implements ExitHint {
        private static final long serialVersionUID = 1L;

        public Transient(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        @Override
        public int exitCode() {
            return 8;
        }
    }

    /** Every later attempt would fail the same way. */
    public static final class Permanent extends BigQueryFailure {
        private static final long serialVersionUID = 1L;

        private final String reason;

        public Permanent(String message, @Nullable Throwable cause) {
            this(message, "unknown", cause);
        }

        public Permanent(String message, String reason, @Nullable Throwable cause) {
            super(message, cause);
            this.reason = reason;
        }

        /** BigQuery's word for it, for example {@code accessDenied}; {@code unknown} if it gave none. */
        public String reason() {
            return reason;
        }
    }

    /** A quota is used up: what it kept from happening is parked until it is renewed, instead of failing again. */
    public static final class QuotaExhausted extends BigQueryFailure implements ExitHint, RetryHint {
        private static final long serialVersionUID = 1L;

        private final Duration pause;

        /** @param pause before which another attempt would only count against the quota */
        public QuotaExhausted(String message, Duration pause, @Nullable Throwable cause) {
            super(message, cause);
            this.pause = pause;
        }

        @Override
        public Duration pause() {
            return pause;
        }

        @Override
        public int exitCode() {
            return 7;
        }
    }

    /** The door is closed: the process ends. What was under way was cut, and is resolved as after a deadline. */
    public static final class Closed extends BigQueryFailure implements ExitHint {
        private static final long serialVersionUID = 1L;

        public Closed(String message) {
            super(message, null);
        }

        @Override
        public int exitCode() {
            return 8;
        }
    }

    /** The BigQuery job id exists but stands for other work. */
    public static final class Collision extends BigQueryFailure {
        private static final long serialVersionUID = 1L;

        public Collision(String message) {
            super(message, null);
        }
    }

    /** The caller's time is up; if an effect had been submitted, its outcome is unknown until resolved by its id. */
    public static final class DeadlineExceeded extends BigQueryFailure implements ExitHint {
        private static final long serialVersionUID = 1L;

        private final Tier tier;
        private final Duration limit;
        private final Duration elapsed;
        private final String phase;
        private final @Nullable String bigQueryJobId;

        public DeadlineExceeded(
                String message,
                Tier tier,
                Duration limit,
                Duration elapsed,
                String phase,
                @Nullable String bigQueryJobId,
                @Nullable Throwable cause) {
            super(message, cause);
            this.tier = tier;
            this.limit = limit;
            this.elapsed = elapsed;
            this.phase = phase;
            this.bigQueryJobId = bigQueryJobId;
        }

        @Override
        public int exitCode() {
            return 6;
        }

        public Tier tier() {
            return tier;
        }

        public Duration limit() {
            return limit;
        }

        public Duration elapsed() {
            return elapsed;
        }

        /** What was being done: gate, connect, submit, upload, poll, page or cancel. */
        public String phase() {
            return phase;
        }

        public @Nullable String bigQueryJobId() {
            return bigQueryJobId;
        }
    }
}
