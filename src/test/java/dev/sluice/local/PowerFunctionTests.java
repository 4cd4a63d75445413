package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Powers and logarithms of NUMERIC, and decimals that are read; the values are those of Google's reference executor. */
class PowerFunctionTests extends SharedWarehouse {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "EXP(NUMERIC '1'), EXP(NUMERIC '0'), EXP(NUMERIC '2.5'), EXP(NUMERIC '-20.5'), EXP(NUMERIC '-99999999999999999999999999999') -> [2.718281828, 1, 12.182493961, 0.000000001, 0]",
                "LN(NUMERIC '2'), LN(NUMERIC '0.000000001'), LN(NUMERIC '99999999999999999999999999999.999999999'), LOG(NUMERIC '2') -> [0.693147181, -20.723265837, 66.774967697, 0.693147181]",
                "LOG10(NUMERIC '1000'), LOG10(NUMERIC '0.001'), LOG10(NUMERIC '2'), LOG10(NUMERIC '1.000000001') -> [3, -3, 0.301029996, 0]",
                "LOG(NUMERIC '8', NUMERIC '2'), LOG(8, NUMERIC '2'), LOG(NUMERIC '5', 2.5), LOG(x, NUMERIC '2') FROM (SELECT 5.5 AS x) -> [3, 3, 1.756470797, 2.4594316186372973]",
                "POW(NUMERIC '2', NUMERIC '0.5'), POW(NUMERIC '-2', 3), POWER(NUMERIC '2', NUMERIC '-3'), POW(2, NUMERIC '2.5'), POW(NUMERIC '2', x) FROM (SELECT 5.5 AS x) -> [1.414213562, -8, 0.125, 5.656854249, 45.254833995939045]",
                "POW(NUMERIC '0', 0), POW(NUMERIC '0', NUMERIC '0.5'), POW(NUMERIC '10', 28), POW(NUMERIC '-1.5', 10), POW(NUMERIC '10', -10) -> [1, 0, 10000000000000000000000000000, 57.665039063, 0]",
                "POW(NUMERIC '-1', NUMERIC '99999999999999999999999999999'), POW(NUMERIC '0.5', NUMERIC '99999999999999999999999999999'), POW(NUMERIC '1', -7) -> [-1, 0, 1]",
                "EXP(CAST(NULL AS NUMERIC)), POW(NULL, NUMERIC '2'), POW(2, 3) -> [null, null, 8.0]",
            })
    void computesDecimalsAsDecimals(String select, String row) {
        assertThat(warehouse.rows("SELECT " + select)).isEqualTo("[" + row + "]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "PARSE_NUMERIC('- 1.5'), PARSE_NUMERIC('1,234.5 -'), PARSE_NUMERIC(',1,,2,.5'), PARSE_NUMERIC('\\t.5\\n'), PARSE_NUMERIC('5.e2'), PARSE_NUMERIC('-1.0000000005') -> [-1.5, -1234.5, 12.5, 0.5, 500, -1.000000001]",
                "PARSE_NUMERIC('1e28'), PARSE_NUMERIC('0e999999999999'), PARSE_NUMERIC('0.1e-99999'), CAST(PARSE_BIGNUMERIC('1e29 +') AS STRING) -> [10000000000000000000000000000, 0, 0, 100000000000000000000000000000]",
                "SAFE.PARSE_NUMERIC('- 1 -'), SAFE.PARSE_NUMERIC('1.2,3'), SAFE.PARSE_NUMERIC('1 e3'), SAFE.PARSE_NUMERIC(',.5'), SAFE.PARSE_NUMERIC('1e29'), SAFE.PARSE_NUMERIC('nan'), SAFE.PARSE_NUMERIC('1e999999999999'), PARSE_NUMERIC(NULL) -> [null, null, null, null, null, null, null, null]",
            })
    void readsDecimalsAsPeopleWriteThem(String select, String row) {
        assertThat(warehouse.rows("SELECT " + select)).isEqualTo("[" + row + "]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "PARSE_NUMERIC('1 2') -> Invalid input to PARSE_NUMERIC: \"1 2\"",
                "EXP(NUMERIC '67') -> numeric overflow: EXP(67)",
                "LN(NUMERIC '0') -> LN is undefined for zero or negative value: LN(0)",
                "LOG10(NUMERIC '-1.50') -> LOG10 is undefined for zero or negative value: LOG10(-1.5)",
                "LOG(NUMERIC '8', NUMERIC '1') -> LOG is undefined for zero or negative value, or when base equals 1: LOG(8, 1)",
                "POW(NUMERIC '-2', NUMERIC '0.5') -> Negative NUMERIC value cannot be raised to a fractional power: POW(-2, 0.5)",
                "POW(NUMERIC '0', NUMERIC '-1') -> division by zero: POW(0, -1)",
                "POW(NUMERIC '10', NUMERIC '29') -> numeric overflow: POW(10, 29)",
                "SQRT(NUMERIC '-1') -> SQRT is undefined for negative value: SQRT(-1)",
            })
    void failsAsTheReferenceDoes(String select, String message) {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> warehouse.query("SELECT " + select))
                .withMessageContaining(message);
    }

    /** The reference tells other last digits than there are. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXP(NUMERIC '50.1')",
                "POW(NUMERIC '10', NUMERIC '28.5')",
                "POW(NUMERIC '3.3', NUMERIC '50')",
                "SAFE.POW(NUMERIC '3.3', NUMERIC '50')",
                "SAFE.CONTAINS_SUBSTR('ß', 'ß')",
                "LOG(NUMERIC '99999999999999999999999999999', NUMERIC '1.000000001')",
            })
    void refusesWhatHangsOnDigitsThatAreNotKnown(String select) {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> warehouse.query("SELECT " + select))
                .withMessageMatching("(?s).*The local BigQuery does not (know the last digits of|support SAFE).*");
    }
}
