package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What functions answer; the values are those of Google's reference executor. */
class FunctionTests extends SharedWarehouse {

    private void answers(String select, String row) {
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
                "AVG(DISTINCT x), MIN(DISTINCT x), SUM(DISTINCT x) FROM UNNEST([2, 2, 3]) AS x -> [2.5, 2, 5]",
                "AVG(DISTINCT x) FROM UNNEST([NUMERIC '1', 1, 2]) AS x -> [1.5]",
                "MAX(x), MIN(x), MIN(-x), MAX(-x) FROM UNNEST([NULL, 0.0, -0.0]) AS x -> [0.0, 0.0, -0.0, -0.0]",
                "MAX(x) OVER (ORDER BY i DESC) FROM UNNEST([-0.0, 0.0]) AS x WITH OFFSET AS i ORDER BY i LIMIT 1 -> [0.0]",
                "PERCENTILE_CONT(x, 0.5) OVER (), PERCENTILE_DISC(x, 0.5) OVER (), PERCENTILE_DISC(x, 0) OVER (), PERCENTILE_CONT(x, 1) OVER () FROM UNNEST([7, 1, NULL, 5, 2]) AS x LIMIT 1 -> [3.5, 2, 1, 7.0]",
                "PERCENTILE_DISC(x, 0.5) OVER (), PERCENTILE_DISC(x, 0.25) OVER () FROM UNNEST(['a', 'c', 'b', NULL, 'd']) AS x LIMIT 1 -> [b, a]",
                "APPROX_QUANTILES(x, 2), APPROX_QUANTILES(x, 100)[OFFSET(90)], APPROX_QUANTILES(DISTINCT x, 2) FROM UNNEST([1, 1, 1, 4, 5, 6, 7, 8, 9, 10, NULL]) AS x -> [[1, 5, 10], 9, [1, 6, 10]]",
                "APPROX_TOP_COUNT(x, 2) FROM UNNEST(['b', 'a', NULL, 'c', 'c', 'c', NULL]) AS x -> [[[c, 3], [null, 2]]]",
            })
    void aggregates(String select, String row) {
        answers(select, row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "FORMAT('%d %5d %-5d %05d %+d % d %x %X %o %#x %.4d', 42, 42, 42, 42, 42, 42, 255, 255, 8, 255, 42), FORMAT('%d %x %o', -42, -255, -8) -> [42    42 42    00042 +42  42 ff FF 10 0xff 0042, -42 -ff -10]",
                "FORMAT(\"%'d %'+10d %'.2f %'010d\", 1234567, 1234567, 1234567.891, 1234567) -> [1,234,567 +1,234,567 1,234,567.89 01,234,567]",
                "FORMAT('<%10s %-10s %.2s %10.2s>', 'abc', 'abc', 'abc', 'abc'), FORMAT('<%5s %.1s>', 'é', '日本') -> [<       abc abc        ab         ab>, <    é 日>]",
                "FORMAT('%f %.2f %10.3f %-8.1f %+f %010.2f %.0f', 1.5, 1.555, 3.14159, 2.25, 1.0, -1.5, 2.5) -> [1.500000 1.55      3.142 2.2      +1.000000 -000001.50 2]",
                "FORMAT('%e %E %.2e %12.3e %.0e', 12345.678, 12345.678, 0.0, 0.00012, 15.0), FORMAT('%g %G %.3g %g %g %g', 0.0001, 1e10, 1234.5678, 1e-5, 999999.5, 0.0) -> [1.234568e+04 1.234568E+04 0.00e+00    1.200e-04 2e+01, 0.0001 1E+10 1.23e+03 1e-05 1e+06 0]",
                "FORMAT('%f %E %5.1f %06f', CAST('-inf' AS FLOAT64), CAST('nan' AS FLOAT64), CAST('nan' AS FLOAT64), CAST('inf' AS FLOAT64)) -> [-inf NAN   nan    inf]",
                "FORMAT('%.1f %.0f %e %g', NUMERIC '1.25', NUMERIC '2.5', NUMERIC '12345.678', BIGNUMERIC '0.5') -> [1.3 3 1.234568e+04 0.5]",
                "FORMAT('%t %t %t %t', b'a\"\\xff', 1.0, NUMERIC '1.50', TIMESTAMP '2024-01-02 03:04:05.12'), FORMAT('%T %T %T', 'a\"b', \"a\\n'b\", b'\\x00\"\\'') -> [a\\\"\\xff 1.0 1.5 2024-01-02 03:04:05.120+00, 'a\"b' \"a\\n'b\" b\"\\x00\\\"'\"]",
                "FORMAT('%T %T %T', DATE '2024-01-02', NUMERIC '1.5', CAST('nan' AS FLOAT64)), FORMAT('%t %T', [1.0, NULL], ['a', NULL]) -> [DATE \"2024-01-02\" NUMERIC \"1.5\" CAST(\"nan\" AS FLOAT64), [1.0, NULL] [\"a\", NULL]]",
                "FORMAT('%t %T', STRUCT(1 AS a, 'x' AS b), STRUCT(STRUCT(1) AS s, [STRUCT('a', NULL)] AS l, CAST(NULL AS STRING))) -> [(1, x) (STRUCT(1), [(\"a\", NULL)], NULL)]",
                "FORMAT('%p %T', JSON '{\"b\": 1, \"a\": \"x\"}', JSON '{\"b\": 1, \"a\": \"x\"}'), FORMAT('%10t|%-5t|', 1.5, 7) -> [{\"a\":\"x\",\"b\":1} JSON '{\"a\":\"x\",\"b\":1}',        1.5|7    |]",
                "FORMAT('%t %T', CAST(NULL AS INT64), CAST(NULL AS ARRAY<STRING>)), FORMAT('%d %s', 1, CAST(NULL AS STRING)) -> [NULL NULL, null]",
                "REPLACE(TO_JSON_STRING(STRUCT(1 AS a, [1, 2] AS b, STRUCT(CAST([] AS ARRAY<INT64>) AS e) AS c), TRUE), '\\n', '~'), REPLACE(FORMAT('%P', JSON '{\"b\": {}, \"a\": [{\"x\": 1}]}'), '\\n', '~') -> [{~  \"a\": 1,~  \"b\": [~    1,~    2~  ],~  \"c\": {~    \"e\": []~  }~}, {~  \"a\": [~    {~      \"x\": 1~    }~  ],~  \"b\": {}~}]",
            })
    void formatsValues(String select, String row) {
        answers(select, row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "FORMAT_DATE('%U %W %g %EY %Ey %C', DATE '2024-12-30'), FORMAT_DATETIME('%c %s %r', DATETIME '2024-12-30 13:00:01.5'), FORMAT_TIME('%r', TIME '00:00:00') -> [52 53 25 2024 24 20, Mon Dec 30 13:00:01 2024 1735563601 01:00:01 PM, 12:00:00 AM]",
                "FORMAT_TIMESTAMP('%F %T %Z %z %Ez %s', TIMESTAMP '2014-09-27 12:30:00', 'America/New_York'), FORMAT_TIMESTAMP('%Z %z', TIMESTAMP '2014-09-27 12:30:00', '+05:30'), FORMAT_TIMESTAMP('%Z %z', TIMESTAMP '2014-09-27 12:30:00') -> [2014-09-27 08:30:00 UTC-4 -0400 -04:00 1411821000, UTC+0530 +0530, UTC +0000]",
                "PARSE_DATE('%Q %Y', '2 2024'), PARSE_DATE('%Y-%j', '2024-060'), PARSE_DATE('%y %C', '85 18'), PARSE_DATE('%A, %d %b %Y', 'monday, 5 JAN 2024') -> [2024-04-01, 2024-02-29, 1885-01-01, 2024-01-05]",
                "PARSE_DATE('%Y-%m-%d', '02024-01-02'), PARSE_DATE('%Y%m%d', '20240131'), PARSE_DATE('%y', '7') -> [2024-01-02, 2024-01-31, 2007-01-01]",
                "PARSE_TIMESTAMP('%Z %F', 'America/New_York 2024-01-01'), PARSE_TIMESTAMP('%F %T%z', '2024-01-01 10:00:00+05'), PARSE_TIMESTAMP('%F %T%Ez', '2024-01-01 10:00:00Z') -> [2024-01-01T05:00, 2024-01-01T05:00, 2024-01-01T10:00]",
                "PARSE_TIMESTAMP('%s', '-5', 'Asia/Tokyo'), PARSE_TIMESTAMP('%c', 'Thu Dec 25 07:30:00 2008', 'Asia/Tokyo'), PARSE_TIMESTAMP('%FT%H:%M:%E3S', '2024-01-01T10:00:00.12') -> [1969-12-31T23:59:55, 2008-12-24T22:30, 2024-01-01T10:00:00.120]",
                "PARSE_DATETIME('%H:%M:%S', '23:59:60'), PARSE_DATETIME('%p %H', 'PM 5'), PARSE_DATETIME('%I', '12'), PARSE_DATETIME('%H %I %p', '7 5 PM') -> [1970-01-02T00:00, 1970-01-01T05:00, 1970-01-01T00:00, 1970-01-01T17:00]",
                "PARSE_TIME('%I:%M %p', '2:30 PM'), PARSE_TIME('%E*S', '5.25'), PARSE_TIME('%r', '07:30:00 PM'), PARSE_TIME('%H:%M:%S', '03:04:60') -> [14:30, 00:00:05.250, 19:30, 03:05]",
            })
    void parsesMoments(String select, String row) {
        answers(select, row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "DATETIME_DIFF(DATETIME '2024-01-02 00:00:00', DATETIME '2024-01-01 23:59:59', HOUR), DATETIME_DIFF(DATETIME '2024-01-01 00:00:59', DATETIME '2024-01-01 00:01:00', MINUTE), DATETIME_DIFF(DATETIME '1969-12-31 23:59:59.5', DATETIME '1970-01-01 00:00:00', SECOND) -> [1, -1, -1]",
                "TIME_DIFF(TIME '15:00:00', TIME '14:59:59', HOUR), TIME_DIFF(TIME '14:35:00', TIME '15:30:00', MINUTE) -> [1, -55]",
                "TIMESTAMP_DIFF(TIMESTAMP '2024-01-02 00:00:00', TIMESTAMP '2024-01-01 23:59:59', HOUR), DATE_DIFF(TIMESTAMP '2024-01-02', TIMESTAMP '2024-01-01 23:59:59', DAY), DATE_DIFF(DATETIME '2024-01-02', DATETIME '2024-01-01 23:59:59', DAY) -> [0, 0, 1]",
                "DATE_DIFF(DATE '2024-12-30', DATE '2024-12-29', ISOYEAR), DATE_DIFF(DATE '2024-01-01', DATE '2024-01-07', WEEK(SATURDAY)), DATE_DIFF(DATE '1969-12-31', DATE '1969-12-25', WEEK(THURSDAY)) -> [1, -1, 0]",
                "DATE_TRUNC(DATE '2024-05-15', WEEK(MONDAY)), DATE_TRUNC(DATE '2024-05-15', WEEK(SATURDAY)), DATE_TRUNC(DATE '2024-05-15', WEEK(WEDNESDAY)), DATETIME_TRUNC(DATETIME '2024-05-15 10:00:00', WEEK(THURSDAY)) -> [2024-05-13, 2024-05-11, 2024-05-15, 2024-05-09T00:00]",
                "DATE_TRUNC(TIMESTAMP '2024-02-02 01:00:00', DAY, 'America/New_York'), DATE_TRUNC(DATETIME '2024-02-02 10:30:00', HOUR), TIMESTAMP_TRUNC(DATETIME '2024-02-02 10:00:00', DAY) -> [2024-02-01T05:00, 2024-02-02T10:00, 2024-02-02T00:00]",
                "DATE_ADD(DATETIME '2024-01-31 10:00:00', INTERVAL 1 MONTH), DATE_SUB(TIMESTAMP '2024-01-31 10:00:00', INTERVAL 1 HOUR), TIMESTAMP_ADD(DATETIME '2024-02-02 10:00:00', INTERVAL 1 DAY) -> [2024-02-29T10:00, 2024-01-31T09:00, 2024-02-03T10:00]",
                "LAST_DAY(DATE '2024-02-05', WEEK), LAST_DAY(DATE '2024-02-05', ISOWEEK), LAST_DAY(DATE '2024-02-05', ISOYEAR), LAST_DAY(DATETIME '2024-02-05 10:00:00', WEEK(TUESDAY)) -> [2024-02-10, 2024-02-11, 2024-12-29, 2024-02-05]",
                "EXTRACT(WEEK(MONDAY) FROM DATE '2024-01-06'), EXTRACT(WEEK(TUESDAY) FROM DATE '2024-01-01'), EXTRACT(WEEK(SATURDAY) FROM DATE '2023-12-30'), EXTRACT(DATETIME FROM TIMESTAMP '2024-01-01 23:00:00' AT TIME ZONE 'Asia/Tokyo') -> [1, 0, 52, 2024-01-02T08:00]",
                "CURRENT_DATE = CURRENT_DATE(), CURRENT_TIMESTAMP = CURRENT_TIMESTAMP(), CURRENT_DATETIME('Asia/Tokyo') > CURRENT_DATETIME, CURRENT_TIME('UTC') = CURRENT_TIME -> [true, true, true, true]",
            })
    void countsInUnits(String select, String row) {
        answers(select, row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "GENERATE_DATE_ARRAY('2024-01-31', '2024-05-31', INTERVAL 1 MONTH), GENERATE_DATE_ARRAY('2024-05-31', '2024-01-31', INTERVAL -1 MONTH), GENERATE_DATE_ARRAY('2024-01-01', '2024-01-03') -> [[2024-01-31, 2024-02-29, 2024-03-29, 2024-04-29, 2024-05-29], [2024-05-31, 2024-04-30, 2024-03-30, 2024-02-29], [2024-01-01, 2024-01-02, 2024-01-03]]",
                "GENERATE_DATE_ARRAY('2024-01-01', '2024-01-20', INTERVAL 1 WEEK), GENERATE_DATE_ARRAY('2024-02-29', '2026-02-28', INTERVAL 1 YEAR), GENERATE_DATE_ARRAY('2024-01-05', '2024-01-01'), ARRAY_LENGTH(GENERATE_DATE_ARRAY(NULL, '2024-01-01')) -> [[2024-01-01, 2024-01-08, 2024-01-15], [2024-02-29, 2025-02-28, 2026-02-28], [], null]",
                "GENERATE_TIMESTAMP_ARRAY('2024-01-01', '2024-01-01 00:00:01', INTERVAL 300 MILLISECOND), GENERATE_TIMESTAMP_ARRAY('2024-01-03', '2024-01-01', INTERVAL -1 DAY), GENERATE_TIMESTAMP_ARRAY('2024-01-03', '2024-01-01', INTERVAL 1 DAY) -> [[2024-01-01T00:00, 2024-01-01T00:00:00.300, 2024-01-01T00:00:00.600, 2024-01-01T00:00:00.900], [2024-01-03T00:00, 2024-01-02T00:00, 2024-01-01T00:00], []]",
                "ARRAY_SLICE([1, 2, 3, 4], 1, 2), ARRAY_SLICE([1, 2, 3, 4], -2, -1), ARRAY_SLICE([1, 2], 5, 6), ARRAY_SLICE([1, 2, 3], -9, 0), ARRAY_SLICE([1, 2, 3], 2, 1), ARRAY_SLICE([1, 2, 3], -9, -9) -> [[2, 3], [3, 4], [], [1], [], []]",
            })
    void makesArrays(String select, String row) {
        answers(select, row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 3, -8 >> 1, 1 << 64, 1 << 63, -1 >> 63, 1 + 2 << 1, 1 | 2 & 3 ^ 1, ~1 + 1, 6 & 3 = 2, 2 < 1 << 2, BIT_COUNT(b'\\xff\\x0f') -> [1, 7, 6, -6, 8, 9223372036854775804, 0, -9223372036854775808, 1, 6, 3, -1, true, true, 12]",
            })
    void combinesBits(String select, String row) {
        answers(select, row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "CODE_POINTS_TO_STRING([65, 255, 128512]), CODE_POINTS_TO_STRING([]), CODE_POINTS_TO_STRING([65, NULL]), CODE_POINTS_TO_BYTES([65, 255]), TO_CODE_POINTS('aé😀'), TO_CODE_POINTS(b'\\x00\\xff') -> [Aÿ😀, , null, Qf8=, [97, 233, 128512], [0, 255]]",
                "SAFE_CONVERT_BYTES_TO_STRING(b'a\\xc2\\xe2\\x82b\\xf0\\x9f\\x98'), SAFE_CONVERT_BYTES_TO_STRING(b'\\xed\\xa0\\x80'), SAFE_CONVERT_BYTES_TO_STRING(b'\\xef\\xbf\\xbd\\xc3\\xa9') -> [a���b���, ���, �é]",
                "FROM_BASE32('MFRGGZDF74======') -> [YWJjZGX/]",
                "SOUNDEX('Ashcraft'), SOUNDEX('Tymczak'), SOUNDEX('honeyman'), SOUNDEX('123'), SOUNDEX('a') -> [A261, T520, h500, , a000]",
                "EDIT_DISTANCE('kitten', 'sitting'), EDIT_DISTANCE('', 'abc'), EDIT_DISTANCE('日本', '日'), EDIT_DISTANCE('aa', 'bbbb', max_distance => 2) -> [3, 3, 1, 2]",
                "INSTR('xx', '', -1), INSTR('xx', '', -3), INSTR('', '', -1), INSTR(b'xx', b'', -1, 2), LEFT(CAST(NULL AS STRING), -1), RIGHT(CAST(NULL AS BYTES), -1) -> [3, 1, 1, 2, null, null]",
                "INITCAP('HERE-iS-a string', 'a -'), INITCAP('aAbBc', 'abAB'), ASCII(b'Ab'), ASCII(b''), ASCII(b'\\x00'), ASCII(b'\\xd0\\x96') -> [Here-Is-a String, aAbBC, 65, 0, 0, 208]",
                "REGEXP_EXTRACT_ALL('', ''), REGEXP_EXTRACT_ALL('', 'a'), REGEXP_INSTR('abc', 'b', CAST(NULL AS INT64), 0) -> [[], [], null]",
                "FORMAT('%*d|%-*s|%0*.*f', 5, 3, 4, 'a', 7, 2, 1.5), FORMAT('%*d', -3, 7), FORMAT('%.*s', 2, 'abc'), FORMAT('%.*f', -1, 1.5), FORMAT('%*d', NULL, 1) -> [    3|a   |0001.50, 7  , ab, 1.500000, null]",
                "INSTR('banana', 'an', 1, 2), INSTR('banana', 'an', -3, 2), INSTR('banana', 'an', 3), INSTR('banana', 'a', 10), INSTR('abc', '', 2, 2), INSTR('helloooo', 'oo', -1, 2) -> [4, 2, 4, 0, 3, 6]",
                "NORMALIZE_AND_CASEFOLD('ABC Éö'), BYTE_LENGTH(NORMALIZE_AND_CASEFOLD('É', NFD)), REVERSE('aé日😀') -> [abc éö, 3, 😀日éa]",
                "SUBSTR(b'\\xff\\xe9\\x00a', 2, 2), LEFT(b'abc', 2), REVERSE(b'abc'), REPLACE(b'abc', b'b', b'xx'), REPEAT(b'ab', 2), LPAD(b'a', 3), RPAD(b'a', 3, b'xy'), TRIM(b'  a ', b' '), SPLIT(b'a,b', b',') -> [6QA=, YWI=, Y2Jh, YXh4Yw==, YWJhYg==, ICBh, YXh5, YQ==, [YQ==, Yg==]]",
                "STRPOS(b'abc', b'c'), STARTS_WITH(b'abc', b'ab'), INSTR(b'abcb', b'b', 1, 2), TRANSLATE(b'abc', b'a', b'x') -> [3, true, 4, eGJj]",
            })
    void changesTexts(String select, String row) {
        answers(select, row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "REGEXP_EXTRACT('abcabc', r'^c', 3), REGEXP_EXTRACT('abcabc', r'b.', 1, 2), REGEXP_EXTRACT('abcabc', r'b', 10), REGEXP_EXTRACT('abcabc', r'(b)c', 1, 3), REGEXP_SUBSTR('abcabc', r'a(b)', 1, 2), REGEXP_EXTRACT('日本日', r'日', 2), REGEXP_EXTRACT('abab', r'^a', 1, 2) -> [c, bc, null, null, b, 日, null]",
                "REGEXP_INSTR('abcabc', r'b', 3), REGEXP_INSTR('abcabc', r'z'), REGEXP_INSTR('日本語', r'語'), REGEXP_INSTR('abc', r'^b', 2), REGEXP_INSTR('xab b', r'\\bb'), REGEXP_INSTR('a\\nb', r'b'), REGEXP_INSTR('abc', r'c$'), REGEXP_INSTR('abc', r'b', 9) -> [5, 0, 3, 2, 5, 3, 3, 0]",
                "'abc' LIKE ANY UNNEST(['%b%', NULL]), 'abc' LIKE SOME UNNEST(['%x%', NULL]), 'abc' LIKE ALL UNNEST(['%b%', NULL]), 'abc' LIKE ALL UNNEST(['%x%', NULL]), 'abc' LIKE ALL UNNEST(['%a%', '%c']) -> [true, null, null, false, true]",
                "'a' LIKE ANY UNNEST(CAST([] AS ARRAY<STRING>)), NULL LIKE ALL UNNEST(CAST(NULL AS ARRAY<STRING>)), NULL LIKE ANY UNNEST(['a']), b'abc' LIKE ANY UNNEST([b'%b%']) -> [false, true, null, true]",
                "v LIKE ANY (SELECT '%' || SUBSTR(v, 2)), v LIKE ALL (SELECT 'x%' UNION ALL SELECT CONCAT('x', r'\\%')), MAX(v) LIKE ANY UNNEST(ARRAY_AGG(v)) FROM UNNEST(['x%']) AS v GROUP BY v -> [true, true, true]",
                "CORR(y, x), COVAR_POP(y, x), COVAR_SAMP(y, x), STDDEV(y), VAR_POP(x) FROM UNNEST([STRUCT(1.0 AS y, 5.0 AS x), (3.0, 9.0), (7.0, CAST('inf' AS FLOAT64))]) -> [NaN, NaN, NaN, 3.055050463303893, NaN]",
                "CORR(y, x), CORR(y, y), COVAR_POP(y, x), COVAR_SAMP(y, x), VAR_SAMP(x), VAR_POP(x) FROM UNNEST([STRUCT(1.0 AS y, CAST(NULL AS FLOAT64) AS x), (1.0, 3.0)]) -> [null, NaN, 0.0, null, null, 0.0]",
                "x + 1, x / 2, 1 / x, x - x, x / x, x * 0, 2 - x, i * x, n / x FROM UNNEST([CAST('inf' AS FLOAT64)]) AS x, UNNEST([3]) AS i, UNNEST([NUMERIC '1.5']) AS n -> [Infinity, Infinity, 0.0, NaN, NaN, NaN, -Infinity, Infinity, 0.0]",
                "SUM(x), AVG(x), SUM(-x), SUM(DISTINCT x) FROM UNNEST([1.0, CAST('inf' AS FLOAT64)]) AS x -> [Infinity, Infinity, -Infinity, Infinity]",
                "APPROX_QUANTILES(x, 2 IGNORE NULLS) FROM UNNEST([NULL, 1, 5, 9]) AS x -> [[1, 5, 9]]",
                "JSON_OBJECT(['a', 'b', 'a'], [10, NULL, 7]), JSON_OBJECT(['a'], [STRUCT(1 AS id, 'x' AS n)]), JSON_OBJECT(CAST([] AS ARRAY<STRING>), []), JSON_OBJECT(['p'], [JSON '[1]']) -> [{\"a\":10,\"b\":null}, {\"a\":{\"id\":1,\"n\":\"x\"}}, {}, {\"p\":[1]}]",
                "'abc' LIKE ANY ('a%', 'z'), 'abc' LIKE ALL ('a%', '%c'), 'abc' LIKE SOME ('z'), 'abc' LIKE ANY ('z', NULL), 'abc' LIKE ALL ('z', NULL) -> [true, true, false, null, false]",
            })
    void findsPatterns(String select, String row) {
        answers(select, row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "ROUND(COT(1), 12), ROUND(COTH(1), 12), ROUND(CSC(1), 12), ROUND(CSCH(-2), 12), ROUND(SEC(1), 12), ROUND(SECH(1), 12), CSCH(800), COTH(-800) -> [0.642092615934, 1.313035285499, 1.188395105778, -0.275720564772, 1.850815717681, 0.648054273664, 0.0, -1.0]",
                "TRUNC(1234.567, -2), TRUNC(-1234.567, 2), TRUNC(0.3, 1), TRUNC(4.35, 2), TRUNC(1e300, -299), TRUNC(1.1, 400), TRUNC(15, -1) -> [1200.0, -1234.56, 0.2, 4.34, 1.0E300, 1.1, 10.0]",
                "SAFE_ADD(1.5, 2), SAFE_MULTIPLY(1e308, 10), SAFE_SUBTRACT(NUMERIC '1.5', 1), SAFE_ADD(NUMERIC '9e28', NUMERIC '9e28'), SAFE_MULTIPLY(NUMERIC '1.5', NUMERIC '1.000000001'), SAFE_ADD(CAST('inf' AS FLOAT64), 1) -> [3.5, null, 0.5, null, 1.500000002, Infinity]",
                "RANGE_BUCKET(20, [0, 10, 20, 20, 40]), RANGE_BUCKET(-1, [0]), RANGE_BUCKET(NULL, [1]), RANGE_BUCKET(5, []), RANGE_BUCKET('b', ['a', 'b']), RANGE_BUCKET(CAST('nan' AS FLOAT64), [1.0]), RANGE_BUCKET(1.5, [1.0, 2.0]) -> [4, 0, null, 0, 2, null, 1]",
            })
    void computes(String select, String row) {
        answers(select, row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "JSON_OBJECT('a', 1, 'b', [1, 2], 'c', NULL, 'a', 2), JSON_OBJECT(), JSON_ARRAY(1, 'a', NULL, [1, 2], DATE '2024-01-02'), JSON_ARRAY() -> [{\"a\":1,\"b\":[1,2],\"c\":null}, {}, [1,\"a\",null,[1,2],\"2024-01-02\"], []]",
                "JSON_SET(JSON '{\"a\": 1}', '$.b[2].c', 5), JSON_SET(JSON '[1]', '$[3]', 'x'), JSON_SET(JSON '{\"a\": 1}', '$.a.b', 5), JSON_SET(JSON '{\"a\": null}', '$.a.b', 5), JSON_SET(JSON '{\"a\": {}}', '$.a[0]', 1) -> [{\"a\":1,\"b\":[null,null,{\"c\":5}]}, [1,null,null,\"x\"], {\"a\":1}, {\"a\":{\"b\":5}}, {\"a\":{}}]",
                "JSON_SET(JSON '{\"a\": 1}', '$.a', 2, '$.c', 3), JSON_SET(JSON '{\"a\": 1}', '$.b', 2, create_if_missing => FALSE), JSON_SET(JSON '{}', '$', [1]) -> [{\"a\":2,\"c\":3}, {\"a\":1}, [1]]",
                "JSON_REMOVE(JSON '{\"a\": {\"b\": 1, \"c\": [1, 2]}}', '$.a.c[0]', '$.a.b', '$.x'), JSON_REMOVE(JSON '[1, 2, 3]', '$[1]', '$[1]', '$[9]') -> [{\"a\":{\"c\":[2]}}, [1]]",
                "JSON_STRIP_NULLS(JSON '{\"a\": null, \"b\": [null, {\"c\": null}]}'), JSON_STRIP_NULLS(JSON '{\"a\": [null, 1]}', include_arrays => FALSE), JSON_STRIP_NULLS(JSON '{\"a\": {\"b\": null}, \"c\": [null]}', remove_empty => TRUE), JSON_STRIP_NULLS(JSON '{\"a\": {\"b\": null}, \"c\": null}', '$.a') -> [{\"b\":[{}]}, {\"a\":[null,1]}, null, {\"a\":{},\"c\":null}]",
                "JSON_ARRAY_APPEND(JSON '[\"a\"]', '$', 1, '$', [2, 3]), JSON_ARRAY_APPEND(JSON '{\"a\": null, \"c\": 5}', '$.a', 1, '$.c', 3), JSON_ARRAY_APPEND(JSON '[]', '$', [1, 2], append_each_element => FALSE) -> [[\"a\",1,2,3], {\"a\":[1],\"c\":5}, [[1,2]]]",
                "JSON_ARRAY_INSERT(JSON '[\"a\", \"b\"]', '$[1]', 1), JSON_ARRAY_INSERT(JSON '[\"a\"]', '$[3]', [1, 2]), JSON_ARRAY_INSERT(JSON '{\"a\": null}', '$.a[2]', 1), JSON_ARRAY_INSERT(JSON '{\"a\": 1}', '$.a[0]', 1) -> [[\"a\",1,\"b\"], [\"a\",null,null,1,2], {\"a\":[null,null,1]}, {\"a\":1}]",
                "JSON '{\"a\": {\"b\": [1, 2]}}'.a.b[1], JSON '{\"a\": 1}'['a'], JSON '{\"a\": 1}'.b IS NULL, JSON '[1]'['0'] IS NULL, JSON '{\"0\": 1}'[0] IS NULL -> [2, 1, true, true, true]",
                "PARSE_JSON('{\"b\": 1, \"a\": [{\"x\": 1, \"x\": 2}], \"b\": 3}') -> [{\"a\":[{\"x\":1}],\"b\":1}]",
                "JSON_REMOVE(JSON '[1]', '$[99999999999]') -> [[1]]",
                "JSON_KEYS(JSON '{\"b\": 1, \"a\": {\"c\": {\"d\": 1}}, \"a b\": {\"c.d\": 1}}'), JSON_KEYS(JSON '{\"a\": {\"c\": {\"d\": 1}}}', 2), JSON_KEYS(JSON '[{\"a\": 1}]') -> [[a, a b, a b.\"c.d\", a.c, a.c.d, b], [a, a.c], []]",
            })
    void changesJson(String select, String row) {
        answers(select, row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "LAX_BOOL(JSON '\"TRUE\"'), LAX_BOOL(JSON '0.0'), LAX_BOOL(JSON 'null'), LAX_INT64(JSON '\"1.5\"'), LAX_INT64(JSON '-0.5'), LAX_INT64(JSON 'true'), LAX_INT64(JSON '1e100') -> [true, false, null, 2, -1, 1, null]",
                "LAX_STRING(JSON '1.0'), LAX_STRING(JSON 'true'), LAX_STRING(JSON '[1]'), LAX_FLOAT64(JSON '\"1.5\"'), LAX_FLOAT64(JSON '\"nan\"'), LAX_FLOAT64(JSON 'true'), FLOAT64(JSON '10') -> [1, true, null, 1.5, NaN, null, 10.0]",
                "STRING(TIMESTAMP '2024-01-02 03:04:05.12', 'America/New_York'), STRING(TIMESTAMP '2024-01-02 03:04:05', 'Asia/Kolkata') -> [2024-01-01 22:04:05.120-05, 2024-01-02 08:34:05+05:30]",
            })
    void convertsJson(String select, String row) {
        answers(select, row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "CONCAT('Summer', ' ', 1923), CONCAT(1.5, TRUE, NUMERIC '1.50', NULL), CONCAT(1), 1 || 2, 'a' || 1.5 || TRUE, DATE '2024-01-01' || '' -> [Summer 1923, null, 1, 12, a1.5true, 2024-01-01]",
                "CONCAT(TIME '01:02:03', '|', DATETIME '2024-01-01 00:00:00', '|', TIMESTAMP '2024-01-01'), CONCAT(b'a', b'b'), [1] || [2] -> [01:02:03|2024-01-01 00:00:00|2024-01-01 00:00:00+00, YWI=, [1, 2]]",
                "FROM_BASE64('YQ'), FROM_BASE64('Y Q = ='), FROM_BASE64('YWJj\\n'), FROM_BASE64('/+A'), FROM_BASE64('') -> [YQ==, YQ==, YWJj, /+A=, ]",
            })
    void joinsAndDecodesTexts(String select, String row) {
        answers(select, row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "PERCENTILE_CONT(x, 0.95) OVER (), PERCENTILE_CONT(x, 0.99) OVER (), PERCENTILE_CONT(x, 0.5) OVER () FROM UNNEST([1, 2, NULL, 3, 7, 8, 12]) AS x LIMIT 1 -> [10.999999999999998, 11.799999999999999, 5.0]",
                "PERCENTILE_CONT(x, 0.3) OVER (), PERCENTILE_CONT(x, 0) OVER (), PERCENTILE_CONT(x, 1) OVER () FROM UNNEST([7.7, 1.1, 2.2, 3.3]) AS x LIMIT 1 -> [2.09, 1.1, 7.7]",
                "PERCENTILE_CONT(x, 0.5) OVER (), PERCENTILE_CONT(x, 0.75) OVER () FROM UNNEST([0.1, 0.2]) AS x LIMIT 1 -> [0.15000000000000002, 0.17500000000000002]",
                "COUNT(DISTINCT x) OVER (), SUM(DISTINCT x) OVER (), AVG(DISTINCT x) OVER (PARTITION BY x > 5) FROM UNNEST([2, 2, 3]) AS x LIMIT 1 -> [2, 5, 2.5]",
                "ARRAY_AGG(x IGNORE NULLS) OVER (ORDER BY y), ARRAY_AGG(y) OVER (ORDER BY y ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM UNNEST([STRUCT(1 AS x, 1 AS y), (NULL, 2), (5, 3)]) ORDER BY y DESC LIMIT 1 -> [[1, 5], [2, 3]]",
                "COUNT(DISTINCT STRUCT(x, 'a')), COUNT(DISTINCT [x]) FROM UNNEST([1, 1, NULL]) AS x -> [2, 2]",
            })
    void looksThroughWindows(String select, String row) {
        answers(select, row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "CAST(1.005 AS NUMERIC(5, 2)), CAST('1.256' AS NUMERIC(3, 2)), CAST('abc' AS STRING(3)), SAFE_CAST('x' AS NUMERIC(3)), CAST(NULL AS NUMERIC(3)) -> [1.01, 1.26, abc, null, null]",
                "CAST([1, 2] AS ARRAY<STRING>), CAST(['1', '2'] AS ARRAY<INT64>), CAST([1.5, 2.5] AS ARRAY<INT64>), CAST(CAST(NULL AS ARRAY<INT64>) AS ARRAY<STRING>) -> [[1, 2], [1, 2], [2, 3], null]",
                "DATE '2024-01-01' = DATETIME '2024-01-01', DATETIME '2024-01-01 01:00:00' > DATE '2024-01-01', DATETIME_ADD(DATE '2024-01-01', INTERVAL 1 HOUR) -> [true, true, 2024-01-01T01:00]",
                "FORMAT_DATE('%F', TIMESTAMP '2024-01-01 23:30:00'), FORMAT_DATE('%F %H', TIMESTAMP '2024-01-01 23:30:00', 'Asia/Tokyo'), FORMAT_DATE('%F %T', DATETIME '2024-01-01 01:00:00') -> [2024-01-01, 2024-01-02 08, 2024-01-01 01:00:00]",
                "FORMAT_TIMESTAMP('%F %T', DATETIME '2024-01-01 01:00:00'), FORMAT_DATETIME('%T %Z', TIMESTAMP '2024-01-01', 'Asia/Tokyo'), FORMAT_DATETIME('%F %T', DATE '2024-01-01') -> [2024-01-01 01:00:00, 09:00:00 UTC+9, 2024-01-01 00:00:00]",
                "ROUND(NUMERIC '2.25', 1, 'ROUND_HALF_EVEN'), ROUND(NUMERIC '-2.5', 0, 'ROUND_HALF_AWAY_FROM_ZERO'), ROUND(NUMERIC '25', -1, 'ROUND_HALF_EVEN'), TIME(23, 59, 60) -> [2.2, -3, 20, 00:00]",
            })
    void convertsAndRounds(String select, String row) {
        answers(select, row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "REGEXP_EXTRACT('ab', '(z)?b'), REGEXP_EXTRACT('xb', '(a|x)b'), REGEXP_EXTRACT('abc', r'(?P<n>b)'), REGEXP_EXTRACT('https://a.b/c', r'^(?:https?://)?([^/]+)') -> [null, x, b, a.b]",
                "REGEXP_EXTRACT_ALL('aaa', 'a*'), REGEXP_EXTRACT_ALL('baac', 'a*'), REGEXP_EXTRACT_ALL('ab b', '(a)?b'), REGEXP_EXTRACT_ALL('a b', r'\\b') -> [[aaa], [, aa, ], [a, ], [, , ]]",
                "REGEXP_EXTRACT_ALL('a,b,,c', '([^,]*)(?:,|$)'), REGEXP_EXTRACT_ALL('aab', '^(a|x)') -> [[a, b, , c], [a]]",
                "REGEXP_REPLACE('abc', 'x*', '-'), REGEXP_REPLACE('baaac', 'a*?', 'X'), REGEXP_REPLACE('日本', '', '-'), REGEXP_REPLACE('a b', r'\\b', '|') -> [-a-b-c-, XbXaXaXaXcX, -日-本-, |a| |b|]",
                "REGEXP_REPLACE('baaac', 'a*', 'X'), REGEXP_REPLACE('abc', '(b)?', r'[\\1]'), REGEXP_REPLACE('a b  c', r'\\s*', '') -> [XbXcX, []a[b]c[], abc]",
                "x IN UNNEST([1.5, -0.0]), x IN UNNEST([1.0, NULL]), x IN UNNEST([CAST('nan' AS FLOAT64)]), y IN UNNEST([CAST('nan' AS FLOAT64)]) FROM (SELECT 0.0 AS x, CAST('nan' AS FLOAT64) AS y) -> [true, null, false, false]",
                "REGEXP_REPLACE(x, CONCAT('[', x, ']'), '*'), REGEXP_EXTRACT(x, y), REGEXP_EXTRACT_ALL(x, y) FROM (SELECT 'abc' AS x, 'b(.)' AS y) -> [***, c, [c]]",
                "REGEXP_INSTR('a@cd-ef b@cd-ef c@cd-ef', '@[^-]*', 1, 3), REGEXP_INSTR('日本語', '本', 1, 1, 1), REGEXP_INSTR('a@cd-ef', '@([^-]*)'), REGEXP_INSTR('x@ab', '@(a)b', 1, 1, 1), REGEXP_INSTR('abc', 'c', 5) -> [18, 3, 3, 4, 0]",
            })
    void findsNothingAndWhatTakesNoPart(String select, String row) {
        answers(select, row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "SAFE.PARSE_DATE('%F', SUBSTR('2024-01-31x', 1, 10)), SAFE.PARSE_DATE('%F', CONCAT('x', 'y')), SAFE.DIV(DIV(1, 1), 0), SAFE.SUBSTR(CONCAT('ab', 'c'), 1, -1) -> [2024-01-31, null, null, null]",
                "SAFE.DIV(SUM(x), COUNT(*) - 2), SAFE.DIV(SUM(x), 2), SAFE.DIV((SELECT 4), 2) FROM UNNEST([1, 3]) AS x -> [null, 2, 2]",
                "SAFE.DIV(x, ROW_NUMBER() OVER (ORDER BY x) - 1), SAFE.DIV(SAFE.DIV(x, 0), 1), SAFE.REGEXP_EXTRACT('a', '(') FROM UNNEST([4]) AS x -> [null, null, null]",
                "SAFE.DATE(x, -2, 3), SAFE.DATE(2024, x, 30), SAFE.DATETIME(2024, 1, 1, x, 99, 0), SAFE.TIME(x, 60, 0), SAFE.DATE_ADD(DATE '9999-12-31', INTERVAL x DAY) FROM (SELECT 2 AS x) -> [null, null, null, null, null]",
                "SAFE.LAST_DAY(DATE '9999-12-31', WEEK(MONDAY)), SAFE.DATE_TRUNC(DATE '2024-01-31', WEEK(MONDAY)) -> [null, 2024-01-29]",
            })
    void forgivesOwnErrorsOnly(String select, String row) {
        answers(select, row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "MOD(-9223372036854775808, -1), MOD(x, y) FROM (SELECT -9223372036854775808 AS x, -1 AS y) -> [0, 0]",
                "MOD(x, y) FROM (SELECT CAST(NULL AS INT64) AS x, 0 AS y) -> [null]",
                "1.9e308, -1e400, CAST('1e400' AS FLOAT64), 1 / 1e400, CAST(1e400 AS STRING) -> [Infinity, -Infinity, Infinity, 0.0, inf]",
                "JSON_VALUE('{\"a\": [1, 2]}', '$.a[-1]'), JSON_QUERY('[1, 2]', '$[01]'), JSON_VALUE('{\"a\": {\"1\": 7}}', '$.a[1]') -> [null, 2, 7]",
                "JSON_VALUE(NULL, '$.a'), JSON_QUERY(NULL), JSON_QUERY_ARRAY(NULL, '$'), JSON_TYPE(NULL) -> [null, null, null, null]",
                "FORMAT_TIMESTAMP('%F %T %z', t, 'America/New_York'), FORMAT_TIMESTAMP('%T', t, 'Asia/Tokyo') FROM (SELECT TIMESTAMP '1880-01-01 00:00:00+00' AS t) -> [1879-12-31 19:04:00 -0456, 09:18:00]",
                "STRING(TIMESTAMP '1880-01-01 00:00:00+00', 'America/New_York'), DATETIME(TIMESTAMP '1880-01-01 00:00:00+00', 'America/New_York') -> [1879-12-31 19:04:00-04:56, 1879-12-31T19:03:58]",
                "b'abc' LIKE b'a%', b'\\xff\\xe4c' LIKE b'\\xff_c', b'a%' LIKE b'a\\\\%', b'ab' LIKE b'a\\\\%', x LIKE b'a' FROM (SELECT CAST(NULL AS BYTES) AS x) -> [true, true, true, false, null]",
                "SQRT(NUMERIC '2'), SQRT(NUMERIC '99999999999999999999999999999'), SQRT(NUMERIC '0.000000003'), SQRT(NUMERIC '0') -> [1.414213562, 316227766016837.933199889, 0.000054772, 0]",
                "CBRT(NUMERIC '2'), CBRT(NUMERIC '-8'), CBRT(NUMERIC '99999999999999999999999999999'), CBRT(NUMERIC '0'), SAFE.SQRT(NUMERIC '-1') -> [1.25992105, -2, 4641588833.612778892, 0, null]",
                "PERCENTILE_DISC(x, 0.5) OVER (), PERCENTILE_DISC(x, 0.3) OVER () FROM UNNEST([NUMERIC '-10', 2, 3.5]) AS x LIMIT 1 -> [2, -10]",
                "GENERATE_ARRAY(0.1, 0.5, 0.1), GENERATE_ARRAY(1.0, 0, -0.5), GENERATE_ARRAY(1, 2.5), GENERATE_ARRAY(1.0, 0.0) -> [[0.1, 0.2, 0.30000000000000004, 0.4, 0.5], [1.0, 0.5, 0.0], [1.0, 2.0], []]",
                "GENERATE_ARRAY(NUMERIC '1', 2, 0.3), GENERATE_ARRAY(NUMERIC '2', 1, NUMERIC '-0.3'), GENERATE_ARRAY(1.0, CAST(NULL AS FLOAT64), 1) -> [[1, 1.3, 1.6, 1.9], [2, 1.7, 1.4, 1.1], null]",
                "ARRAY_TO_STRING([b'a', b'\\xff'], b','), ARRAY_TO_STRING([b'a', NULL], b',', b'x'), ARRAY_TO_STRING([b'a', NULL], b',') -> [YSz/, YSx4, YQ==]",
                "UPPER(b'aZ\\xe4z'), LOWER(b'AZ\\xc4'), TYPEOF(NULL), TYPEOF([STRUCT(1 AS a, 'x')]), SESSION_USER() -> [QVrkWg==, YXrE, INT64, ARRAY<STRUCT<a INT64, STRING>>, local@sluice.invalid]",
                "COUNTIF(DISTINCT x > 1), LOGICAL_AND(DISTINCT x > 0), BIT_XOR(DISTINCT x), STDDEV(DISTINCT x), VAR_POP(DISTINCT x) FROM UNNEST([1, 3, 3, 4]) AS x -> [1, true, 6, 1.5275252316519468, 1.5555555555555556]",
                "FORMAT('%.0d|%3.0i|%+.d|%.0x|%.0d', 0, 0, 0, 0, 1) -> [|   |+|0|1]",
                "STRING_AGG(b ORDER BY n DESC), STRING_AGG(DISTINCT b, b'x' ORDER BY b DESC LIMIT 2), STRING_AGG(b, b'' ORDER BY n) FROM (SELECT b'a' AS b, 1 AS n UNION ALL SELECT b'\\xff', 0) -> [YSz/, /3hh, /2E=]",
            })
    void keepsToTheEdgesOfTypes(String select, String row) {
        answers(select, row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "DATE_BUCKET(DATE '2024-01-05', INTERVAL 2 WEEK), DATE_BUCKET(DATE '1949-12-31', INTERVAL 2 DAY), DATE_BUCKET('2024-01-05', INTERVAL n DAY) FROM (SELECT 3 AS n) -> [2023-12-24, 1949-12-30, 2024-01-03]",
                "DATE_BUCKET(DATE '2024-01-05', INTERVAL 3 YEAR), DATE_BUCKET(DATE '2023-02-27', INTERVAL 1 MONTH, DATE '2023-12-31'), DATE_BUCKET(DATE '2023-02-28', INTERVAL 1 MONTH, DATE '2023-12-31') -> [2022-01-01, 2023-01-31, 2023-02-28]",
                "DATE_BUCKET(DATE '2024-02-29', INTERVAL 2 MONTH, DATE '2024-12-30'), DATE_BUCKET(DATE '2024-03-01', INTERVAL 2 MONTH, DATE '2024-12-30'), DATE_BUCKET(DATE '2024-02-29', INTERVAL 2 MONTH, DATE '2024-12-31') -> [2023-12-30, 2024-02-29, 2024-02-29]",
                "DATETIME_BUCKET(DATETIME '2024-02-29 10:00:00', INTERVAL 1 MONTH, DATETIME '2024-12-31 11:00:00'), DATETIME_BUCKET(DATETIME '2024-02-29 12:00:00', INTERVAL 1 MONTH, DATETIME '2023-12-30 11:00:00') -> [2024-01-31T11:00, 2024-01-30T11:00]",
                "DATETIME_BUCKET(DATETIME '1949-12-31 23:59:59', INTERVAL 7 HOUR), DATETIME_BUCKET(DATETIME '2024-01-05 10:00:00', INTERVAL 2 MONTH, DATETIME '2023-12-31 12:00:00') -> [1949-12-31T17:00, 2023-12-31T12:00]",
                "TIMESTAMP_BUCKET(TIMESTAMP '2024-01-05 10:00:00.5+00', INTERVAL 150 MILLISECOND), TIMESTAMP_BUCKET(TIMESTAMP '2024-01-05 10:00:00+00', INTERVAL 12 HOUR, TIMESTAMP '2024-01-01 01:00:00+00') -> [2024-01-05T10:00:00.450, 2024-01-05T01:00]",
                "DATE_BUCKET(CAST(NULL AS DATE), INTERVAL 1 DAY), DATE_BUCKET(DATE '2024-01-05', INTERVAL 7 DAY, NULL) -> [null, null]",
            })
    void putsMomentsIntoBuckets(String select, String row) {
        answers(select, row);
    }

    /** As the documentation says; the reference does not have it. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "CONTAINS_SUBSTR('the blue house', 'Blue house'), CONTAINS_SUBSTR('the red house', 'blue'), CONTAINS_SUBSTR('\u2168 day', 'IX') -> [true, false, true]",
                "CONTAINS_SUBSTR((23, NULL, 41), '41'), CONTAINS_SUBSTR((23, NULL, 41), '35'), CONTAINS_SUBSTR(('a', STRUCT('Bc', 1)), 'b') -> [true, null, true]",
                "CONTAINS_SUBSTR(t, 'POTATO'), CONTAINS_SUBSTR(t.a, 'x'), CONTAINS_SUBSTR(t.d, '-01-3') FROM (SELECT 'potato pancakes' AS a, DATE '2024-01-31' AS d) AS t -> [true, false, true]",
            })
    void findsTextsInWhateverCase(String select, String row) {
        answers(select, row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "TIMESTAMP(DATETIME '2024-03-10 02:30:00', z), DATE(TIMESTAMP '2024-01-05 20:00:00+00', z), TIME(TIMESTAMP '2024-01-05 20:00:00+00', z) FROM (SELECT 'America/New_York' AS z) -> [2024-03-10T07:30, 2024-01-05, 15:00]",
                "DATETIME(TIMESTAMP '2024-01-05 10:00:00.5+00', z), TIMESTAMP(DATE '2024-01-05', z) FROM (SELECT '+0530' AS z) -> [2024-01-05T15:30:00.500, 2024-01-04T18:30]",
                "FORMAT_TIMESTAMP('%F %T %Ez', t, z), STRING(t, z), PARSE_TIMESTAMP('%F %T', '2024-01-05 10:00:00', z) FROM (SELECT TIMESTAMP '2024-01-05 10:00:00+00' AS t, 'Asia/Tokyo' AS z) -> [2024-01-05 19:00:00 +09:00, 2024-01-05 19:00:00+09, 2024-01-05T01:00]",
                "EXTRACT(HOUR FROM t AT TIME ZONE z), TIMESTAMP_TRUNC(t, HOUR, z), TIMESTAMP_TRUNC(t, DAY, z) FROM (SELECT TIMESTAMP '2024-01-05 10:10:00+00' AS t, 'Asia/Kolkata' AS z) -> [15, 2024-01-05T09:30, 2024-01-04T18:30]",
                "CAST(t AS STRING FORMAT 'HH24:MI TZH' AT TIME ZONE z), CAST('2024-02 1' AS TIMESTAMP FORMAT 'YYYY-MM HH24' AT TIME ZONE z) FROM (SELECT TIMESTAMP '2024-01-05 10:10:00+00' AS t, 'UTC-5' AS z) -> [05:10 -05, 2024-02-01T06:00]",
                "DATETIME(t, z), STRING(t, NULL), TIMESTAMP_TRUNC(t, DAY, z), CURRENT_DATE(z) FROM (SELECT TIMESTAMP '2024-01-05 10:10:00+00' AS t, CAST(NULL AS STRING) AS z) -> [null, null, null, null]",
                "DATETIME(TIMESTAMP '2024-01-05 10:00:00+00', 'UTC+5'), SAFE.TIMESTAMP(DATE '2024-01-01', z) FROM (SELECT 'x' AS z) -> [2024-01-05T15:00, null]",
            })
    void readsZonesRowByRow(String select, String row) {
        answers(select, row);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DATE_ADD(DATE '2024-01-31', INTERVAL 9223372036854775807 DAY)",
                "DATE_SUB(DATE '2024-01-31', INTERVAL (-9223372036854775807 - 1) YEAR)",
                "DATE_ADD(DATE '0001-01-01', INTERVAL 3652059 DAY)",
                "TIMESTAMP_ADD(TIMESTAMP '2024-01-31', INTERVAL 9223372036854775807 HOUR)",
                "CAST('2024-02-30' AS DATE)",
                "CAST('2024-01-02 24:00:00' AS DATETIME)",
                "CAST('2024-01-02 03:04:05 +5:30' AS TIMESTAMP)",
                "CAST('2024-01-02 03:04:05+15' AS TIMESTAMP)",
                "CAST('yes' AS BOOL)",
                "CAST('9223372036854775808' AS INT64)",
                "TRANSLATE('abc', 'aa', 'xy')",
                "JSON_VALUE('{\"a\": 1}', \"$['a']\")",
                "JSON_EXTRACT_SCALAR('{\"a\": 1}', '$.\"a\"')",
                "PARSE_DATE('%m-%d', '02-29')",
                "PARSE_DATE('%b', 'sept')",
                "PARSE_TIMESTAMP('%F %T%z', '2024-01-01 10:00:00+05:30')",
                "PARSE_DATETIME('%I', '13')",
                "PARSE_DATE('%E4Y', '24')",
                "FORMAT('%d %d', 1)",
                "FORMAT('%d', 1.5)",
                "FORMAT_TIMESTAMP('%F', TIMESTAMP '2014-09-27 12:30:00', '+15:00')",
                "CODE_POINTS_TO_BYTES([256])",
                "CODE_POINTS_TO_STRING([0xD800])",
                "INSTR('banana', 'an', 0)",
                "1 << -1",
                "RANGE_BUCKET(5, [3, 1])",
                "RANGE_BUCKET(5, [3, NULL])",
                "GENERATE_DATE_ARRAY('2024-01-05', '2024-01-01', INTERVAL 0 DAY)",
                "JSON_OBJECT(CAST(NULL AS STRING), 1)",
                "JSON_OBJECT(['a', NULL], [1, 2])",
                "JSON_OBJECT(['a'], [1, 2])",
                "JSON_OBJECT(CAST(NULL AS ARRAY<STRING>), [1])",
                "JSON_OBJECT(['a'], CAST(NULL AS ARRAY<INT64>))",
                "SUM(x) FROM UNNEST([1e308, 1e308]) AS x",
                "x * 10 FROM UNNEST([1e308]) AS x",
                "x / 0 FROM UNNEST([CAST('inf' AS FLOAT64)]) AS x",
                "JSON_REMOVE(JSON '{}', '$')",
                "JSON_SET(JSON '[]', '$[1000000]', 1)",
                "JSON_SET(JSON '[]', '$[99999999999]', 1)",
                "JSON_ARRAY_INSERT(JSON '[]', '$[1000000]', 1)",
                "TRIM(b'a ')",
                "FORMAT('%d', x => 5)",
                "REGEXP_EXTRACT('abcabc', r'b', 1, 0)",
                "JSON_KEYS(JSON '{\"b\": 1}', 0)",
                "PERCENTILE_CONT(x, 0.5) OVER (ORDER BY x) FROM UNNEST([1]) AS x",
                "COUNT(DISTINCT x) OVER (ORDER BY x) FROM UNNEST([1]) AS x",
                "LAG(x IGNORE NULLS) OVER (ORDER BY x) FROM UNNEST([1]) AS x",
                "DATETIME(TIMESTAMP '2024-01-05 10:00:00+00', z) FROM (SELECT 'Mars/Phobos' AS z)",
                "DATETIME(TIMESTAMP '2024-01-05 10:00:00+00', z) FROM (SELECT '+15' AS z)",
                "FORMAT_TIMESTAMP('%F', TIMESTAMP '2024-01-05 10:00:00+00', z) FROM (SELECT 'UTC x' AS z)",
                "DATETIME(TIMESTAMP '2024-01-05 10:00:00+00', 5)",
                "DATE(TIMESTAMP '0001-01-01 00:00:00+00', z) FROM (SELECT 'America/New_York' AS z)",
                "SQRT(NUMERIC '-1')",
                "LAG(x, -1) OVER (ORDER BY x) FROM UNNEST([1]) AS x",
                "LAG(x, NULL) OVER (ORDER BY x) FROM UNNEST([1]) AS x",
                "LAG(x, x) OVER (ORDER BY x) FROM UNNEST([1]) AS x",
                "CORR(DISTINCT x, x) FROM UNNEST([1]) AS x",
                "GENERATE_ARRAY(1.0, 2.0, 0.0)",
                "GENERATE_ARRAY(1.0, CAST('nan' AS FLOAT64))",
                "GENERATE_ARRAY(1.0, 1e9)",
                "DATE_BUCKET(DATE '2024-01-05', INTERVAL 0 DAY)",
                "DATE_BUCKET(DATE '2024-01-05', INTERVAL -1 DAY)",
                "DATE_BUCKET(DATE '0001-01-01', INTERVAL 7 DAY)",
                "CONTAINS_SUBSTR('a', NULL)",
                "NTH_VALUE(x, 0) OVER (ORDER BY x) FROM UNNEST([1]) AS x",
                "NTH_VALUE(x, x) OVER (ORDER BY x) FROM UNNEST([1]) AS x",
                "SAFE.DIV(DIV(1, 0), 1)",
                "SAFE.UPPER(CAST(b'\\xff' AS STRING))",
                "REGEXP_EXTRACT(CONCAT('a', 'b'), CONCAT('(', 'a'))",
                "REGEXP_EXTRACT(x, x) FROM UNNEST(['(a)(b)']) AS x",
                "REGEXP_REPLACE('abc', 'x*', r'\\1')",
                "REGEXP_REPLACE('abc', 'x*', '\\\\')",
                "REGEXP_INSTR('abc', 'b', 1, 1, 2)",
                "CONCAT([1], [2])",
                "CONCAT(b'a', 1)",
                "CONCAT(STRUCT(1), 'a')",
                "FROM_BASE64('YQ=')",
                "FROM_BASE64('_-A=')",
                "CAST(12345 AS NUMERIC(4))",
                "SAFE_CAST('abcd' AS STRING(3))",
                "ROUND(2.5, 0, 'ROUND_HALF_EVEN')",
                "DATETIME(2024, 12, 31, 24, 0, 0)",
                "TIME(24, 0, 0)",
                "0xFFFFFFFFFFFFFFFF",
                "'a' LIKE '\\\\'",
                "1 = NULL",
                "3 + (NULL)",
                "'a' || NULL",
                "-NULL",
                "'a' LIKE NULL",
                "'a' NOT LIKE (NULL)",
                "NULL LIKE 'a'",
                "STRING_AGG(x, NULL) FROM UNNEST(['a']) AS x",
                "STRING_AGG(x, CAST(NULL AS STRING)) FROM UNNEST(['a']) AS x",
                "JSON_SET(JSON '[1]', '$[-1]', 2)",
                "CAST('2024-01-02 03:04:05.1234567' AS TIMESTAMP)",
                "TIMESTAMP '2024-01-02 03:04:05.1234567'",
                "DATETIME '2024-01-02 03:04:05.1234567'",
                "DATE(TIMESTAMP '0001-01-01 00:00:00+00', 'America/New_York')",
                "DATETIME(TIMESTAMP '9999-12-31 23:00:00+00', 'Asia/Tokyo')",
            })
    void fails(String select) {
        assertThatExceptionOfType(RuntimeException.class)
                .as(select)
                .isThrownBy(() -> warehouse.query("SELECT " + select))
                .withMessageNotContaining("local BigQuery");
    }
}
