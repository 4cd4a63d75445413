package dev.sluice.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTextTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password=correct-horse",
                "the Password: correct-horse, they said",
                "{\"api_key\":\"correct-horse\"}",
                "https://ann:correct-horse@db.example/x",
                "Authorization: Bearer correct-horse",
                "AKIA" + "ABCDEFGHIJKLMNOP",
                "AIza" + "SyA1234567890abcdefghijklmnopqrstuv",
                "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789",
                "sk_" + "live_abcdefghijklmnop1234",
                "xoxb-" + "1234567890-abcdefghij",
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc",
                "-----BEGIN PRIVATE KEY-----\nMIIEvQ",
                "k7Qp2mXz9LvB4nRt6WcY1sHd8JfG3aKe5uNo0iPq"
            })
    void seesASecretAndHidesIt(String text) {
        assertThat(SecretText.isIn(text)).isTrue();
        assertThat(SecretText.scrub(text))
                .contains("***")
                .doesNotContain("correct-horse", "MIIEvQ", "ABCDEFGHIJKLMNOP", "k7Qp2mXz");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/srv/exports/2026-11-24/AuditLogs_of_AcmeCorp2_and_OthersInEurope/part-00001.ndjson",
                "/tmp/junit-1234567890123456789/home/rejects/bulk-insert-0123456789abcdef0123456789abcdef-1.rejects",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "sluice-abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst-a1",
                "provider:chatgpt",
                "a=b, c=d; ü ≠ 漢字 😀",
                "the token ran out, so the password was changed",
                "cannot load gs://bucket/file: no such object",
                "ThisIsAVeryLongClassNameOfSomeFrameworkThatHasNoDigits"
            })
    void leavesEverythingElseAlone(String text) {
        assertThat(SecretText.scrub(text)).isEqualTo(text);
    }

    @Test
    void keepsSecretsOutOfParametersWithoutRepeatingThem() {
        var label = new JobParameterDefinition("label", ParameterType.STRING, true, null, List.of(), true, "a name");
        var job = new JobDefinition(
                "job", "family", "", "", null, List.of(label), "BATCH", java.time.Duration.ofMinutes(1), Map.of());

        JobArguments arguments = JobArguments.of(job, Map.of("label", "password=correct-horse"), Path.of("."));

        assertThat(arguments.values()).isEmpty();
        assertThat(arguments.problems())
                .singleElement()
                .asString()
                .contains("'label' looks like it holds a secret")
                .doesNotContain("horse");
    }
}
