package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of JSON, and what becomes arrays of it; the values are those of Google's reference executor. */
class JsonNumberTests extends SharedWarehouse {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "TO_JSON_STRING(PARSE_JSON('[100000000000000000000, 18446744073709551615, -9223372036854775808, 1e22, 1.0]')) -> [1e+20,18446744073709551615,-9223372036854775808,1e+22,1.0]",
                "TO_JSON_STRING(PARSE_JSON('{\"a\": 1.123456789012345678901234567890}', wide_number_mode => 'round')) -> {\"a\":1.1234567890123457}",
                "TO_JSON_STRING(PARSE_JSON('[123456789012345678901234567890, 18446744073709551616, -9223372036854775809, 1.23e-400]', wide_number_mode => 'round')) -> [1.2345678901234568e+29,1.8446744073709552e+19,-9.223372036854776e+18,0.0]",
                "TO_JSON_STRING(PARSE_JSON('{\"a\": 1, \"a\": 18446744073709551616}', wide_number_mode => 'round')) -> {\"a\":1}",
                "TO_JSON_STRING(PARSE_JSON('[1.5]', wide_number_mode => 'exact')), PARSE_JSON(NULL, wide_number_mode => 'round') -> [1.5], null",
                "INT64_ARRAY(JSON '[1, 2, 3.0]'), INT64_ARRAY(JSON '[]'), INT64_ARRAY(CAST(NULL AS JSON)) -> [1, 2, 3], [], null",
                "BOOL_ARRAY(JSON '[true, false]'), FLOAT64_ARRAY(JSON '[1, 2.5, 1e300, 9007199254740993]') -> [true, false], [1.0, 2.5, 1.0E300, 9.007199254740992E15]",
                "FLOAT64(JSON '9007199254740993', wide_number_mode => CONCAT('ro', 'und')), FLOAT64(JSON '0.1', wide_number_mode => 'exact'), FLOAT64(JSON '0', wide_number_mode => NULL) -> 9.007199254740992E15, 0.1, null",
                "FLOAT64_ARRAY(JSON '[9007199254740993]', wide_number_mode => 'round'), SAFE.FLOAT64(JSON '-9007199254740993', wide_number_mode => 'exact') -> [9.007199254740992E15], null",
                "STRING_ARRAY(JSON '[\"a\", \"null\", \"\\\\\\\"\"]'), SAFE.STRING_ARRAY(JSON '[1]') -> [a, null, \"], null",
                "FORMAT('%T', LAX_INT64_ARRAY(JSON '[1, \"x\", null, [], {}, 1e30, \"1e2\", \" 3 \", \"inf\", true]')) -> [1, NULL, NULL, NULL, NULL, NULL, 100, 3, NULL, 1]",
                "FORMAT('%T', LAX_STRING_ARRAY(JSON '[1, true, 1.5, null, [], \"null\", 1e30]')), LAX_STRING_ARRAY(JSON '1') IS NULL -> [\"1\", \"true\", \"1.5\", NULL, NULL, \"null\", \"1e+30\"], true",
                "FORMAT('%T', LAX_BOOL_ARRAY(JSON '[1, \"TRUE\", 0, null, \"x\"]')), FORMAT('%T', LAX_FLOAT64_ARRAY(JSON '[1, \"1e3\", true, \"nan\"]')) -> [true, true, false, NULL, NULL], [1.0, 1000.0, NULL, CAST(\"nan\" AS FLOAT64)]",
                "JSON_FLATTEN(JSON '[[[[null]]], \"a\", [], {}, [{\"b\": [1]}]]'), JSON_FLATTEN(JSON '1'), JSON_FLATTEN(CAST(NULL AS JSON)) -> [null, \"a\", {}, {\"b\":[1]}], [1], null",
                "STRING(DATE '2024-01-02'), STRING('2024-01-02'), STRING(NULL), STRING(JSON '\"a\"') -> 2024-01-02, 2024-01-02, null, a",
            })
    void answersAsTheReferenceDoes(String select, String row) {
        assertThat(warehouse.rows("SELECT " + select)).isEqualTo("[[" + row + "]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "PARSE_JSON('123456789012345678901234567890') -> cannot round-trip through string representation",
                "PARSE_JSON('-9223372036854775809', wide_number_mode => 'exact') -> cannot round-trip",
                "PARSE_JSON('1e400', wide_number_mode => 'round') -> number overflow",
                "PARSE_JSON('1', wide_number_mode => 'ROUND') -> Invalid `wide_number_mode` specified for PARSE_JSON: ROUND",
                "PARSE_JSON('1', wide_number_mode => CONCAT('ro', 'und')) -> a wide_number_mode that is no literal",
                "INT64_ARRAY(JSON '[1, null]') -> The provided JSON input is not an integer",
                "INT64_ARRAY(JSON '[1.5]') -> cannot be converted to an int64",
                "INT64_ARRAY(JSON 'null') -> The provided JSON input is not an array",
                "STRING_ARRAY(JSON '{}') -> The provided JSON input is not an array",
                "BOOL_ARRAY(JSON '[\"true\"]') -> The provided JSON input is not a boolean",
                "FLOAT64_ARRAY(JSON '[\"NaN\"]') -> The provided JSON input is not a number",
                "FLOAT64(JSON '9007199254740993', wide_number_mode => 'exact') -> JSON number: 9007199254740993 cannot be converted to FLOAT64 without loss of precision",
                "FLOAT64_ARRAY(JSON '[1, 9007199254740993]', wide_number_mode => 'exact') -> without loss of precision",
                "FLOAT64(JSON '1', wide_number_mode => 'Round') -> Invalid `wide_number_mode` specified: Round",
                "INT64(JSON '1', wide_number_mode => 'round') -> wide_number_mode",
                "STRING_ARRAY('[]') -> No matching signature for STRING_ARRAY",
                "STRING(TRUE) -> No matching signature for STRING for argument types: BOOL",
                "STRING(1) -> No matching signature for STRING",
                "STRING(b'a') -> No matching signature for STRING",
                "STRING('a') -> Invalid DATE literal",
            })
    void failsWhereTheReferenceDoes(String select, String message) {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> warehouse.query("SELECT " + select))
                .withMessageContaining(message);
    }
}
