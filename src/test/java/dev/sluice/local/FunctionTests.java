package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What functions answer; the values are those of Google's reference executor. */
class FunctionTests {

    @TempDir
    static Path folder;

    private static Warehouse warehouse;

    @BeforeAll
    static void open() throws Exception {
        warehouse = new Warehouse(folder, Clock.systemUTC());
    }

    @AfterAll
    static void close() throws Exception {
        warehouse.close();
    }

    private static void answers(String select, String row) {
        assertThat(warehouse.rows("SELECT " + select)).as(select).isEqualTo("[" + row + "]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "JSON_QUERY('{\"b\": 1, \"a\": [2, 1e2, 1.50]}', '$') -> [{\"b\":1,\"a\":[2,1e2,1.50]}]",
                "JSON_QUERY('{\"a\": 1, \"a\": 2}', '$'), JSON_VALUE('{\"a\": {\"b\": 1}, \"a\": {\"c\": 2}}', '$.a.c') -> [{\"a\":1,\"a\":2}, 2]",
                "JSON_QUERY('{\"a\": null}', '$.a') IS NULL, JSON_EXTRACT('{\"a\": null}', '$.a') IS NULL, JSON_QUERY(JSON '{\"a\": null}', '$.a') IS NULL -> [true, true, false]",
                "JSON_VALUE('{\"n\": 1e2}', '$.n'), JSON_VALUE('{\"n\": 12345678901234567890.5}', '$.n'), JSON_VALUE(JSON '{\"n\": 1e2}', '$.n') -> [1e2, 12345678901234567890.5, 100.0]",
                "JSON_QUERY_ARRAY('[{\"b\": 1, \"a\": 1.0}, \"x\", null]') -> [[{\"b\":1,\"a\":1.0}, \"x\", null]]",
                "JSON_VALUE_ARRAY('[\"a\", 1.50, true]') -> [[a, 1.50, true]]",
                "JSON_VALUE(\"{'a': 'x'}\", '$.a'), JSON_QUERY('[1, 2, ]', '$') -> [x, [1,2]]",
                "JSON_VALUE('{\"a\": 7, \"b\": oops}', '$.a'), JSON_VALUE('{\"a\": oops, \"b\": 7}', '$.b') -> [7, null]",
                "JSON_VALUE('{\"a b\": 1}', '$.a b'), JSON_VALUE('{\"a.b\": 2}', '$.\"a.b\"'), JSON_EXTRACT_SCALAR('{\"a.b\": 3}', \"$['a.b']\") -> [1, 2, 3]",
                "JSON_QUERY('{\"a\": \"\\\\u2028 \\\\/ é\"}', '$') -> [{\"a\":\"\\u2028 / é\"}]",
                "TO_JSON_STRING('\\u2028\\u2029'), TO_JSON_STRING(9007199254740992), TO_JSON_STRING(9007199254740993) -> [\"\\u2028\\u2029\", 9007199254740992, \"9007199254740993\"]",
            })
    void searchesJsonTextAsItIs(String select, String row) {
        answers(select, row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "CAST('0x1F' AS INT64), CAST('-0xff' AS INT64), CAST('+5' AS INT64), CAST(' 7\\t' AS INT64) -> [31, -255, 5, 7]",
                "SAFE_CAST('1_0' AS INT64), SAFE_CAST('- 5' AS INT64), SAFE_CAST('1.0' AS INT64), SAFE_CAST('' AS INT64) -> [null, null, null, null]",
                "CAST(' 1.5 ' AS FLOAT64), CAST('.5' AS FLOAT64), CAST('5.' AS FLOAT64), CAST('-infinity' AS FLOAT64), SAFE_CAST('1d' AS FLOAT64) -> [1.5, 0.5, 5.0, -Infinity, null]",
                "CAST('1e2' AS NUMERIC), CAST('.5' AS NUMERIC), CAST('1.1234567895' AS NUMERIC), SAFE_CAST('1e30' AS NUMERIC) -> [100, 0.5, 1.12345679, null]",
                "CAST('2024-1-2 3:4:5' AS DATETIME), CAST('2024-01-02t03:04:05.12' AS DATETIME), CAST('2024-01-02 23:59:60' AS DATETIME) -> [2024-01-02T03:04:05, 2024-01-02T03:04:05.120, 2024-01-03T00:00]",
                "CAST('3:4:5' AS TIME), CAST('23:59:60' AS TIME), SAFE_CAST('24:00:00' AS TIME) -> [03:04:05, 00:00, null]",
                "CAST('2024-01-02 03:04:05 America/New_York' AS TIMESTAMP), CAST('2024-01-02 3:4:5+5' AS TIMESTAMP), CAST('2024-01-02T03:04:05-0830' AS TIMESTAMP) -> [2024-01-02T08:04:05, 2024-01-01T22:04:05, 2024-01-02T11:34:05]",
                "CAST(1e29 AS NUMERIC), CAST(0.0000000015 AS NUMERIC), CAST(x AS NUMERIC) FROM (SELECT 0.0000000015 AS x) -> [99999999999999991433150857216, 0.000000002, 0.000000001]",
                "TIMESTAMP '2024-01-02 03:04:05 Asia/Tokyo', TIMESTAMP '2024-01-02 03:04:05-0830', DATETIME '2024-01-02 23:59:60' -> [2024-01-01T18:04:05, 2024-01-02T11:34:05, 2024-01-03T00:00]",
            })
    void castsTexts(String select, String row) {
        answers(select, row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "TIMESTAMP(DATETIME '2024-11-03 01:30:00', 'America/New_York'), TIMESTAMP(DATETIME '2024-03-10 02:30:00', 'America/New_York') -> [2024-11-03T05:30, 2024-03-10T07:30]",
                "TIMESTAMP_TRUNC(TIMESTAMP '2024-11-03 05:30:30', HOUR, 'America/New_York'), TIMESTAMP_TRUNC(TIMESTAMP '2024-11-03 06:30:30', MINUTE, 'America/New_York') -> [2024-11-03T05:00, 2024-11-03T06:30]",
                "TIMESTAMP_TRUNC(TIMESTAMP '2024-05-15 12:34:56', HOUR, 'Asia/Kolkata'), TIMESTAMP_TRUNC(TIMESTAMP '2024-05-15 12:34:56', HOUR, '+05:30') -> [2024-05-15T12:30, 2024-05-15T12:30]",
                "UNIX_SECONDS(TIMESTAMP '9999-12-31 23:59:59.999999'), UNIX_MILLIS(TIMESTAMP '9999-12-31 23:59:59.999999'), UNIX_MILLIS(TIMESTAMP '1969-12-31 23:59:59.9995') -> [253402300799, 253402300799999, -1]",
                "FORMAT_DATE('%C %C', DATE '0999-01-03') -> [9 9]",
            })
    void findsMoments(String select, String row) {
        answers(select, row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "ARRAY_CONCAT_AGG(x ORDER BY ARRAY_LENGTH(x) LIMIT 2) FROM (SELECT [1, 2, 3] AS x UNION ALL SELECT [4] UNION ALL SELECT NULL UNION ALL SELECT [5, 6]) -> [[4, 5, 6]]",
            })
    void aggregates(String select, String row) {
        answers(select, row);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CAST('2024-02-30' AS DATE)",
                "CAST('2024-01-02 24:00:00' AS DATETIME)",
                "CAST('2024-01-02 03:04:05 +5:30' AS TIMESTAMP)",
                "CAST('2024-01-02 03:04:05+15' AS TIMESTAMP)",
                "CAST('yes' AS BOOL)",
                "CAST('9223372036854775808' AS INT64)",
                "TRANSLATE('abc', 'aa', 'xy')",
                "JSON_VALUE('{\"a\": 1}', \"$['a']\")",
                "JSON_EXTRACT_SCALAR('{\"a\": 1}', '$.\"a\"')",
            })
    void fails(String select) {
        assertThatExceptionOfType(RuntimeException.class)
                .as(select)
                .isThrownBy(() -> warehouse.query("SELECT " + select))
                .withMessageNotContaining("local BigQuery");
    }
}
