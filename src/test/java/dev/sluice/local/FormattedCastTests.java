package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CAST with FORMAT; the values are those of Google's reference executor. */
class FormattedCastTests extends SharedWarehouse {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "CAST(DATE '0987-02-09' AS STRING FORMAT 'YYYY-YYY-YY-Y-RRRR-RR') -> 0987-987-87-7-0987-87",
                "CAST(DATE '2024-02-09' AS STRING FORMAT 'MON Mon mon moN MONTH MOnth Month mONTH') -> FEB Feb feb feb FEBRUARY FEBRUARY February february",
                "CAST(DATE '2024-02-09' AS STRING FORMAT 'DDD DD D DAY Day dAY DY Dy') -> 040 09 6 FRIDAY Friday friday FRI Fri",
                "CAST(DATE '2024-02-09' AS STRING FORMAT r'\"a\\\"b\\\\c\" yyyymmdd') -> a\"b\\c 20240209",
                "CAST(DATE '2024-02-09' AS STRING FORMAT \"-./,';: YYYYY\") -> -./,';: 20244",
                "CAST(TIMESTAMP '2024-02-09 15:04:05.678901+00' AS STRING FORMAT 'YYYY-MM-DD\"T\"HH24:MI:SS.FF3TZH:TZM') -> 2024-02-09T15:04:05.678+00:00",
                "CAST(TIMESTAMP '2024-02-09 15:04:05.678901+00' AS STRING FORMAT 'HH HH12 SSSSS FF1 FF4 FF9') -> 03 03 54245 6 6789 678901000",
                "CAST(TIMESTAMP '2024-02-09 00:04:05+00' AS STRING FORMAT 'HH12 AM P.M. pm a.m. Am') -> 12 AM A.M. am a.m. AM",
                "CAST(TIMESTAMP '2024-02-09 15:04:05+00' AS STRING FORMAT 'HH24:MI TZHTZM' AT TIME ZONE 'America/New_York') -> 10:04 -0500",
                "CAST(TIMESTAMP '2024-02-09 15:04:05+00' AS STRING FORMAT 'HH24:MI TZH TZM' AT TIME ZONE '-03:30') -> 11:34 -03 30",
                "CAST(TIMESTAMP '1880-02-09 15:04:05+00' AS STRING FORMAT 'HH24:MI:SS TZH:TZM' AT TIME ZONE 'America/New_York') -> 10:08:05 -04:56",
                "CAST(DATETIME '2024-02-09 15:04:05' AS STRING FORMAT 'DY DD MON YYYY HH12:MI:SS PM') -> FRI 09 FEB 2024 03:04:05 PM",
                "CAST(TIME '15:04:05.678901' AS STRING FORMAT 'HH24:MI:SS.FF6') -> 15:04:05.678901",
                "CAST(DATE '2024-02-09' AS STRING FORMAT '') -> ",
                "CAST(CAST(NULL AS DATE) AS STRING FORMAT 'YYYY') -> null",
                "SAFE_CAST(DATE '2024-02-09' AS STRING FORMAT 'HH24') -> null",
                "CAST(x AS STRING FORMAT 'YY') FROM (SELECT DATE '2024-02-09' AS x) -> 24",
            })
    void writesMoments(String select, String cell) {
        answers(select, cell == null ? "" : cell);
    }

    private void answers(String select, String cell) {
        assertThat(warehouse.rows("SELECT " + select)).as(select).isEqualTo("[[" + cell + "]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "CAST('  2024-2-9 ' AS DATE FORMAT 'YYYY-MM-DD') -> 2024-02-09",
                "CAST('20240209' AS DATE FORMAT 'YYYYMMDD') -> 2024-02-09",
                "CAST('022024' AS DATE FORMAT 'MMYYYY') -> 2024-02-01",
                "CAST('02/09/74' AS DATE FORMAT 'MM/DD/YY') -> 2074-02-09",
                "CAST('02/09/24' AS DATE FORMAT 'MM/DD/RRRR') -> 0024-02-09",
                "CAST('02/09/2,024' AS DATE FORMAT 'MM/DD/Y,YYY') -> 2024-02-09",
                "CAST('9 fEB 2024' AS DATE FORMAT 'DD MON YYYY') -> 2024-02-09",
                "CAST('2024FebRUARY9' AS DATE FORMAT 'YYYYMONTHDD') -> 2024-02-09",
                "CAST('2024  02\\t09' AS DATE FORMAT 'YYYY MM   DD') -> 2024-02-09",
                "CAST('2024x02' AS DATE FORMAT 'YYYY\"x\"MM') -> 2024-02-01",
                "CAST('202402' AS DATE FORMAT 'YYYY\"\"MM') -> 2024-02-01",
                "CAST('2024-02-09 12:04:05.6 a.m.' AS DATETIME FORMAT 'YYYY-MM-DD HH:MI:SS.FF6 P.M.') -> 2024-02-09T00:04:05.600",
                "CAST('2024-02-09 54245' AS DATETIME FORMAT 'YYYY-MM-DD SSSSS') -> 2024-02-09T15:04:05",
                "CAST('12345' AS TIME FORMAT 'HH24MISS') -> 12:34:05",
                "CAST('2024-02-09 15:04:05+05:30' AS TIMESTAMP FORMAT 'YYYY-MM-DD HH24:MI:SSTZH:TZM') -> 2024-02-09T09:34:05",
                "CAST('2024-02-09 15:04:05 05' AS TIMESTAMP FORMAT 'YYYY-MM-DD HH24:MI:SSTZH') -> 2024-02-09T10:04:05",
                "CAST('2024-02-09 15:04-0030' AS TIMESTAMP FORMAT 'YYYY-MM-DD HH24:MITZHTZM') -> 2024-02-09T15:34",
                "CAST('2024-03-10 02:30' AS TIMESTAMP FORMAT 'YYYY-MM-DD HH24:MI' AT TIME ZONE 'America/New_York') -> 2024-03-10T07:30",
                "CAST('2024-02-09 15+01' AS TIMESTAMP FORMAT 'YYYY-MM-DD HH24TZH' AT TIME ZONE 'Asia/Kolkata') -> 2024-02-09T14:00",
                "SAFE_CAST('2024-02-3x' AS DATE FORMAT 'YYYY-MM-DD') -> null",
                "SAFE_CAST('0000-02-03' AS DATE FORMAT 'YYYY-MM-DD') -> null",
            })
    void readsMoments(String select, String cell) {
        answers(select, cell);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "CAST(b'\\x00\\xff' AS STRING FORMAT 'hex') -> 00ff",
                "CAST(b'\\x00\\xff' AS STRING FORMAT 'BASE64') -> AP8=",
                "CAST(b'\\xc3\\xa4' AS STRING FORMAT 'UTF-8') -> ä",
                "CAST(b'a' AS STRING(1) FORMAT 'ASCII') -> a",
                "SAFE_CAST(b'\\xff' AS STRING FORMAT 'ASCII') -> null",
                "CAST('0fF' AS BYTES FORMAT 'HEX') -> AP8=",
                "CAST('AP8=' AS BYTES FORMAT 'BASE64') -> AP8=",
                "SAFE_CAST('A' AS BYTES FORMAT 'BASE64') -> null",
                "CAST(b'\\x05\\xff' AS STRING FORMAT 'BASE2') -> 0000010111111111",
                "CAST(b'\\x05\\xff' AS STRING FORMAT 'BASE8') -> 002777",
                "CAST(b'\\x01\\x02\\x03' AS STRING FORMAT 'BASE8') -> 00201003",
                "CAST(b'\\xff' AS STRING FORMAT 'BASE32') -> 74======",
                "CAST(b'' AS STRING FORMAT 'BASE8') -> ''",
                "LENGTH(CAST(REPEAT(b'\\xff', 57) AS STRING FORMAT 'BASE64M')) -> 76",
                "LENGTH(CAST(REPEAT(b'\\xff', 58) AS STRING FORMAT 'BASE64M')) -> 81",
                "CAST('10111111111' AS BYTES FORMAT 'BASE2') -> Bf8=",
                "CAST('' AS BYTES FORMAT 'BASE2') -> ''",
                "CAST('5' AS BYTES FORMAT 'BASE8') -> BQ==",
                "CAST('777' AS BYTES FORMAT 'BASE8') -> /w==",
                "CAST('2777' AS BYTES FORMAT 'BASE8') -> Bf8=",
                "CAST('201003' AS BYTES FORMAT 'BASE8') -> AgM=",
                "CAST('200201003' AS BYTES FORMAT 'BASE8') -> AgECAw==",
                "CAST('74======' AS BYTES FORMAT 'BASE32') -> /w==",
                "CAST('AP 8=' AS BYTES FORMAT 'BASE64M') -> AP8=",
                "SAFE_CAST('12' AS BYTES FORMAT 'BASE2') -> null",
                "SAFE_CAST('8' AS BYTES FORMAT 'BASE8') -> null",
                "SAFE_CAST('0g' AS BYTES FORMAT 'HEX') -> null",
                "SAFE_CAST('ä' AS BYTES FORMAT 'ASCII') -> null",
            })
    void encodesBytes(String select, String cell) {
        answers(select, cell);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '"',
            value = {
                "1234|999|[[ ###]]",
                "1234|999,999|[[   1,234]]",
                "-1234|9,999|[[-1,234]]",
                "-12345|$999|[[-$###]]",
                "12345|9,99|[[ #,##]]",
                "12.345|00099.999|[[ 00012.345]]",
                "0.5|9.9|[[  .5]]",
                "0.5|0.9|[[ 0.5]]",
                "0|9909|[[   00]]",
                "0|99|[[  0]]",
                "0|9.9|[[  .0]]",
                "-0.001|9.99|[[ -.00]]",
                "5|S999|[[  +5]]",
                "-5|999S|[[  5-]]",
                "5|999MI|[[  5 ]]",
                "-5|999MI|[[  5-]]",
                "5|999PR|[[   5 ]]",
                "-123|0000PR|[[<0123>]]",
                "12|$S999|[[ +$12]]",
                "12|999$|[[  $12]]",
                "12|9,999,999.99|[[        12.00]]",
                "1234567.891|$9,999,999.99|[[ $1,234,567.89]]",
                "12|FM9,999.00|[[12.]]",
                "-12|FM$9,999.99|[[-$12.]]",
                "0|FM9,999.99|[[0.]]",
                "0|FM.99|[[.]]",
                "-0.01|FM$9.9|[[-$0.]]",
                "12.5|fm99D9990|[[12.5]]",
                "12|FM999PR|[[12]]",
                "0.125|0.00|[[ 0.12]]",
                "2.5|9|[[ 2]]",
                "NUMERIC '2.5'|9|[[ 3]]",
                "BIGNUMERIC '12.355'|9G999D99|[[    12.36]]",
                "CAST(NULL AS INT64)|9|[[null]]",
            })
    void writesNumbers(String number, String format, String rows) {
        String sql = "SELECT CAST(%s AS STRING FORMAT '%s')".formatted(number, format);
        assertThat(warehouse.rows(sql)).as(sql).isEqualTo(rows);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CAST(DATE '2024-02-09' AS STRING FORMAT 'YYYY_MM')",
                "CAST(DATE '2024-02-09' AS STRING FORMAT 'Y,YYY')",
                "CAST(DATE '2024-02-09' AS STRING FORMAT 'MI')",
                "CAST(DATE '2024-02-09' AS STRING FORMAT '\"a')",
                "CAST(DATETIME '2024-02-09 15:04:05' AS STRING FORMAT 'TZH')",
                "CAST(DATE '2024-02-09' AS STRING FORMAT 'YYYY' AT TIME ZONE 'UTC')",
                "CAST(1 AS INT64 FORMAT '9')",
                "CAST(TRUE AS STRING FORMAT 'x')",
                "CAST('2024/02/09' AS DATE FORMAT 'YYYY-MM-DD')",
                "CAST('202402' AS DATE FORMAT 'YYYY MM')",
                "CAST('2024209' AS DATE FORMAT 'YYYYMMDD')",
                "CAST('2024 02' AS DATE FORMAT 'YYYY MM ')",
                "CAST('2024 02' AS DATE FORMAT ' YYYY MM')",
                "CAST('2024-02-30' AS DATE FORMAT 'YYYY-MM-DD')",
                "CAST('2024 02 40' AS DATE FORMAT 'YYYY MM DDD')",
                "CAST('2024 02 24' AS DATE FORMAT 'YYYY MM RR')",
                "CAST('2024-02-09 10' AS DATETIME FORMAT 'YYYY-MM-DD HH12')",
                "CAST('10 A.M.' AS TIME FORMAT 'HH24 A.M.')",
                "CAST('54245 15' AS TIME FORMAT 'SSSSS MI')",
                "CAST('24:00' AS TIME FORMAT 'HH24:MI')",
                "CAST('2024-02 +14:30' AS TIMESTAMP FORMAT 'YYYY-MM TZH:TZM')",
                "CAST('2024-02 05' AS TIMESTAMP FORMAT 'YYYY-MM TZH')",
                "CAST('0g' AS BYTES FORMAT 'HEX')",
                "CAST('12' AS BYTES FORMAT 'BASE2')",
                "CAST('78' AS BYTES FORMAT 'BASE8')",
                "CAST(b'\\xff' AS STRING FORMAT 'ASCII')",
                "CAST(b'a' AS STRING FORMAT 'foo')",
            })
    void fails(String select) {
        assertThatExceptionOfType(RuntimeException.class)
                .as(select)
                .isThrownBy(() -> warehouse.query("SELECT " + select))
                .withMessageNotContaining("local BigQuery");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CAST('15' AS DATE FORMAT 'DD')|FORMAT without year and month",
                "CAST(255 AS STRING FORMAT 'XX')|this FORMAT of numbers",
                "CAST(1 AS STRING FORMAT 'S9MI')|this FORMAT of numbers",
                "CAST(1 AS STRING FORMAT '$9$')|this FORMAT of numbers",
                "CAST(DATE '2024-02-09' AS STRING FORMAT CONCAT('Y'))|FORMAT with anything but a string literal",
            })
    void refuses(String select, String words) {
        warehouse.refuses("SELECT " + select, "The local BigQuery does not support " + words);
    }
}
