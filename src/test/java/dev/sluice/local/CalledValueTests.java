package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WITH within expressions, calls behind values, and arguments that are NULL or texts; Google's reference executor says the same. */
class CalledValueTests extends SharedWarehouse {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SELECT WITH(a AS 1, b AS a + 1, a + b), WITH(a AS STRUCT(1 AS x), a.x), WITH(a AS 5, WITH(a AS 6, a) + a)|[[3, 1, 11]]",
                "SELECT WITH(s AS SUM(x), c AS COUNT(*), s / c) FROM UNNEST([1, 2, 3]) AS x|[[2.0]]",
                "SELECT WITH(a AS x + 1, (SELECT MAX(y) FROM UNNEST([a, 7]) AS y)) FROM UNNEST([1, 9]) AS x ORDER BY 1|[[7], [10]]",
                "SELECT IF(x = 0, 0, WITH(a AS 1 / x, a)) FROM UNNEST([0, 2]) AS x ORDER BY 1|[[0.0], [0.5]]",
                "SELECT SUM(WITH(a AS x, a + 1)) FROM UNNEST([1, 2]) AS x|[[5]]",
                "SELECT (k).upper().substr(1, 2), abs(-16).sqrt().sqrt(), [1, 2].array_length() FROM (SELECT 'abc' AS k)|[[AB, 2.0, 2]]",
                "SELECT (x).sum(), (x + 1).max() FROM UNNEST([1, 2]) AS x|[[3, 3]]",
            })
    void areWhatTheyStandFor(String sql, String rows) {
        assertThat(warehouse.rows(sql)).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "DATE('2020-09-01 23:34:56-08')|2020-09-02",
                "DATE(CONCAT('2020-09-01', 'T23:34:56-08')), DATE('2020-9-1')|2020-09-02, 2020-09-01",
                "TIME('2010-11-12 01:02:03+08'), TIME(TIME '10:00:01')|17:02:03, 10:00:01",
                "TYPEOF(1 / 0), TYPEOF(ERROR('x'))|FLOAT64, INT64",
                "SAFE.REGEXP_CONTAINS('a', '('), SAFE.REGEXP_INSTR('a', '(a)(b)'), SAFE.REGEXP_EXTRACT('ab', '(a)(b)')|null, null, null",
                "FORMAT(NULL, 1), FORMAT(CAST(NULL AS STRING), 1)|null, null",
                "JSON_QUERY(JSON '{}', NULL), JSON_VALUE('{}', CAST(NULL AS STRING)), JSON_REMOVE(JSON '[1]', NULL)|null, null, [1]",
                "CAST(b'a' AS STRING FORMAT NULL), CAST(DATE '2020-01-01' AS STRING FORMAT CAST(NULL AS STRING))|null, null",
            })
    void becomeWhatIsWanted(String list, String values) {
        assertThat(warehouse.rows("SELECT " + list)).isEqualTo("[[" + values + "]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SELECT WITH(a AS 1, SUM(a)) FROM UNNEST([1]) AS x|Columns introduced by WITH cannot be used",
                "SELECT WITH(a AS 1, SUM(a) OVER ()) FROM UNNEST([1]) AS x|Columns introduced by WITH cannot be used",
                "SELECT WITH(a AS 1 / 0, 5)|division by zero",
                "SELECT WITH(a AS 1, a AS 2, a)|Duplicate alias a in WITH",
                "SELECT WITH(5)|Syntax error",
                "SELECT MAX(RAND()) FROM UNNEST([1, 2]) AS x|RAND or GENERATE_UUID as an operand of MAX",
                "SELECT s.upper() FROM (SELECT 'a' AS s)|functions by a path",
            })
    void areRefused(String sql, String words) {
        assertThatThrownBy(() -> warehouse.query(sql)).hasMessageContaining(words);
    }
}
