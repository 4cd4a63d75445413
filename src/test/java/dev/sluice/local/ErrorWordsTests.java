package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors of values are told in BigQuery's words, whoever finds them. */
class ErrorWordsTests {

    @TempDir
    private static Path folder;

    private static Warehouse warehouse;

    @BeforeAll
    static void open() throws Exception {
        warehouse = new Warehouse(folder, Clock.systemUTC());
    }

    @AfterAll
    static void close() throws java.sql.SQLException {
        warehouse.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "1 / x, 0 -> division by zero: 1 / 0",
                "ERROR(CAST(x AS STRING)), CAST(NULL AS STRING) -> ERROR function called with NULL value",
                "TIMESTAMP(x, '+01'), '0001-01-01 00:00:00' -> TIMESTAMP overflow",
                "1.5 / x, 0.0 -> division by zero: 1.5 / 0",
                "DIV(5, x), 0 -> division by zero: 5 / 0",
                "MOD(5, x), 0 -> division by zero: MOD(5, 0)",
                "NUMERIC '1.5' / x, NUMERIC '0' -> division by zero: 1.5 / 0",
                "DIV(NUMERIC '5', x), NUMERIC '0' -> division by zero: DIV(5, 0)",
                "MOD(x, BIGNUMERIC '0'), BIGNUMERIC '5.5' -> division by zero: MOD(5.5, 0)",
                "x + 1, 9223372036854775807 -> int64 overflow: 9223372036854775807 + 1",
                "-x, -9223372036854775808 -> int64 overflow: --9223372036854775808",
                "ABS(x), -9223372036854775808 -> int64 overflow: --9223372036854775808",
                "DIV(x, -1), -9223372036854775808 -> int64 overflow: --9223372036854775808",
                "NUMERIC '9e28' * x, NUMERIC '90' -> numeric overflow: 90000000000000000000000000000 * 90",
                "x + x, NUMERIC '9e28' -> numeric overflow: 90000000000000000000000000000 + 90000000000000000000000000000",
                "CAST(x AS INT64), 1e19 -> int64 out of range: 1e+19",
                "CAST(x AS INT64), NUMERIC '1e19' -> int64 out of range: 10000000000000000000",
                "CAST(x AS INT64), BIGNUMERIC '1e30' -> int64 out of range: 1000000000000000000000000000000",
                "CAST(x AS INT64), CAST('nan' AS FLOAT64) -> Illegal conversion of non-finite floating point number to an integer: nan",
                "CAST(x AS DATE), '2024-13-01' -> Invalid date: '2024-13-01'",
                "CAST(x AS TIMESTAMP), 'q' -> Invalid timestamp: 'q'",
                "CAST(x AS DATETIME), 'q' -> Invalid datetime string \"q\"",
                "CAST(x AS TIME), '25:00:00' -> Invalid time string \"25:00:00\"",
                "CAST(x AS STRING), b'\\xff' -> Invalid cast of bytes to UTF8 string",
                "PARSE_DATE('%Y', x), 'x' -> Failed to parse input string \"x\"",
                "REGEXP_CONTAINS('a', x), '[' -> Cannot parse regular expression: missing ]: [",
                "REGEXP_REPLACE('a', x, r'\\9'), 'a' -> Invalid REGEXP_REPLACE pattern: Rewrite schema requests 9 matches, but the regexp only has 0 parenthesized subexpressions.",
                "[1, 2][OFFSET(x)], 2 -> Array index 2 is out of bounds (overflow)",
                "[1, 2][x], -1 -> Array index -1 is out of bounds (underflow)",
                "[1, 2][ORDINAL(x)], 0 -> Array index 0 is out of bounds (underflow)",
                "CHR(x), -1 -> Invalid codepoint -1",
                "FROM_HEX(x), 'xx' -> Failed to decode invalid hexadecimal string",
                "DATE(2024, x, 1), 13 -> Input calculates to invalid date: 2024-13-1",
                "TIME(x, 0, 0), 25 -> Input calculates to invalid time: 25:0:0",
                "x LIKE 'b\\\\', 'a' -> LIKE pattern ends with a backslash",
            })
    void areBigQuerys(String selectAndValue, String message) {
        int comma = selectAndValue.lastIndexOf(", ");
        String sql = "SELECT %s FROM (SELECT %s AS x)"
                .formatted(selectAndValue.substring(0, comma), selectAndValue.substring(comma + 2));
        assertThatExceptionOfType(ApiError.class)
                .isThrownBy(() -> warehouse.query(sql))
                .withMessage(message);
    }

    @Test
    void saysNothingOfValuesWhereBigQuerysWordsAreNotKnown() {
        assertThatExceptionOfType(ApiError.class)
                .isThrownBy(
                        () -> warehouse.query("SELECT DATE '2024-01-01' + x FROM (SELECT 9223372036854775807 AS x)"))
                .satisfies(error -> assertThat(error.getMessage()).doesNotContain("can't be cast"));
    }
}
