package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which resources a list by labels has. */
class LabelFilterTests {

    private static final Map<String, String> LABELS = Map.of("team", "blue", "tier", "");

    @Test
    void aLabelIsWantedWithAnyValueOrWithOne() {
        assertThat(LabelFilter.of("labels.team").test(LABELS)).isTrue();
        assertThat(LabelFilter.of("labels.team:blue").test(LABELS)).isTrue();
        assertThat(LabelFilter.of("labels.team:red").test(LABELS)).isFalse();
        assertThat(LabelFilter.of("labels.tier:").test(LABELS)).isTrue();
        assertThat(LabelFilter.of("labels.nobody").test(LABELS)).isFalse();
    }

    @Test
    void severalLabelsMustAllBeThere() {
        assertThat(LabelFilter.of("labels.team:blue  labels.tier").test(LABELS)).isTrue();
        assertThat(LabelFilter.of("labels.team:blue labels.nobody").test(LABELS))
                .isFalse();
    }

    @Test
    void noFilterWantsNothing() {
        assertThat(LabelFilter.of("").test(null)).isTrue();
        assertThat(LabelFilter.of("labels.team").test(null)).isFalse();
    }

    @Test
    void anotherFilterIsRefused() {
        assertThatExceptionOfType(ApiError.class)
                .isThrownBy(() -> LabelFilter.of("name:house"))
                .withMessage("Invalid value for filter: name:house; labels.<name>[:<value>] is wanted");
    }
}
