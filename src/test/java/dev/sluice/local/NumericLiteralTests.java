package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** FLOAT64 literals where a NUMERIC or BIGNUMERIC is wanted: their digits count, not the double that they are otherwise. */
class NumericLiteralTests extends SharedWarehouse {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "NUMERIC '1' + 1.00000000015 -> NUMERIC \"2\"",
                "NUMERIC '1' + (1e-30) -> NUMERIC \"1\"",
                "NUMERIC '1' = 1.0000000001 -> true",
                "NUMERIC '3' / 7.00000000004 -> NUMERIC \"0.428571429\"",
                "MOD(NUMERIC '5', 1.23456789012) -> NUMERIC \"0.06172844\"",
                "BIGNUMERIC '1' + -1.2345678901234567890123 -> BIGNUMERIC \"-0.2345678901234567890123\"",
                "BIGNUMERIC '1' + -(1.2345678901234567890123) -> -0.23456789012345669",
                "CAST(1.2345678901234567890123 AS BIGNUMERIC) -> BIGNUMERIC \"1.2345678901234567890123\"",
                "CAST(-(1.2345678901234567890123) AS BIGNUMERIC) -> BIGNUMERIC \"-1.23456789012345669043213547411141917109\"",
                "SAFE_CAST(99999999999999999999999999999.9999999994 AS NUMERIC) -> NUMERIC \"99999999999999999999999999999.999999999\"",
                "SAFE_CAST(1e40 AS NUMERIC) -> NULL",
                "[NUMERIC '2', 1.23456789012] -> [NUMERIC \"2\", NUMERIC \"1.23456789\"]",
                "IF(TRUE, 1.23456789012345678901, BIGNUMERIC '2') -> BIGNUMERIC \"1.23456789012345678901\"",
                "STRUCT<BIGNUMERIC, NUMERIC>(1.23456789012345678901, 1.23456789012) -> (BIGNUMERIC \"1.23456789012345678901\", NUMERIC \"1.23456789\")",
                "(SELECT MIN(x) FROM (SELECT BIGNUMERIC '2' AS x UNION ALL SELECT 1.23456789012345678901)) -> BIGNUMERIC \"1.23456789012345678901\"",
                "NUMERIC '1' + CAST(0.12345678912345 AS FLOAT64) -> 1.12345678912345",
                "NUMERIC '1' + f -> 1.12345678912345",
            })
    void areReadDigitByDigit(String expression, String value) {
        assertThat(warehouse.rows("SELECT FORMAT('%T', {}) FROM (SELECT CAST('0.12345678912345' AS FLOAT64) AS f)"
                        .replace("{}", expression)))
                .isEqualTo("[[" + value + "]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NUMERIC '1' + 1e40", "NUMERIC '1' < 1e40", "COALESCE(NUMERIC '1', 1e40)"})
    void mustBeInRange(String expression) {
        assertThatException()
                .isThrownBy(() -> warehouse.query("SELECT " + expression))
                .withMessageContaining("Invalid NUMERIC value: 1e40");
    }
}
