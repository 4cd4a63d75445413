package dev.sluice.local.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be a dataset in a text of GoogleSQL. */
class OutlineTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT 1|",
                "SELECT x.n FROM a.t AS x JOIN `b`.t USING (n)|a b x",
                "SELECT n FROM `my-project.a.t`|a",
                "SELECT n FROM my-project.a.t|project a",
                "SELECT 'no.x', \"it\\\" no.y\", '''no'.z''' FROM a.t|a",
                "/* no.x */ -- no.y|",
                "SELECT \"\"\"no.\"x. \"\"\"|",
                "SELECT `a b`.n, `c`.`d`.e FROM (t)|c d",
                "SELECT 1.5 FROM a . t|a",
            })
    void itStandsBeforeADot(String sql, @Nullable String names) {
        assertThat(String.join(" ", Outline.of(sql).qualifiers())).isEqualTo(names == null ? "" : names);
    }
}
