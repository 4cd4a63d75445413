package dev.sluice.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerWordsTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Could not parse 'anna@example.org' as INT64 for field n | Could not parse '…' as INT64 for field n",
                "Bad int64 value: 4711x | Bad int64 value: …",
                "Could not cast literal \"secret\" to type DATE at [1:9] | Could not cast literal '…' to type DATE at [1:9]",
                "division by zero: 4711 / 0 | division by zero: …",
                "int64 overflow: 9223372036854775807 + 4711 | int64 overflow: …",
                "int64 out of range: 1e+19 | int64 out of range: …",
                "Floating point error in function: EXP(4711) | Floating point error in function: EXP …",
                "Table p:d.t doesn't exist, so it can't be read | Table p:d.t doesn't exist, so it can't be read",
                "Not found: Dataset p:d was not found in location US | Not found: Dataset p:d was not found in location US"
            })
    void keepsBigQuerysWordsButNoValues(String said, String kept) {
        assertThat(ServerWords.of(said)).isEqualTo(kept);
    }

    @Test
    void keepsOneLineOfModestLength() {
        assertThat(ServerWords.of("first\nsecond")).isEqualTo("first");
        assertThat(ServerWords.of("x".repeat(1_000))).hasSize(300);
        assertThat(ServerWords.of("")).isEmpty();
    }
}
