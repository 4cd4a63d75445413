package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be a dataset in a text of GoogleSQL. */
class DatasetNamesTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT 1|",
                "SELECT x.n FROM a.t AS x JOIN `b`.t USING (n)|x a b",
                "SELECT n FROM `my-project.a.t`|a",
                "SELECT n FROM my-project.a.t|a",
                "SELECT 'no.x', \"it\\\" no.y\", '''no.z''' FROM a.t|a",
                "/* no.x */ -- no.y|",
                "SELECT 1.5 FROM a . t|1 a",
            })
    void itStandsBeforeADot(String sql, @Nullable String names) {
        assertThat(String.join(" ", DatasetNames.within(sql))).isEqualTo(names == null ? "" : names);
    }
}
