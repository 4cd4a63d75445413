package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Google's page on error messages, row by row, and what the page does not name. */
class RetryPolicyTests {

    /** reason, HTTP status, verdict on a call, verdict on a BigQuery job that ended so. */
    private static final String TABLE = """
            accessDenied,403,GIVE_UP,GIVE_UP
            attributeError,400,GIVE_UP,GIVE_UP
            authError,401,GIVE_UP,GIVE_UP
            backendError,500,REPEAT,NEW_ATTEMPT
            backendError,502,REPEAT,NEW_ATTEMPT
            backendError,503,REPEAT,NEW_ATTEMPT
            backendError,504,REPEAT,NEW_ATTEMPT
            badGateway,502,REPEAT,NEW_ATTEMPT
            badRequest,400,GIVE_UP,GIVE_UP
            billingNotEnabled,403,GIVE_UP,GIVE_UP
            billingTierLimitExceeded,400,GIVE_UP,GIVE_UP
            blocked,403,GIVE_UP,GIVE_UP
            bytesBilledLimitExceeded,400,GIVE_UP,GIVE_UP
            duplicate,409,GIVE_UP,GIVE_UP
            internalError,500,REPEAT,NEW_ATTEMPT
            invalid,400,GIVE_UP,GIVE_UP
            invalidQuery,400,GIVE_UP,GIVE_UP
            invalidUser,400,GIVE_UP,GIVE_UP
            jobBackendError,400,NEW_ATTEMPT,NEW_ATTEMPT
            jobInternalError,400,NEW_ATTEMPT,NEW_ATTEMPT
            jobRateLimitExceeded,400,NEW_ATTEMPT,NEW_ATTEMPT
            notFound,404,GIVE_UP,GIVE_UP
            notImplemented,501,GIVE_UP,GIVE_UP
            proxyAuthenticationRequired,407,GIVE_UP,GIVE_UP
            quotaExceeded,403,PARK,PARK
            rateLimitExceeded,403,SLOW_DOWN,NEW_ATTEMPT
            resourceInUse,400,GIVE_UP,GIVE_UP
            resourcesExceeded,400,GIVE_UP,GIVE_UP
            responseTooLarge,403,GIVE_UP,GIVE_UP
            stopped,200,GIVE_UP,GIVE_UP
            tableUnavailable,400,REPEAT,NEW_ATTEMPT
            timeout,400,GIVE_UP,GIVE_UP
            userRateLimitExceeded,403,SLOW_DOWN,NEW_ATTEMPT
            """;

    /** kind of call, what "not found" means to it, what "duplicate" does. */
    private static final String KINDS = """
            FIND_TABLE,ANSWER,GIVE_UP
            CREATE_DATASET,GIVE_UP,ANSWER
            CREATE_TABLE,GIVE_UP,ANSWER
            DROP_TABLE,ANSWER,GIVE_UP
            SUBMIT_JOB,GIVE_UP,ANSWER
            SUBMIT_QUERY,GIVE_UP,ANSWER
            BEGIN_UPLOAD,GIVE_UP,ANSWER
            SEND_CHUNK,GIVE_UP,GIVE_UP
            FIND_JOB,ANSWER,GIVE_UP
            AWAIT_RESULT,GIVE_UP,GIVE_UP
            READ_PAGE,GIVE_UP,GIVE_UP
            READ_KEPT_PAGE,ANSWER,GIVE_UP
            CANCEL_JOB,ANSWER,ANSWER
            """;

    @ParameterizedTest
    @CsvSource(textBlock = TABLE)
    void doesAsGooglesTableSays(String reason, int status, Verdict onCall, Verdict onJob) {
        assertThat(RetryPolicy.ofCall(CallKind.READ_PAGE, status, reason)).isEqualTo(onCall);
        assertThat(RetryPolicy.ofJob(reason)).isEqualTo(onJob);
    }

    @Test
    void isTestedRowByRow() {
        Stream<String> tested = TABLE.lines().map(row -> row.split(",")[0]);
        assertThat(Arrays.stream(ErrorReason.values()).map(ErrorReason::word)).containsAll(tested.toList());
        assertThat(TABLE.lines().map(row -> row.split(",")[0]))
                .containsAll(Arrays.stream(ErrorReason.values())
                        .map(ErrorReason::word)
                        .toList());
        assertThat(KINDS.lines().map(row -> CallKind.valueOf(row.split(",")[0])))
                .containsExactly(CallKind.values());
    }

    @ParameterizedTest
    @CsvSource({
        "400, GIVE_UP",
        "401, GIVE_UP",
        "403, GIVE_UP",
        "408, REPEAT",
        "410, GIVE_UP",
        "412, GIVE_UP",
        "429, SLOW_DOWN",
        "500, REPEAT",
        "501, GIVE_UP",
        "502, REPEAT",
        "503, REPEAT",
        "504, REPEAT",
        "599, REPEAT",
    })
    void goesByTheStatusWhereTheReasonIsUnknown(int status, Verdict verdict) {
        for (String reason : List.of(ErrorAnswer.UNKNOWN, "inventedTomorrow")) {
            assertThat(RetryPolicy.ofCall(CallKind.FIND_TABLE, status, reason)).isEqualTo(verdict);
        }
    }

    @Test
    void givesUpABigQueryJobThatEndsForAnUnknownReason() {
        assertThat(RetryPolicy.ofJob("inventedTomorrow")).isEqualTo(Verdict.GIVE_UP);
    }

    @ParameterizedTest
    @CsvSource(textBlock = KINDS)
    void takesNotFoundAndDuplicateAsEachKindOfCallMeansThem(CallKind kind, Verdict notFound, Verdict duplicate) {
        assertThat(RetryPolicy.ofCall(kind, 404, "notFound")).isEqualTo(notFound);
        assertThat(RetryPolicy.ofCall(kind, 409, "duplicate")).isEqualTo(duplicate);
    }

    @ParameterizedTest
    @EnumSource
    void submitsUnderAnotherIdWhatBigQueryItselfFailedToDo(CallKind kind) {
        assertThat(RetryPolicy.ofCall(kind, 400, "jobBackendError")).isEqualTo(Verdict.NEW_ATTEMPT);
    }

    @ParameterizedTest
    @EnumSource
    void advisesSomethingForEachReason(ErrorReason reason) {
        assertThat(RetryPolicy.advice(400, reason.word())).isNotBlank();
        assertThat(RetryPolicy.advice(401, reason.word())).contains("credentials");
    }
}
