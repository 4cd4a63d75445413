package dev.sluice.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrgSlugTests {

    @ParameterizedTest
    @ValueSource(strings = {"abc", "acme_corp", "a1_", "a2345678901234567890123456789012345678901234567890"})
    void takesLettersDigitsAndUnderscores(String text) {
        assertThat(OrgSlug.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ab",
                "1abc",
                "_abc",
                "Acme",
                "acme-corp",
                "acme corp",
                " acme",
                "acme\n",
                "acmé",
                "acme`.x",
                "a23456789012345678901234567890123456789012345678901"
            })
    void refusesEverythingElseAndSaysWhatIsAllowed(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OrgSlug.parse(text))
                .withMessageContaining("3 to 50")
                .withMessageContaining("a letter first");
    }
}
