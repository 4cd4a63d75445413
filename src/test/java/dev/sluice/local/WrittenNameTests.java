package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names, places and words as GoogleSQL has them. */
class WrittenNameTests extends SharedWarehouse {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "SELECT (JSON '{\"a\\\\\"b\": 1}').`a\\\"b` AS v|[[1]]",
                "SELECT `\\x76\\u0061l` + 1 AS v FROM (SELECT 1 AS `val`)|[[2]]",
                "SELECT STRUCT(1 AS a, 'x' AS b)[OFFSET(1)], (5, 6)[0], (5, 6)[ORDINAL(2)]|[[x, 5, 6]]",
                "SELECT s[1].t FROM (SELECT STRUCT(1, STRUCT(2 AS t)) AS s)|[[2]]",
                "SELECT NULL IS UNKNOWN, TRUE IS NOT UNKNOWN, FALSE IS UNKNOWN|[[true, true, false]]",
                "SELECT v, n FROM (SELECT 1 AS a, 2 AS b) t UNPIVOT (v FOR n IN (t.a, T.b AS 'x'))|[[1, a], [2, x]]",
                "SELECT v FROM (SELECT 1 AS a, 2 AS b) t UNPIVOT ((v, w) FOR n IN ((t.a, b)))|[[1]]",
                "SELECT 1 AS a, 2, 3 AS c FULL UNION ALL CORRESPONDING BY (c, a) SELECT 5 AS a, 6 AS b, 7 AS b|"
                        + "[[3, 1], [null, 5]]",
            })
    void meanWhatTheyMeanInGoogleSql(String sql, String rows) {
        assertThat(warehouse.rows(sql)).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "'ab' NOT LIKE ANY ('a%', 'b%')|true",
                "'ab' NOT LIKE ANY ('a%', NULL)|null",
                "'ab' NOT LIKE ANY ('a%', '%b')|false",
                "'ab' NOT LIKE SOME UNNEST(['x', NULL])|true",
                "'ab' NOT LIKE ALL ('a%', 'x')|false",
                "'ab' NOT LIKE ALL ('x', NULL)|null",
                "'ab' NOT LIKE ALL (SELECT 'x')|true",
            })
    void patternsThatDoNotMatch(String condition, String value) {
        assertThat(warehouse.rows("SELECT " + condition)).isEqualTo("[[" + value + "]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "SELECT (1, 2)[OFFSET(2)]|Field offset 2 is out of bounds in STRUCT<INT64, INT64>",
                "SELECT (1, 2)[ORDINAL(0)]|Field ordinal 0 is out of bounds in STRUCT<INT64, INT64>",
                "SELECT (1, 2)[0 + 1]|Field element access is only supported for literal integer positions",
                "SELECT v FROM (SELECT 1 AS a) t UNPIVOT (v FOR n IN (u.a))|Unrecognized name: u",
                "SELECT JSON_ARRAY_APPEND(JSON '[1]', '$', append_each_element => FALSE, 2)|"
                        + "Call to function JSON_ARRAY_APPEND must not specify positional arguments after named arguments",
                "SELECT 1 AS `a\\q`|Illegal escape sequence: \\q",
            })
    void areRefusedAsGoogleSqlRefusesThem(String sql, String words) {
        assertThatThrownBy(() -> warehouse.query(sql)).hasMessageContaining(words);
    }
}
