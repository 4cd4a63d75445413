package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Structs as values and as rows; Google's reference executor says the same. */
class StructuredValueTests extends SharedWarehouse {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "WITH v AS (SELECT AS STRUCT 1 AS a, 2 AS b UNION ALL SELECT AS STRUCT 3, 4) SELECT * FROM v WHERE a = 3|[[3, 4]]",
                "WITH v AS (SELECT AS STRUCT 1 AS a, 2 AS b) SELECT v, v.b FROM v WHERE v.a = 1|[[[1, 2], 2]]",
                "WITH v AS (SELECT AS VALUE x FROM UNNEST([1, 2]) AS x) SELECT v + 1 FROM v ORDER BY v|[[2], [3]]",
                "WITH v AS (SELECT AS STRUCT x AS a FROM UNNEST([2, 1]) AS x) SELECT w.a FROM v AS w JOIN v USING (a) ORDER BY a|"
                        + "[[1], [2]]",
                "SELECT a FROM (SELECT AS STRUCT 1 AS a, 2 AS b UNION ALL SELECT AS STRUCT 3, 4) AS t ORDER BY a DESC LIMIT 1|[[3]]",
                "SELECT AS STRUCT 1 AS a, 2 AS b UNION ALL SELECT AS STRUCT 3, 4 ORDER BY a DESC|[[3, 4], [1, 2]]",
                "SELECT * FROM (SELECT AS STRUCT 1 AS a UNION DISTINCT SELECT AS STRUCT 1)|[[1]]",
                "SELECT ARRAY(SELECT AS STRUCT 1 AS a UNION ALL SELECT AS STRUCT 1)|[[[[1], [1]]]]",
            })
    void rowsThatAreValuesShowTheirFields(String sql, String rows) {
        assertThat(warehouse.rows(sql)).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "(1, 2) IS DISTINCT FROM (1, 3), STRUCT(1, NULL) IS NOT DISTINCT FROM (1, 2), STRUCT(1) IS DISTINCT FROM NULL|"
                        + "true, false, true",
                "STRUCT(NULL, 1) IS NOT DISTINCT FROM STRUCT(NULL, 1), STRUCT(0.0) IS DISTINCT FROM STRUCT(-0.0)|true, false",
                "(1, 2) IN UNNEST([(1, 2)]), (1, NULL) IN UNNEST([(1, 2)]), (5, NULL) IN UNNEST([(1, 2)]), (1, 3) IN UNNEST([STRUCT(1.0 AS x, 3.0 AS y)])|"
                        + "true, null, false, true",
                "(1, 2) IN (SELECT (1, 2)), (1, 2) IN (SELECT (1, NULL)), (1, 2) IN (SELECT (1, 2) FROM UNNEST([1]) AS x WHERE x > 1)|"
                        + "true, null, false",
                "1.5 IN (SELECT x FROM UNNEST([1.5]) AS x), 2.5 IN (SELECT CAST('nan' AS FLOAT64)), 1.5 IN (SELECT CAST(NULL AS FLOAT64))|"
                        + "true, false, null",
                "CAST('nan' AS FLOAT64) IN (SELECT CAST('nan' AS FLOAT64))|false",
            })
    void areEqualFieldByField(String list, String values) {
        assertThat(warehouse.rows("SELECT " + list)).isEqualTo("[[" + values + "]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SELECT CAST(STRUCT(1 AS a, '2') AS STRUCT<b STRING, c INT64>)|[[[1, 2]]]",
                "SELECT CAST([STRUCT(1, '2')] AS ARRAY<STRUCT<a STRING, b INT64>>)[0].b + 1|[[3]]",
                "SELECT CAST(CAST(NULL AS STRUCT<a INT64>) AS STRUCT<b STRING>) IS NULL|[[true]]",
                "SELECT SAFE_CAST(['1', 'x'] AS ARRAY<INT64>) IS NULL, SAFE_CAST(['1', '7'] AS ARRAY<INT64>)|[[true, [1, 7]]]",
                "SELECT d, n FROM UNNEST(ARRAY<STRUCT<d DATE, n INT64>>[('2020-03-01', 4), ('2020-03-02', 5)]) ORDER BY d|"
                        + "[[2020-03-01, 4], [2020-03-02, 5]]",
                "SELECT STRUCT<a ARRAY<DATE>>(['2020-03-01']), STRUCT<x STRUCT<d DATE>>(STRUCT('2020-03-01'))|"
                        + "[[[[2020-03-01]], [[2020-03-01]]]]",
                "WITH a AS (SELECT 1 AS x) (WITH RECURSIVE b AS (SELECT 1 AS y UNION ALL SELECT y + 1 FROM b WHERE y < 3)"
                        + " SELECT MAX(y), MAX(x) FROM a, b)|[[3, 1]]",
            })
    void becomeOthers(String sql, String rows) {
        assertThat(warehouse.rows(sql)).isEqualTo(rows);
    }
}
