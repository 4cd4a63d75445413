package dev.sluice.bigquery;

import static dev.sluice.bigquery.Verdict.GIVE_UP;
import static dev.sluice.bigquery.Verdict.NEW_ATTEMPT;
import static dev.sluice.bigquery.Verdict.PARK;
import static dev.sluice.bigquery.Verdict.REPEAT;
import static dev.sluice.bigquery.Verdict.SLOW_DOWN;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The reasons of BigQuery's page on error messages, and what each asks for: as the answer to a call, and as the end of
 * a BigQuery job. The set is open; {@link RetryPolicy} says what is done about a reason that is not here.
 */
enum ErrorReason {
    ACCESS_DENIED("accessDenied", GIVE_UP, GIVE_UP, "grant the service account what it needs"),
    ATTRIBUTE_ERROR("attributeError", GIVE_UP, GIVE_UP, Advice.MEND),
    AUTH_ERROR("authError", GIVE_UP, GIVE_UP, Advice.CREDENTIALS),
    BACKEND_ERROR("backendError", REPEAT, NEW_ATTEMPT, Advice.LATER),
    BAD_GATEWAY("badGateway", REPEAT, NEW_ATTEMPT, Advice.LATER),
    BAD_REQUEST("badRequest", GIVE_UP, GIVE_UP, Advice.MEND),
    BILLING_NOT_ENABLED("billingNotEnabled", GIVE_UP, GIVE_UP, "enable billing for the project"),
    BILLING_TIER_LIMIT_EXCEEDED("billingTierLimitExceeded", GIVE_UP, GIVE_UP, Advice.LESS),
    BLOCKED("blocked", GIVE_UP, GIVE_UP, "ask Google's support why it is blocked"),
    BYTES_BILLED_LIMIT_EXCEEDED(
            "bytesBilledLimitExceeded",
            GIVE_UP,
            GIVE_UP,
            "raise its tier's sluice.bigquery.maximum-bytes-billed if it is meant to cost so much"),
    DUPLICATE("duplicate", GIVE_UP, GIVE_UP, Advice.MEND),
    INTERNAL_ERROR("internalError", REPEAT, NEW_ATTEMPT, Advice.LATER),
    INVALID("invalid", GIVE_UP, GIVE_UP, Advice.MEND),
    INVALID_QUERY("invalidQuery", GIVE_UP, GIVE_UP, Advice.MEND),
    INVALID_USER("invalidUser", GIVE_UP, GIVE_UP, Advice.CREDENTIALS),
    JOB_BACKEND_ERROR("jobBackendError", NEW_ATTEMPT, NEW_ATTEMPT, Advice.LATER),
    JOB_INTERNAL_ERROR("jobInternalError", NEW_ATTEMPT, NEW_ATTEMPT, Advice.LATER),
    JOB_RATE_LIMIT_EXCEEDED("jobRateLimitExceeded", NEW_ATTEMPT, NEW_ATTEMPT, Advice.LATER),
    NOT_FOUND("notFound", GIVE_UP, GIVE_UP, Advice.WHERE),
    NOT_IMPLEMENTED("notImplemented", GIVE_UP, GIVE_UP, Advice.MEND),
    PROXY_AUTHENTICATION_REQUIRED("proxyAuthenticationRequired", GIVE_UP, GIVE_UP, "check the proxy"),
    QUOTA_EXCEEDED("quotaExceeded", PARK, PARK, "wait until the quota is renewed"),
    RATE_LIMIT_EXCEEDED("rateLimitExceeded", SLOW_DOWN, NEW_ATTEMPT, Advice.LATER),
    RESOURCE_IN_USE("resourceInUse", GIVE_UP, GIVE_UP, Advice.MEND),
    RESOURCES_EXCEEDED("resourcesExceeded", GIVE_UP, GIVE_UP, Advice.LESS),
    RESPONSE_TOO_LARGE("responseTooLarge", GIVE_UP, GIVE_UP, Advice.LESS),
    STOPPED("stopped", GIVE_UP, GIVE_UP, "somebody stopped it; restart the run if that is over"),
    TABLE_UNAVAILABLE("tableUnavailable", REPEAT, NEW_ATTEMPT, Advice.LATER),
    TIMEOUT("timeout", GIVE_UP, GIVE_UP, "let it do less at once, or give it a longer job timeout"),
    USER_RATE_LIMIT_EXCEEDED("userRateLimitExceeded", SLOW_DOWN, NEW_ATTEMPT, Advice.LATER);

    private static final Map<String, ErrorReason> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ErrorReason::word, Function.identity()));

    private final String word;
    private final Verdict onCall;
    private final Verdict onJob;
    private final String advice;

    ErrorReason(String word, Verdict onCall, Verdict onJob, String advice) {
        this.word = word;
        this.onCall = onCall;
        this.onJob = onJob;
        this.advice = advice;
    }

    static Optional<ErrorReason> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }

    /** As BigQuery writes it. */
    String word() {
        return word;
    }

    Verdict onCall() {
        return onCall;
    }

    Verdict onJob() {
        return onJob;
    }

    /** What people can do about it. */
    String advice() {
        return advice;
    }

    /** What several reasons advise. */
    static final class Advice {
        static final String CREDENTIALS = "check the credentials";
        static final String LATER = "it is BigQuery's own trouble: restart the run later";
        static final String LESS = "let it read or return less at once";
        static final String MEND = "mend the cause, then restart the run";
        static final String WHERE = "check project, dataset, table and location";

        private Advice() {}
    }
}
