package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.QueryParameterType;
import com.google.api.services.bigquery.model.QueryParameterValue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which operands are computed, and for which rows. */
class EvaluationTests extends SharedWarehouse {

    @BeforeAll
    void fillWarehouse() {
        warehouse.query(
                "CREATE TABLE ds.t AS SELECT 1 AS id, 1.5 AS f, 'a' AS s, DATE '2024-01-31' AS date, NUMERIC '1' AS n"
                        + " UNION ALL SELECT 4, NULL, NULL, NULL, NULL");
    }

    /** In each case an operand fails, and DuckDB would fold it away. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT CAST(NULL AS INT64) = CAST(NUMERIC '-2e19' AS INT64)",
                "SELECT SAFE_ADD(CAST(NULL AS INT64), CAST(NUMERIC '-2e19' AS INT64))",
                "SELECT LEAST(CAST(NULL AS INT64), CAST(BIGNUMERIC '2e19' AS INT64))",
                "SELECT LEAST(IF(id = 4, NULL, id), DIV(1, id - 4)) FROM ds.t WHERE id = 4",
                "SELECT CAST(NULL AS NUMERIC) - CAST(BIGNUMERIC '2e30' AS NUMERIC)",
                "SELECT CONCAT(CAST(NULL AS STRING), CAST(DIV(1, 0) AS STRING))",
                "SELECT DIV(1, id - 4) = NULLIF(1, 1) FROM ds.t WHERE id = 4",
                "SELECT f > CAST(DIV(1, id - 4) AS FLOAT64) FROM ds.t WHERE id = 4",
                "SELECT NULLIF(f, 1) IN (1, DIV(1, id - 4)) FROM ds.t WHERE id = 4",
                "SELECT id IN (4, DIV(1, id - 4)) FROM ds.t WHERE id = 4",
                "SELECT 'a' NOT IN ('a', CAST(DIV(1, 0) AS STRING))",
                "SELECT id FROM ds.t WHERE id IN (4, NULL, DIV(1, id - 4))",
                "SELECT id BETWEEN 7 AND DIV(1, id - 4) FROM ds.t WHERE id = 4",
                "SELECT CAST(NULL AS STRING) LIKE CAST(DIV(1, 0) AS STRING)",
                "SELECT STRPOS(CAST(NULL AS STRING), CAST(DIV(1, 0) AS STRING))",
                "SELECT CAST(NULL AS DATE) < DATE_FROM_UNIX_DATE(CAST(NUMERIC '-2e19' AS INT64))",
                "SELECT DATE_DIFF(CAST(NULL AS DATE), date, DAY) = CAST(NUMERIC '-2e19' AS INT64) FROM ds.t",
                "SELECT CAST(NULLIF(id, id) AS STRING) = CAST(DIV(1, id - 4) AS STRING) FROM ds.t WHERE id = 4",
                "SELECT (SELECT MAX(id) FROM ds.t WHERE id > 9) = DIV(1, 0)",
                "SELECT IF(id > 0, NULL, id) + DIV(1, 0) FROM ds.t",
                "SELECT SAFE_CAST('a' AS INT64) = DIV(1, 0)",
                "SELECT SAFE.SUBSTR('a', 1, -1) = CAST(DIV(1, 0) AS STRING)",
                "SELECT LOWER(CAST(DIV(1, 0) AS STRING)) = CAST(NULL AS STRING)",
                "SELECT id BETWEEN DIV(1, id - 1) AND 0 FROM ds.t",
                "SELECT id BETWEEN CAST(NUMERIC '-2e19' AS INT64) AND 0 FROM ds.t",
                "SELECT id BETWEEN 7 AND CAST(NUMERIC '-2e19' AS INT64) FROM ds.t WHERE id = 4",
                "SELECT id FROM ds.t WHERE id BETWEEN 7 AND CAST(NUMERIC '-2e19' AS INT64)",
                "SELECT CAST(NULL AS INT64) BETWEEN DIV(1, 0) AND 0",
                "SELECT f IN (1.5, CAST(DIV(1, id - 1) AS FLOAT64)) FROM ds.t WHERE id = 1",
                "SELECT STRUCT(CAST(NULL AS INT64) AS a).a = DIV(1, 0)",
                "SELECT JSON_VALUE('{}', '$.a') = CAST(DIV(1, 0) AS STRING)",
                "UPDATE ds.t SET n = CAST(BIGNUMERIC '2e30' AS NUMERIC) WHERE id = 4",
                "SELECT DIV(id, 0) = 1 AND FALSE FROM ds.t",
                "SELECT DIV(1, 0) = 1 OR 1 < 2",
                "SELECT DIV(1, id - 4) = 1 AND s = 'a' AND NULL IS TRUE FROM ds.t",
                "SELECT STRUCT(NULL AS a, DIV(1, 0) AS b).a",
                "SELECT DIV(1, 0) IN (SELECT id FROM ds.t WHERE id > 9)",
                "SELECT id FROM ds.t WHERE DIV(1, id - id) NOT IN (SELECT id FROM ds.t WHERE id > 9)",
                "SELECT s, DIV(SUM(id), 0) IN (SELECT id FROM ds.t WHERE id > 9) FROM ds.t GROUP BY s",
                "SELECT STRUCT(STRUCT(id AS a, DIV(id, 0) AS b) AS s, 1 AS c).s.a FROM ds.t",
                "SELECT STRUCT(SUM(id) AS a, DIV(1, 0) AS b).a FROM ds.t",
                "SELECT 'a' LIKE ANY ('a%', CAST(DIV(id, 0) AS STRING)) FROM ds.t",
                "SELECT 'a' LIKE ALL ('b%', CAST(DIV(id, 0) AS STRING)) FROM ds.t",
                "SELECT id FROM ds.t, UNNEST([DIV(id, 0)]) AS e WHERE FALSE",
                "SELECT SAFE_CAST(NET.IPV4_FROM_INT64(id + 99999999999) AS STRING) FROM ds.t",
                "SELECT SAFE_CAST(CAST(DIV(id, 0) AS STRING) AS BYTES FORMAT 'HEX') FROM ds.t",
                "SELECT SAFE_ADD(n, CAST(DIV(id, 0) AS NUMERIC)) FROM ds.t",
                "SELECT ARRAY(SELECT e FROM UNNEST([DIV(id, 0)]) AS e WHERE e < CAST(NULL AS INT64)) FROM ds.t",
            })
    void computesAllOperandsOfAFunction(String sql) {
        assertThatException().isThrownBy(() -> warehouse.query(sql));
    }

    /** In each case a constant fails, and DuckDB would compute it though no row asks for it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SELECT id, DATE_FROM_UNIX_DATE(CAST(NUMERIC '-2e19' AS INT64)) FROM ds.t WHERE UPPER(s) = 'no'|[]",
                "SELECT UNIX_MICROS(TIMESTAMP_SECONDS(FARM_FINGERPRINT(''))) FROM ds.t WHERE UPPER(s) = 'no'|[]",
                "SELECT CAST(CAST(BIGNUMERIC '2e30' AS NUMERIC) AS BIGNUMERIC) > 1 FROM ds.t WHERE UPPER(s) = 'no'|[]",
                "SELECT IF(id > 9, DATE_FROM_UNIX_DATE(CAST(NUMERIC '-2e19' AS INT64)), date) FROM ds.t WHERE id = 1|[[2024-01-31]]",
                "SELECT CASE WHEN id > 9 THEN IF(DIV(1, 0) = 1, 'a', 'b') ELSE 'c' END FROM ds.t WHERE id = 1|[[c]]",
                "SELECT CASE WHEN id > 9 THEN CASE DIV(1, 0) WHEN 1 THEN 'a' END ELSE 'c' END FROM ds.t WHERE id = 1|[[c]]",
                "SELECT CASE DIV(1, 0) WHEN 1 THEN id END AS x, COUNT(*) FROM ds.t WHERE id > 9 GROUP BY x|[]",
                "SELECT IF(DIV(2, 1) > 1, id, 9) AS x, COUNT(*) FROM ds.t GROUP BY x ORDER BY x|[[1, 1], [4, 1]]",
                "SELECT id BETWEEN DIV(4, id) AND DIV(8, 2), f BETWEEN 1 AND 1.0 / 3 FROM ds.t WHERE id = 4|[[true, null]]",
                "SELECT COALESCE(s, SUBSTR('a', DIV(1, 0))) FROM ds.t WHERE id = 1|[[a]]",
                "SELECT COUNTIF(DIV(1, 0) = 1), SUM(IF(id > 1 AND DIV(1, 0) = 1, 1, 0)) FROM ds.t WHERE id > 9|[[0, null]]",
                "SELECT DIV(1, 0) = 1 AND FALSE, STRUCT(id AS a, DIV(1, 0) AS b).a FROM ds.t WHERE UPPER(s) = 'no'|[]",
                "SELECT IF(id > 9, STRUCT(NULL AS a, DIV(1, 0) AS b).a, 3) FROM ds.t WHERE id = 1|[[3]]",
                "SELECT STRUCT((SELECT 7) AS a, DIV(8, id) AS b).b FROM ds.t WHERE id = 4|[[2]]",
                "SELECT STRUCT(SUM(DIV(8, id)) AS a, MAX(s) AS b).a FROM ds.t|[[10]]",
                "SELECT STRUCT(id AS a, SUM(DIV(8, id)) OVER (ORDER BY id) AS b).b FROM ds.t ORDER BY id|[[8], [10]]",
                "SELECT id FROM ds.t WHERE id > 9 AND GREATEST(1.5, CAST(DIV(1, 0) AS FLOAT64)) > 1|[]",
                "SELECT -CAST(NUMERIC '-2e19' AS INT64), [1, -DIV(1, 0)] FROM ds.t WHERE UPPER(s) = 'no'|[]",
                "SELECT id FROM ds.t WHERE id > 9 QUALIFY SUM(CAST(BIGNUMERIC '2e30' AS NUMERIC)) OVER (ORDER BY id) > AVG(LN(0)) OVER ()|[]",
                "SELECT SUM(CAST(BIGNUMERIC '2e30' AS NUMERIC)), AVG(LN(0)), STDDEV(LN(0)), CORR(LN(0), id), VARIANCE(DIV(1, 0)) FROM ds.t WHERE id > 9|[[null, null, null, null, null]]",
                "SELECT IF(id > 9, 1 BETWEEN CAST(NUMERIC '-2e19' AS INT64) AND 5, id = 4) FROM ds.t ORDER BY id|[[false], [true]]",
            })
    void computesConstantsOnlyForRows(String sql, String rows) {
        assertThat(warehouse.rows(sql)).isEqualTo(rows);
    }

    /** In each case the subquery fails for rows of other branches, for which DuckDB would compute it too. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SELECT id, IF(id <> 4, (SELECT DIV(1, id - 4)), 0) FROM ds.t ORDER BY id|[[1, 0], [4, 0]]",
                "SELECT IF(id = 4, 0, (SELECT DIV(6, id - 4))) FROM ds.t ORDER BY id|[[-2], [0]]",
                "SELECT CASE WHEN id = 4 THEN 0 ELSE (SELECT DIV(6, id - 4)) END FROM ds.t ORDER BY id|[[-2], [0]]",
                "SELECT CASE id WHEN 4 THEN 0 WHEN 1 THEN (SELECT DIV(6, id - 4)) ELSE DIV(1, 0) END FROM ds.t ORDER BY id|[[-2], [0]]",
                "SELECT IFNULL(id, (SELECT DIV(1, 0))), COALESCE(NULL, id, (SELECT DIV(1, id - 4))) FROM ds.t ORDER BY id|[[1, 1], [4, 4]]",
                "SELECT IF(id < 4, ARRAY(SELECT DIV(6, id - 4) UNION ALL SELECT id), []) FROM ds.t ORDER BY id|[[[-2, 1]], [[]]]",
                "SELECT IF(id < 4, EXISTS (SELECT 1 FROM ds.t AS o WHERE DIV(6, t.id - 4) < o.id), NULL) FROM ds.t ORDER BY id|[[true], [null]]",
                "SELECT IF(id < 4, id IN (SELECT DIV(o.id, t.id - 4) FROM ds.t AS o), NULL) FROM ds.t ORDER BY id|[[false], [null]]",
                "SELECT IF(id < 4, (SELECT SUM(x) FROM (SELECT DIV(6, t.id - 4) AS x)), 0) FROM ds.t ORDER BY id|[[-2], [0]]",
                "SELECT IF(id < 4, (SELECT MAX(e) FROM UNNEST([DIV(6, id - 4)]) AS e WITH OFFSET AS o WHERE o = 0), 0) FROM ds.t ORDER BY id|[[-2], [0]]",
                "SELECT IF(id < 4, IF(DIV(6, id - 4) < 0, (SELECT DIV(6, id - 4)), 1), 0) FROM ds.t ORDER BY id|[[-2], [0]]",
                "SELECT IF(id > 9, (SELECT e FROM UNNEST([1, 2]) AS e), 0) FROM ds.t ORDER BY id|[[0], [0]]",
                "SELECT IF(FALSE, (SELECT id FROM ds.t), 0) FROM ds.t ORDER BY id|[[0], [0]]",
                "SELECT IF(EXISTS (SELECT 1 FROM ds.t AS o WHERE o.id > t.id), (SELECT DIV(6, id - 4)), 0) FROM ds.t ORDER BY id|[[-2], [0]]",
                "SELECT CASE WHEN id NOT IN (SELECT MAX(id) FROM ds.t) THEN (SELECT DIV(6, id - 4)) WHEN TRUE THEN 0 END FROM ds.t ORDER BY id|[[-2], [0]]",
                "SELECT COALESCE((SELECT o.id FROM ds.t AS o WHERE o.id = 4 AND t.id = 4), (SELECT DIV(6, id - 4))) FROM ds.t ORDER BY id|[[-2], [4]]",
                "SELECT id, IF(id <> 4, (SELECT DIV(1, id - 4)), 0) FROM ds.t GROUP BY id ORDER BY id|[[1, 0], [4, 0]]",
                "SELECT SUM(IF(id <> 4, (SELECT DIV(6, id - 4)), 0)) FROM ds.t|[[-2]]",
                "SELECT id FROM ds.t WHERE IF(id <> 4, (SELECT DIV(6, id - 4)), 0) < 0|[[1]]",
                "SELECT IF(id < 4, (SELECT DIV(6, COUNT(*)) FROM UNNEST([1, 2, 3]) AS e), 0) FROM ds.t ORDER BY id|[[2], [0]]",
                "SELECT IF(id < 4, (SELECT SUM(e) FROM UNNEST([1, 2]) AS e HAVING DIV(6, COUNT(*)) > 2), 0) FROM ds.t ORDER BY id|[[3], [0]]",
                "SELECT IF(id < DIV(6, 2), (SELECT id), 0), IF(id < IF(DIV(6, 3) = 2, 4, 0), (SELECT DIV(6, id - 4)), 0) FROM ds.t ORDER BY id|[[1, -2], [0, 0]]",
                "SELECT IF(IF(DIV(6, 3) = 2, id < 4, NULL), (SELECT DIV(6, id - 4)), 0) FROM ds.t ORDER BY id|[[-2], [0]]",
                "SELECT IF(POW(id, 2) > 4, (SELECT id), 0) FROM ds.t ORDER BY id|[[0], [4]]",
                "SELECT IF(id = 4, NULL, DIV(6, id - 4) IN (SELECT o.id - 3 FROM ds.t AS o WHERE o.id >= t.id)) FROM ds.t ORDER BY id|[[true], [null]]",
                "SELECT CASE WHEN id = 4 THEN 1 WHEN (SELECT DIV(6, t.id - 4)) = -2 THEN (SELECT DIV(6, id - 4)) END FROM ds.t ORDER BY id|[[-2], [1]]",
                "SELECT IF(EXISTS (SELECT 1 FROM ds.t AS o WHERE o.id > t.id), (SELECT e FROM UNNEST([7]) AS e WHERE DIV(6, t.id - 4) < 0), 0) FROM ds.t ORDER BY id|[[7], [0]]",
                "SELECT IF(id > 9, EXISTS (SELECT 1 FROM UNNEST([id]) AS e WHERE e > CAST(NUMERIC '-2e19' AS INT64)), TRUE) FROM ds.t ORDER BY id|[[true], [true]]",
                "SELECT CASE STRPOS('4', (SELECT CAST(MIN(o.id) AS STRING) FROM ds.t AS o WHERE o.id > t.id)) WHEN 1 THEN 7 WHEN (SELECT COUNT(*) FROM ds.t AS o WHERE o.id = t.id) THEN 5 ELSE 0 END FROM ds.t ORDER BY id|[[7], [0]]",
                "SELECT IF(id IN (SELECT MAX(o.id) FROM ds.t AS o), 3, (SELECT DIV(12, COUNT(*)) FROM UNNEST([1, id]) AS e)) FROM ds.t ORDER BY id|[[6], [3]]",
                "SELECT IF(EXISTS (SELECT 1 FROM ds.t AS o WHERE o.id = t.id + 3), 3, (SELECT DIV(12, COUNT(*)) FROM UNNEST([1, DIV(id, 1)]) AS e)) FROM ds.t ORDER BY id|[[3], [6]]",
                "SELECT IF(id IN (SELECT MAX(o.id) FROM ds.t AS o), 3, (SELECT SUM(e) FROM UNNEST([1, DIV(6, id - 4)]) AS e)) FROM ds.t ORDER BY id|[[-1], [3]]",
                "SELECT IF(EXISTS (SELECT 1 FROM ds.t AS o WHERE o.id < t.id), EXISTS (SELECT 1 FROM UNNEST([DIV(6, id - 1)]) AS e), FALSE) FROM ds.t ORDER BY id|[[false], [true]]",
                "SELECT IF(id IN (SELECT MIN(o.id) FROM ds.t AS o), IF(EXISTS (SELECT 1 FROM ds.t AS o WHERE o.id > t.id), (SELECT SUM(e) FROM UNNEST([DIV(6, id - 4)]) AS e), 2), 3) FROM ds.t ORDER BY id|[[-2], [3]]",
                "SELECT IF(id IN (SELECT MIN(o.id) FROM ds.t AS o), IF(EXISTS (SELECT 1 FROM ds.t AS o WHERE o.id > t.id + 9), (SELECT SUM(e) FROM UNNEST([DIV(6, id - 1)]) AS e), 2), 3) FROM ds.t ORDER BY id|[[2], [3]]",
                "SELECT IF(id > 1, IF((SELECT MAX(e) FROM UNNEST([9, id]) AS e) > DIV(6, id - 1), (SELECT SUM(e) FROM UNNEST([DIV(6, id - 1)]) AS e), 2), 3) FROM ds.t ORDER BY id|[[3], [2]]",
                "SELECT IF(id > 1, IF(DIV(6, id - 1) < (SELECT MAX(e) FROM UNNEST([9, id]) AS e), (SELECT COUNT(*) FROM UNNEST([1, 2]) AS e WHERE e < DIV(6, id - 1)), 2), 3) FROM ds.t ORDER BY id|[[3], [1]]",
                "SELECT IF(TO_JSON_STRING(TO_JSON(n)) = '1', 1, (SELECT MAX(o.id) FROM ds.t AS o WHERE o.id > t.id)) FROM ds.t ORDER BY id|[[1], [null]]",
                "SELECT IF(LN(n + 1) < 0, EXISTS (SELECT 1 FROM UNNEST([DIV(6, id - 1)]) AS e), TRUE) FROM ds.t ORDER BY id|[[true], [true]]",
                "SELECT IF(id IN (SELECT MIN(o.id) FROM ds.t AS o), (SELECT DIV(12, MAX(e) - 4) FROM UNNEST([id, 3]) AS e), 0) FROM ds.t ORDER BY id|[[-12], [0]]",
                "SELECT IF(id IN (SELECT MIN(o.id) FROM ds.t AS o), (SELECT COUNT(*) FROM UNNEST([1, DIV(6, id - 4)]) AS e WHERE e > 9), 7) FROM ds.t ORDER BY id|[[0], [7]]",
                "SELECT IF(id IN (SELECT MIN(o.id) FROM ds.t AS o), (SELECT MAX(o.id) FROM ds.t AS o WHERE DIV(6, t.id - 4) < 0), 7) FROM ds.t ORDER BY id|[[4], [7]]",
                "SELECT IF(EXISTS (SELECT 1 FROM ds.t AS o WHERE o.id > 9), ARRAY_LENGTH(ARRAY(SELECT e FROM UNNEST(INT64_ARRAY(JSON '[true]')) AS e)), 0) FROM ds.t ORDER BY id|[[0], [0]]",
                "SELECT IF(id IN (SELECT MAX(o.id) FROM ds.t AS o), 3, (SELECT DIV(12, COUNT(*)) FROM UNNEST([1, DIV(id, 1)]) AS e)) FROM ds.t ORDER BY id|[[6], [3]]",
                "SELECT IF(id = 4, NULL, DIV(6, id - 4) IN (SELECT -2)) FROM ds.t GROUP BY id ORDER BY id|[[true], [null]]",
            })
    void computesASubqueryForTheRowsOfItsBranchOnly(String sql, String rows) {
        assertThat(warehouse.rows(sql)).isEqualTo(rows);
    }

    /** DuckDB computes no LIMIT for each row unless it is a literal; the subquery is computed once then. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SELECT IF(id < 4, ARRAY(SELECT e FROM UNNEST([5, 2, 3]) AS e ORDER BY e LIMIT @p), []) FROM ds.t ORDER BY id|[[[2, 3]], [[]]]",
                "SELECT IF(id < 4, (SELECT 7 LIMIT 1 OFFSET @p), 0) FROM ds.t ORDER BY id|[[null], [0]]",
                "SELECT IF(id < 4, (SELECT SUM(x) FROM (SELECT e AS x FROM UNNEST([5, 2, 3]) AS e ORDER BY e LIMIT @p)), 0) FROM ds.t ORDER BY id|[[5], [0]]",
            })
    void takesTheLimitOfASubqueryInABranchFromAParameter(String sql, String rows) {
        var two = new QueryParameter()
                .setName("p")
                .setParameterType(new QueryParameterType().setType("INT64"))
                .setParameterValue(new QueryParameterValue().setValue("2"));
        assertThat(warehouse.query(sql, two).rows()).hasToString(rows);
    }

    @Test
    void changesRowsByASubqueryOfTheirBranchOnly() {
        warehouse.query("CREATE TABLE ds.branches AS SELECT id FROM ds.t");
        warehouse.query("UPDATE ds.branches SET id = IF(id <> 4, (SELECT DIV(6, id - 4)), 0) WHERE TRUE");
        assertThat(warehouse.rows("SELECT id FROM ds.branches ORDER BY id")).isEqualTo("[[-2], [0]]");
    }

    /** DuckDB would compare the column with another constant, and compute no sum. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "b * 3 = 0",
                "b * 3 <> 0",
                "b * 3 IS DISTINCT FROM 6",
                "b + 3 IS NOT DISTINCT FROM 6",
                "b + 3 = 6",
                "b + 3 IN (6)",
                "b + 3 BETWEEN 6 AND 7",
                "3 + b < 6",
                "-3 - b >= 6",
                "CASE b + 3 WHEN 6 THEN TRUE ELSE FALSE END",
                "b + 3 = (SELECT 6)",
            })
    void computesASumEvenIfTheRestOfAComparisonIsConstant(String condition) {
        String big = "(SELECT 9223372036854775807 - id + id AS b FROM ds.t)";
        assertThatException().isThrownBy(() -> warehouse.query("SELECT 1 FROM " + big + " WHERE " + condition));
        assertThatException().isThrownBy(() -> warehouse.query("SELECT " + condition + " FROM " + big));
    }

    /** DuckDB has neither subqueries nor windows where it computes what is the same for all rows or wanted several times. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SELECT SPLIT((SELECT MAX(s) FROM ds.t AS o WHERE o.id <= t.id), '') FROM ds.t ORDER BY id|[[[a]], [[a]]]",
                "SELECT TO_JSON_STRING(STRUCT(IF(EXISTS (SELECT 1 FROM ds.t AS o WHERE o.id > t.id), n, 0) AS x, [id] AS y)) FROM ds.t WHERE id = 1|[[{\"x\":1,\"y\":[1]}]]",
                "SELECT COUNT(NUMERIC '1.5' / 2) OVER (PARTITION BY IF(f > 1, 1, 2)) FROM ds.t|[[1], [1]]",
                "SELECT SUM(DIV(8, 4)) OVER (ORDER BY CASE WHEN id > 0 THEN id END) FROM ds.t ORDER BY id|[[2], [4]]",
            })
    void computesQueriesAndWindowsApart(String sql, String rows) {
        assertThat(warehouse.rows(sql)).isEqualTo(rows);
    }

    @Test
    void computesWhatStandsBesideAParameterThatIsNull() {
        var nothing = new QueryParameter()
                .setName("p")
                .setParameterType(new QueryParameterType().setType("INT64"))
                .setParameterValue(new QueryParameterValue());
        assertThatException().isThrownBy(() -> warehouse.query("SELECT @p = DIV(1, 0)", nothing));
    }

    /** DuckDB knew of no NULL where all other values of a field are in the list. */
    @Test
    void changesNoRowsOfWhichAFieldIsNull() {
        warehouse.query("CREATE TABLE ds.fields AS SELECT x AS id, STRUCT(IF(x < 3, NULL, 1) AS a) AS p"
                + " FROM UNNEST([1, 2, 3, 4]) AS x");
        warehouse.query("UPDATE ds.fields SET id = id + 10 WHERE p.a IN (1, 2, 0)");
        assertThat(warehouse.rows("SELECT id FROM ds.fields ORDER BY id")).isEqualTo("[[1], [2], [13], [14]]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT p FROM t WHERE p.a IN (1, 2)",
                "SELECT p FROM t WHERE (p).a IN (1)",
                "SELECT p FROM t WHERE CAST(p.a AS NUMERIC) IN (1)",
                "SELECT p FROM (SELECT p, p.a FROM t) WHERE a IN (1, 2)",
                "SELECT ARRAY_LENGTH([p]) FROM (SELECT * FROM (SELECT p, p.a AS b FROM t)) WHERE b IN (1, 2)",
                "WITH w AS (SELECT p, p.a FROM t) SELECT p FROM w WHERE a IN (1, 2)",
            })
    void findsNoRowsOfWhichAFieldIsNull(String sql) {
        warehouse.query("CREATE OR REPLACE TABLE ds.nested AS SELECT STRUCT(IF(x < 3, NULL, 1) AS a) AS p"
                + " FROM UNNEST([1, 2, 3, 4]) AS x");
        assertThat(warehouse.query(sql.replace("FROM t", "FROM ds.nested")).rows())
                .hasSize(2);
    }

    @Test
    void changesNoRowsWithWhatFails() {
        warehouse.query(
                "UPDATE ds.t SET date = DATE_FROM_UNIX_DATE(CAST(NUMERIC '-2e19' AS INT64)) WHERE UPPER(s) = 'no'");
        warehouse.query(
                "INSERT INTO ds.t (id, date) SELECT 9, DATE_FROM_UNIX_DATE(CAST(NUMERIC '-2e19' AS INT64)) FROM ds.t"
                        + " WHERE UPPER(s) = 'no'");
        assertThat(warehouse.rows("SELECT COUNT(*) FROM ds.t")).isEqualTo("[[2]]");
    }
}
