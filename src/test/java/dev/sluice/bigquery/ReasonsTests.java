package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonsTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Could not parse 'anna@example.org' as INT64 for field n | Could not parse '…' as INT64 for field n",
                "Bad int64 value: 4711x | Bad int64 value: …",
                "Could not cast literal \"secret\" to type DATE at [1:9] | Could not cast literal '…' to type DATE at [1:9]",
                "Table p:d.t doesn't exist, so it can't be read | Table p:d.t doesn't exist, so it can't be read",
                "Not found: Dataset p:d was not found in location US | Not found: Dataset p:d was not found in location US"
            })
    void keepsBigQuerysWordsButNoValues(String said, String kept) {
        assertThat(Reasons.words(said)).isEqualTo(kept);
    }

    @Test
    void keepsOneLineOfModestLength() {
        assertThat(Reasons.words("first\nsecond")).isEqualTo("first");
        assertThat(Reasons.words("x".repeat(1_000))).hasSize(300);
        assertThat(Reasons.words("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "500, unknown, true",
        "501, notImplemented, false",
        "503, backendError, true",
        "429, rateLimitExceeded, true",
        "408, timeout, true",
        "403, rateLimitExceeded, true",
        "403, quotaExceeded, false",
        "403, accessDenied, false",
        "401, authError, false",
        "400, jobRateLimitExceeded, false",
        "400, invalidQuery, false",
        "404, notFound, false"
    })
    void repeatsWhatBigQueryCallsTemporary(int status, String reason, boolean repeated) {
        assertThat(Reasons.isTransient(status, reason)).isEqualTo(repeated);
    }

    @ParameterizedTest
    @CsvSource({
        "backendError, true",
        "jobBackendError, true",
        "jobInternalError, true",
        "jobRateLimitExceeded, true",
        "stopped, false",
        "invalidQuery, false",
        "quotaExceeded, false"
    })
    void triesUnderAnotherIdWhatBigQueryBlamesItselfFor(String reason, boolean again) {
        assertThat(Reasons.allowsNewAttempt(reason)).isEqualTo(again);
    }
}
