package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.QueryParameterType;
import com.google.api.services.bigquery.model.QueryParameterValue;
import dev.sluice.local.sql.SqlRefused;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a translated statement answers, or that it does not answer. */
class SemanticsTests extends SharedWarehouse {

    @BeforeEach
    void fill() {
        warehouse.query(
                "CREATE OR REPLACE TABLE ds.t (id INT64 NOT NULL, f FLOAT64, s STRING, date DATE, ts TIMESTAMP, n NUMERIC)");
        warehouse.query("INSERT INTO ds.t (id, f, s, date, ts, n) VALUES"
                + " (1, 1.5, 'a', '2024-01-31', '2024-01-31 10:00:00+01', 1),"
                + " (2, CAST('nan' AS FLOAT64), 'B', DATE '2024-02-01', NULL, NUMERIC '2.5'),"
                + " (3, -1, 'é', NULL, TIMESTAMP '2024-02-01 00:00:00', NULL),"
                + " (4, NULL, NULL, '2023-12-31', NULL, 0)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SELECT 0.1 + 0.2|DOUBLE|0.30000000000000004",
                "SELECT 2147483647 + 1|BIGINT|2147483648",
                "SELECT -9223372036854775808|BIGINT|-9223372036854775808",
                "SELECT 7 / 2|DOUBLE|3.5",
                "SELECT DIV(-7, 2)|BIGINT|-3",
                "SELECT MOD(-7, 2)|BIGINT|-1",
                "SELECT CAST('nan' AS FLOAT64) = CAST('nan' AS FLOAT64)|BOOLEAN|false",
                "SELECT CAST('nan' AS FLOAT64) != CAST('nan' AS FLOAT64)|BOOLEAN|true",
                "SELECT CAST('nan' AS FLOAT64) > 1|BOOLEAN|false",
                "SELECT CAST('nan' AS FLOAT64) IN (1, CAST('nan' AS FLOAT64))|BOOLEAN|false",
                "SELECT CAST('nan' AS FLOAT64) = CAST(NULL AS FLOAT64)|BOOLEAN|null",
                "SELECT CAST(2.5 AS INT64)|BIGINT|3",
                "SELECT FORMAT('%.2f %.1f', CAST('-0.0' AS FLOAT64), ROUND(-1.25, -1))|VARCHAR|0.00 0.0",
                "SELECT FORMAT('%06.2f %6.1f', -0.001, 0.25)|VARCHAR|-00.00    0.2",
                "SELECT SUBSTR(FORMAT('%.0f', 1e22), -9)|VARCHAR|000000000",
                "SELECT SUBSTR(FORMAT('%f', 1e300), 1, 20)|VARCHAR|10000000000000000525",
                "SELECT TO_JSON_STRING(STRUCT(CAST('-0.0' AS FLOAT64) AS a))|VARCHAR|{\"a\":0}",
                "SELECT TO_JSON_STRING(TO_JSON([2.0, CAST('-0.0' AS FLOAT64), 1e22]))|VARCHAR|[2.0,0.0,1e+22]",
                "SELECT TO_JSON_STRING(TO_JSON(NUMERIC '1234567.250000005'))|VARCHAR|1234567.250000005",
                "SELECT TO_JSON_STRING(TO_JSON([1234567.250000005, 1234567890123456.7, 0.00012, 0.000012, 100000000000000.0, 1e15, -28936090858880192.0]))|VARCHAR|[1234567.250000005,1.2345678901234567e+15,0.00012,1.2e-05,100000000000000.0,1e+15,-2.8936090858880192e+16]",
                "SELECT TO_JSON_STRING(PARSE_JSON('[1234567.250000005, 0.30000000000000004]'))|VARCHAR|[1234567.250000005,0.30000000000000004]",
                "SELECT CAST(NULL AS FLOAT64) / 0|DOUBLE|null",
                "SELECT MOD(CAST(NULL AS INT64), 0)|BIGINT|null",
                "SELECT DIV(CAST(NULL AS INT64), 0)|BIGINT|null",
                "SELECT DIV(7, NULLIF(2, 3)) + MOD(7, 4)|BIGINT|6",
                "SELECT ROUND(2.675, 2)|DOUBLE|2.67",
                "SELECT ROUND(CEIL(-0.5), -1)|DOUBLE|-0.0",
                "SELECT ROUND(-4.0, -1)|DOUBLE|-0.0",
                "SELECT CAST(-2.5 AS INT64)|BIGINT|-3",
                "SELECT 'a' < 'B'|BOOLEAN|false",
                "SELECT 'a%c' LIKE 'a\\\\\\\\%c'|BOOLEAN|true",
                "SELECT 'abc' LIKE r'a\\\\%c'|BOOLEAN|false",
                "SELECT r'\\\\n'|VARCHAR|\\\\n",
                "SELECT '\\\\u00e9\\\\x41'|VARCHAR|éA",
                "SELECT CONCAT('a', NULL)|VARCHAR|null",
                "SELECT GREATEST(1, NULL)|BIGINT|null",
                "SELECT ARRAY_LENGTH(GENERATE_ARRAY(1, 1048576))|BIGINT|1048576",
                "SELECT ARRAY_LENGTH(GENERATE_ARRAY(1, 1048577))|x|error",
                "SELECT ARRAY_LENGTH(GENERATE_ARRAY(-9223372036854775808, 9223372036854775807))|x|error",
                "SELECT ARRAY_LENGTH(GENERATE_ARRAY(9223372036854775807, -9223372036854775807, -1152921504606846976))|BIGINT|16",
                "SELECT ARRAY_TO_STRING(ARRAY(SELECT CAST(e AS STRING) FROM UNNEST(GENERATE_ARRAY(7, 1, -3)) AS e ORDER BY e), ' ')|VARCHAR|1 4 7",
                "SELECT ARRAY_LENGTH(GENERATE_ARRAY(5, 1))|BIGINT|0",
                "SELECT ARRAY_LENGTH(GENERATE_ARRAY(1, CAST(NULL AS INT64), 0))|BIGINT|null",
                "SELECT IF((SELECT 1) = 2, ARRAY_LENGTH(GENERATE_ARRAY(1, 9223372036854775807)), 3)|BIGINT|3",
                "SELECT NULL|BIGINT|null",
                "SELECT IF(NULL, 1, 2)|BIGINT|2",
                "SELECT CASE 2 WHEN 1 THEN 'x' WHEN 2.0 THEN 'y' END|VARCHAR|y",
                "SELECT DATE '2024-02-30' IS NULL OR TRUE|x|error",
                "SELECT TIMESTAMP '2024-01-15 12:00:00+05:30'|TIMESTAMP WITH TIME ZONE|2024-01-15T06:30",
                "SELECT DATE(TIMESTAMP '2024-01-15 23:30:00-05')|DATE|2024-01-16",
                "SELECT DATE_ADD(DATE '2024-01-31', INTERVAL 1 MONTH)|DATE|2024-02-29",
                "SELECT DATE '2021-04-20' + INTERVAL 25 HOUR|TIMESTAMP|2021-04-21T01:00",
                "SELECT DATE '2026-01-31' + INTERVAL 1 DAY - INTERVAL 2 HOUR|TIMESTAMP|2026-01-31T22:00",
                "SELECT DATETIME '2026-01-31 01:00:00' + INTERVAL 1 MONTH|TIMESTAMP|2026-02-28T01:00",
                "SELECT TIMESTAMP '2021-05-02 00:01:02.345+00' - INTERVAL 10 SECOND|TIMESTAMP WITH TIME ZONE|2021-05-02T00:00:52.345",
                "SELECT CAST(NULL AS DATE) + INTERVAL 1 DAY|TIMESTAMP|null",
                "SELECT DATE_ADD(CAST(NULL AS DATE), INTERVAL FARM_FINGERPRINT('') DAY)|DATE|null",
                "SELECT DATE_SUB(CAST(NULL AS DATE), INTERVAL 9223372036854775807 MONTH)|DATE|null",
                "SELECT TIMESTAMP_SUB(CAST(NULL AS TIMESTAMP), INTERVAL (-9223372036854775807 - 1) HOUR)|TIMESTAMP WITH TIME ZONE|null",
                "SELECT TIME_ADD(TIME '10:00:00', INTERVAL 9223372036854775807 HOUR)|TIME|17:00",
                "SELECT DATE_ADD(DATE '2024-01-31', INTERVAL CAST(NULL AS INT64) DAY)|DATE|null",
                "SELECT DATE_ADD(DATE '0001-01-01', INTERVAL 3652058 DAY)|DATE|9999-12-31",
                "SELECT TIMESTAMP_ADD(TIMESTAMP '0001-01-01', INTERVAL 315537897599999999 MICROSECOND)|TIMESTAMP WITH TIME ZONE|9999-12-31T23:59:59.999999",
                "SELECT ANY_VALUE(x HAVING MAX y) FROM UNNEST([STRUCT('a' AS x, 1 AS y), ('b', 3), ('c', 2)])|VARCHAR|b",
                "SELECT ANY_VALUE(x HAVING MIN y) FROM UNNEST([STRUCT('a' AS x, 1 AS y), ('b', 3), ('c', 2)])|VARCHAR|a",
                "SELECT TIMESTAMP_DIFF(TIMESTAMP '2024-01-02', TIMESTAMP '2024-01-01 00:00:01', DAY)|BIGINT|0",
                "SELECT EXTRACT(DAYOFWEEK FROM DATE '2024-01-14')|BIGINT|1",
                "SELECT UNIX_SECONDS(TIMESTAMP '1969-12-31 23:59:59.5')|BIGINT|-1",
                "SELECT CONCAT(UPPER('ßŉ'), LOWER('ΑΣ'), INITCAP('straße ßa'))|VARCHAR|SSʼNαςStraße ßa",
                "SELECT ASCII('aß')|BIGINT|97",
                "SELECT ASCII('ßa')|x|error",
                "SELECT SAFE_DIVIDE(1e300, 1e-300)|DOUBLE|null",
                "SELECT SAFE_DIVIDE(IEEE_DIVIDE(1, 0), -2)|DOUBLE|-Infinity",
                "SELECT SAFE_DIVIDE(1, IEEE_DIVIDE(1, 0))|DOUBLE|0.0",
                "SELECT 1/0|x|error",
                "SELECT 1e308 * 10|x|error",
                "SELECT 9223372036854775807 + 1|x|error",
                "SELECT DATE_ADD(DATE '9999-12-31', INTERVAL 1 DAY)|x|error",
                "SELECT CAST('1.5' AS INT64)|x|error",
                "SELECT SAFE_CAST('abc' AS INT64)|BIGINT|null",
                "SELECT SAFE_CAST('2024-02-30 08:00:00' AS DATETIME)|TIMESTAMP|null",
                "SELECT SAFE_CAST('2024-02-03 08:00:00+01' AS TIMESTAMP)|TIMESTAMP WITH TIME ZONE|2024-02-03T07:00",
                "SELECT SAFE_CAST('25:00:00' AS TIME)|TIME|null",
                "SELECT SAFE_CAST('1e999' AS FLOAT64)|DOUBLE|Infinity",
                "SELECT SAFE_CAST('0000-01-01' AS DATE)|DATE|null",
                "SELECT ARRAY_TO_STRING(JSON_KEYS(TO_JSON(STRUCT(STRUCT(1 AS x) AS b, 2 AS a)), 1), '+')|VARCHAR|a+b",
                "SELECT SAFE_CAST('0x1F' AS INT64)|BIGINT|31",
                "SELECT 0x1F|BIGINT|31",
                "SELECT SAFE.PARSE_JSON('{')|JSON|null",
                "SELECT PARSE_JSON('{')|x|error",
                "SELECT [1, 2][OFFSET(1)]|BIGINT|2",
                "SELECT [1, 2][OFFSET(2)]|x|error",
                "SELECT [1, 2][SAFE_OFFSET(2)]|BIGINT|null",
                "SELECT [1, NULL]|x|error",
                "SELECT FARM_FINGERPRINT('foo')|BIGINT|6150913649986995171",
                "SELECT REGEXP_EXTRACT('a1b22', r'b([0-9]+)')|VARCHAR|22",
                "SELECT FORMAT_TIMESTAMP('%F %T', TIMESTAMP '2024-07-01 00:00:00', 'America/New_York')|VARCHAR|2024-06-30 20:00:00",
                "SELECT PARSE_DATE('%d.%m.%Y', '31.12.2023')|DATE|2023-12-31",
                "SELECT SAFE.PARSE_DATE('%d.%m.%Y', '31.02.2023')|DATE|null",
                "SELECT NUMERIC '1' / NUMERIC '3'|DECIMAL(38,9)|0.333333333",
                "SELECT SAFE_DIVIDE(NUMERIC '1e28', NUMERIC '0.000000001')|DECIMAL(38,9)|null",
                "SELECT SAFE.SAFE_DIVIDE(NUMERIC '1e28', NUMERIC '0.000000001')|DECIMAL(38,9)|null",
                "SELECT SAFE.ABS(CAST(BIGNUMERIC '7' AS INT64))|BIGINT|7",
                "SELECT SAFE.PARSE_JSON(bq_text) FROM (SELECT '{' AS bq_text)|JSON|null",
                "SELECT SQRT(NUMERIC '2')|DECIMAL(38,9)|1.414213562",
                "SELECT LN(NUMERIC '2')|DECIMAL(38,9)|0.693147181",
                "SELECT CAST(BIGNUMERIC '1.5' + 0.25 AS STRING)|VARCHAR|1.75",
                "SELECT CAST(BIGNUMERIC '1' / 3 AS STRING)|VARCHAR|0.33333333333333333333333333333333333333",
                "SELECT CAST(SUM(x) AS STRING) FROM (SELECT BIGNUMERIC '0.1' AS x UNION ALL SELECT BIGNUMERIC '0.2' UNION ALL SELECT NULL)|VARCHAR|0.3",
                "SELECT CAST(AVG(x) AS STRING) FROM (SELECT BIGNUMERIC '0.1' AS x UNION ALL SELECT BIGNUMERIC '0.2' UNION ALL SELECT NULL)|VARCHAR|0.15",
                "SELECT BIGNUMERIC '0.5' = 0.5|BOOLEAN|true",
                "SELECT BIGNUMERIC '1' + CAST(1 AS FLOAT64)|DOUBLE|2.0",
                "SELECT BIGNUMERIC '1' / 0|x|error",
                "SELECT BIGNUMERIC '5e38' + BIGNUMERIC '5e38'|x|error",
                "SELECT CAST(BIGNUMERIC '-2.5' AS INT64)|BIGINT|-3",
                "SELECT SQRT(BIGNUMERIC '4')|x|error",
                "SELECT RAND() >= 0 AND RAND() < 1|BOOLEAN|true",
                "SELECT NULLIF(RAND(), 0.5)|x|error",
                "SELECT RAND() BETWEEN 0.2 AND 0.3|x|error",
                "SELECT COUNTIF(x NOT IN (0, 10)) FROM (SELECT GREATEST(x, 10 - x) - ABS(10 - 2 * x) AS x FROM (SELECT FLOOR(RAND() * 2) * 10 AS x FROM UNNEST(GENERATE_ARRAY(1, 50))))|BIGINT|0",
                "SELECT COUNT(DISTINCT x) > 1 FROM (SELECT RAND() AS x FROM UNNEST([1, 2, 3]))|BOOLEAN|true",
                "SELECT REGEXP_CONTAINS(GENERATE_UUID(), '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$')|BOOLEAN|true",
                "SELECT 1 IS DISTINCT FROM NULL|BOOLEAN|true",
                "SELECT NULL IS NOT DISTINCT FROM NULL|BOOLEAN|true",
                "SELECT DATE_DIFF(DATE '2024-03-01', DATE '2024-01-31', MONTH)|BIGINT|2",
                "SELECT SUBSTR('hello', -3, 2)|VARCHAR|ll",
                "SELECT CONCAT('<', SUBSTR('abc', 4294967296), SUBSTR('abc', 9223372036854775807, 2), '>')|VARCHAR|<>",
                "SELECT SUBSTR('abc', 2, 9223372036854775807)|VARCHAR|bc",
                "SELECT SUBSTR('abc', -9223372036854775808, 2)|VARCHAR|ab",
                "SELECT SUBSTR('abc', 1, CAST(NULL AS INT64))|VARCHAR|null",
                "SELECT CONCAT(LEFT('abc', 4294967296), RIGHT('abc', 9223372036854775807))|VARCHAR|abcabc",
                "SELECT LENGTH(REPEAT('abcd', 262144))|BIGINT|1048576",
                "SELECT REPEAT('abcd', 262145)|x|error",
                "SELECT REPEAT('a', 9223372036854775807)|x|error",
                "SELECT CONCAT('<', REPEAT('', 9223372036854775807), '>')|VARCHAR|<>",
                "SELECT REPEAT('a', CAST(NULL AS INT64))|VARCHAR|null",
                "SELECT LENGTH(LPAD('a', 1048576))|BIGINT|1048576",
                "SELECT RPAD('a', 4294967297)|x|error",
                "SELECT SUM(x) FROM (SELECT 9223372036854775807 AS x UNION ALL SELECT 1)|x|error",
                "SELECT CAST(1.0 AS STRING)|VARCHAR|1",
                "SELECT CAST(-0.0 AS STRING)|VARCHAR|0",
                "SELECT SAFE_CAST('' AS FLOAT64)|DOUBLE|null",
                "SELECT STRPOS(TO_JSON_STRING(NUMERIC '2.25'), CHR(34))|BIGINT|1",
                "SELECT TO_JSON_STRING(NUMERIC '7')|VARCHAR|7",
                "SELECT TO_JSON_STRING(TO_JSON(NUMERIC '2.25'))|VARCHAR|2.25",
                "SELECT TO_JSON_STRING(CAST(NULL AS ARRAY<INT64>))|VARCHAR|null",
                "SELECT SAFE_ADD(9223372036854775807, 1)|BIGINT|null",
                "SELECT SAFE_ADD((SELECT 1), 1)|BIGINT|2",
                "SELECT ((SELECT 1) + 1)|BIGINT|2",
                "SELECT (((SELECT 1) + 1))|BIGINT|2",
                "SELECT ((((SELECT 1))))|BIGINT|1",
                "SELECT 2 IN (((SELECT 1) + 1))|BOOLEAN|true",
                "SELECT TO_JSON_STRING(TO_JSON([NUMERIC '1234567.25']))|VARCHAR|[1234567.25]",
                "SELECT TO_JSON_STRING(TO_JSON(NUMERIC '12345678901234567890'))|VARCHAR|12345678901234567890",
                "SELECT TO_JSON(NUMERIC '12345678901234567890.5')|x|error",
                "SELECT CAST(TIMESTAMP '2024-01-01 00:00:00.04+00' AS STRING)|VARCHAR|2024-01-01 00:00:00.040+00",
                "SELECT CAST(DATETIME '2024-01-01 00:00:00.000040' AS STRING)|VARCHAR|2024-01-01 00:00:00.000040",
                "SELECT CAST(TIME '12:34:56.70' AS STRING)|VARCHAR|12:34:56.700",
                "SELECT CAST(TIME '12:34:56' AS STRING)|VARCHAR|12:34:56",
                "SELECT TRIM(TO_JSON_STRING(TIMESTAMP '1969-12-31 23:59:59.5+00'), CHR(34))|VARCHAR|1969-12-31T23:59:59.500Z",
                "SELECT FORMAT('%05d/%t', -12, CAST(NULL AS DATE))|VARCHAR|-0012/NULL",
                "SELECT FORMAT('%05d/%s', -12, CAST(NULL AS STRING))|VARCHAR|null",
                "SELECT 3 IN ((SELECT 1) + 1, (SELECT 3))|BOOLEAN|true",
                "SELECT DATE '2024-02-28' + 2|DATE|2024-03-01",
                "SELECT DATE '2024-02-28' - 28|DATE|2024-01-31",
                "SELECT TRUNC(NUMERIC '-2.75', 1)|DECIMAL(38,9)|-2.7",
                "SELECT MOD(NUMERIC '-7.5', 2)|DECIMAL(38,9)|-1.5",
                "SELECT DIV(NUMERIC '7.5', 2)|DECIMAL(38,9)|3",
                "SELECT MOD(NUMERIC '1', 0)|x|error",
                "SELECT SAFE_DIVIDE(NUMERIC '1', NUMERIC '0')|DECIMAL(38,9)|null",
                "SELECT CAST(DATETIME '2024-01-01 07:08:09' AS TIME)|TIME|07:08:09",
            })
    void answersLikeBigQueryOrNotAtAll(String sql, String type, String value) throws Exception {
        String read = sql.replace("\\\\", "\\");
        if (value.equals("error")) {
            assertThatException().isThrownBy(() -> warehouse.query(read));
            return;
        }
        Warehouse.Result result = warehouse.query(read);
        assertThat(result.types()).containsExactly(type);
        assertThat(String.valueOf(result.rows().get(0).get(0))).isEqualTo(value.replace("\\\\", "\\"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SELECT id FROM ds.t ORDER BY f|[[4], [2], [3], [1]]",
                "SELECT id FROM ds.t ORDER BY f DESC|[[1], [3], [2], [4]]",
                "SELECT id FROM ds.t ORDER BY date, id|[[3], [4], [1], [2]]",
                "SELECT id FROM ds.t ORDER BY date DESC NULLS FIRST|[[3], [2], [1], [4]]",
                "SELECT id FROM ds.t ORDER BY s|[[4], [2], [1], [3]]",
                "SELECT MIN(f), MAX(f), COUNT(f) FROM ds.t|[[NaN, NaN, 3]]",
                "SELECT COUNTIF(id > 9), SUM(id), AVG(id) FROM ds.t|[[0, 10, 2.5]]",
                "SELECT SUM(id), COUNTIF(TRUE) FROM ds.t WHERE id > 9|[[null, 0]]",
                "SELECT COUNT(DISTINCT date) FROM ds.t|[[3]]",
                "SELECT date FROM ds.t WHERE date >= '2024-02-01'|[[2024-02-01]]",
                "SELECT id FROM ds.t WHERE ts = '2024-01-31 09:00:00'|[[1]]",
                "SELECT -id AS id FROM ds.t ORDER BY id|[[-4], [-3], [-2], [-1]]",
                "SELECT id + 1 AS x FROM ds.t GROUP BY x ORDER BY x DESC LIMIT 1 OFFSET 1|[[4]]",
                "SELECT (id + 1) * 2 AS x, COUNT(*) AS c FROM ds.t GROUP BY id ORDER BY 1 LIMIT 1|[[4, 1]]",
                "SELECT id > 2 AS big, SUM(id) AS z FROM ds.t GROUP BY big HAVING z > 3 ORDER BY z|[[true, 7]]",
                "SELECT * EXCEPT (f, s, date, ts) FROM ds.t ORDER BY id LIMIT 1|[[1, 1]]",
                "SELECT a.id, b.id FROM ds.t a, ds.t AS b WHERE a.id = b.id + 3|[[4, 1]]",
                "SELECT a.id AS x, b.id AS y FROM ds.t a, ds.t AS b WHERE a.id = b.id + 3|[[4, 1]]",
                "SELECT x.id FROM (SELECT id FROM ds.t) AS x, (SELECT 4 AS id) y WHERE x.id = y.id|[[4]]",
                "SELECT a.id FROM ds.t a LEFT JOIN ds.t b ON a.id = b.id + 1 WHERE b.id IS NULL|[[1]]",
                "SELECT id FROM ds.t a WHERE EXISTS (SELECT 1 FROM ds.t b WHERE b.id = a.id + 3)|[[1]]",
                "SELECT id FROM ds.t WHERE id IN (SELECT id + 3 FROM ds.t)|[[4]]",
                "SELECT (SELECT MAX(id) FROM ds.t)|[[4]]",
                "WITH w AS (SELECT id FROM ds.t), v AS (SELECT * FROM w) SELECT COUNT(*) FROM v JOIN w ON v.id = w.id|[[4]]",
                "SELECT 1 AS a UNION ALL SELECT 2.5 ORDER BY a DESC|[[2.5], [1.0]]",
                "SELECT 'x' AS a UNION ALL SELECT NULL ORDER BY a|[[null], [x]]",
                "(SELECT id FROM ds.t ORDER BY id DESC LIMIT 1)|[[4]]",
                "SELECT DISTINCT id > 2 AS big FROM ds.t ORDER BY big|[[false], [true]]",
                "SELECT SUM(n) FROM ds.t|[[3.5]]",
                "SELECT AVG(n), n * 2 FROM ds.t WHERE id = 2 GROUP BY n|[[2.5, 5]]",
                "SELECT id, ROW_NUMBER() OVER (ORDER BY id DESC) AS r FROM ds.t QUALIFY r = 1|[[4, 1]]",
                "SELECT id, SUM(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS two FROM ds.t LIMIT 2|[[1, 1], [2, 3]]",
                "SELECT x, o FROM ds.t, UNNEST([id, id * 10]) AS x WITH OFFSET AS o WHERE id = 2 ORDER BY o|[[2, 0], [20, 1]]",
                "SELECT ARRAY_AGG(id ORDER BY id DESC LIMIT 2) FROM ds.t|[[[4, 3]]]",
                "SELECT STRING_AGG(s, '-' ORDER BY id) FROM ds.t|[[a-B-é]]",
                "SELECT p.a.b FROM (SELECT STRUCT(STRUCT(id AS b) AS a) AS p FROM ds.t WHERE id = 1)|[[1]]",
                "SELECT id FROM ds.t WHERE id IN UNNEST([2, 3]) ORDER BY id|[[2], [3]]",
                "SELECT ARRAY(SELECT id FROM ds.t WHERE id < 3 ORDER BY id DESC)|[[[2, 1]]]",
                "SELECT id FROM (SELECT 1 AS id) JOIN ds.t USING (id)|[[1]]",
                "SELECT 1 AS a UNION DISTINCT SELECT 1 UNION DISTINCT SELECT 2 ORDER BY a|[[1], [2]]",
                "SELECT id, COUNT(*) FROM ds.t JOIN UNNEST([1, 1, 2]) AS x ON x = id GROUP BY id HAVING COUNT(*) > 1|[[1, 2]]",
                "SELECT * EXCEPT (f, s, date, ts) REPLACE (id + 1 AS id) FROM ds.t WHERE id = 4|[[5, 0]]",
                "SELECT id, FROM ds.t WHERE id = 1|[[1]]",
                "SELECT id FROM ds.t WHERE n = 2.5|[[2]]",
                "((SELECT 1 AS a) UNION ALL (SELECT 2)) ORDER BY a|[[1], [2]]",
            })
    void readsTables(String sql, String rows) throws Exception {
        if (rows.equals("error")) {
            assertThatExceptionOfType(SqlRefused.class).isThrownBy(() -> warehouse.query(sql));
            return;
        }
        assertThat(warehouse.query(sql).rows()).hasToString(rows);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 AS a, a + 1",
                "SELECT id FROM ds.t ORDER BY ALL",
                "SELECT id, COUNT(*) FROM ds.t",
                "SELECT s FROM ds.t GROUP BY id",
                "SELECT COUNT(*) FROM ds.t HAVING id > 1",
                "SELECT id FROM ds.t WHERE COUNT(*) > 1",
                "SELECT SUM(COUNT(*)) FROM ds.t",
                "SELECT 'a' = 1",
                "SELECT 1 + 'a'",
                "SELECT 1 + INTERVAL 1 DAY",
                "SELECT '2026-01-01' + INTERVAL 1 DAY",
                "SELECT TIMESTAMP '2026-01-01' + INTERVAL 1 MONTH",
                "SELECT DATE '2026-01-01' + INTERVAL '1-2' YEAR TO MONTH",
                "SELECT SUM(x HAVING MAX x) FROM UNNEST([1]) AS x",
                "SELECT ANY_VALUE(DISTINCT x HAVING MAX x) FROM UNNEST([1]) AS x",
                "SELECT [id] || 'a' FROM ds.t",
                "SELECT 1 WHERE 1",
                "SELECT 1a",
                "SELECT t.id.x FROM ds.t",
                "SELECT x FROM ds.t",
                "SELECT id FROM ds.t AS a JOIN ds.t AS b ON TRUE",
                "SELECT a.id FROM ds.t a JOIN ds.t a ON TRUE",
                "SELECT id FROM ds.t QUALIFY TRUE",
                "SELECT 1 UNION ALL SELECT 'a'",
                "SELECT 1, 2 UNION ALL SELECT 1",
                "SELECT 1 = 1 = TRUE",
                "SELECT id FROM ds.t LIMIT NULL",
                "INSERT INTO ds.t (id) SELECT 'a'",
                "INSERT INTO ds.t (id, ID) VALUES (1, 2)",
                "INSERT INTO ds.t (id) VALUES (1, 2)",
                "INSERT INTO ds.t (x) VALUES (1)",
                "UPDATE ds.t SET id = 1, id = 2 WHERE TRUE",
                "DELETE FROM ds.t WHERE id",
            })
    void refuses(String sql) {
        assertThatExceptionOfType(SqlRefused.class).isThrownBy(() -> warehouse.query(sql));
    }

    @Test
    void saysErrorsAsBigQueryDoes() {
        warehouse.refuses("SELEKT 1", "Syntax error: Unexpected identifier \"SELEKT\" at [1:1]");
        warehouse.refuses("SELECT id FROM ds.t WHERE s != NULL", "Operands of != cannot be literal NULL at [1:32]");
        warehouse.refuses("SELECT LENGTH(1)", "No matching signature for LENGTH for argument types: INT64 at [1:15]");
        warehouse.refuses("SELECT s LIKE 'a\\\\' FROM ds.t", "LIKE pattern ends with a backslash");
        warehouse.refuses("SELECT LOG(100, id - 1) FROM ds.t", "Floating point error in function: LOG(100, 0)");
        for (String word : List.of(
                "SELECT 1 FROM ds.t TABLESAMPLE SYSTEM (10 PERCENT)",
                "SELECT s COLLATE 'und:ci' FROM ds.t",
                "SELECT RANGE<DATE> '[2024-01-01, 2024-02-01)'",
                "SELECT WITH DIFFERENTIAL_PRIVACY OPTIONS (epsilon = 1) COUNT(*) FROM ds.t",
                "SELECT WITH AGGREGATION_THRESHOLD COUNT(*) FROM ds.t",
                "GRAPH g MATCH (n) RETURN n")) {
            warehouse.refuses(word, "The local BigQuery does not support ");
        }
        warehouse.refuses("SELECT 1 + 'a'", "No matching signature for operator + for argument types: INT64, STRING");
        warehouse.refuses(
                "SELECT a + 1 FROM UNNEST([9223372036854775807]) AS a", "int64 overflow: 9223372036854775807 + 1");
        warehouse.refuses(
                "SELECT GENERATE_ARRAY(0, -a, -1) FROM UNNEST([1, 1048576]) AS a",
                "GENERATE_ARRAY produced too many elements: more than 1048576");
        warehouse.refuses(
                "SELECT (SELECT a FROM UNNEST([1, 2]) AS a)", "Scalar subquery produced more than one element");
    }

    @Test
    void refusesWhatNestsTooDeep() {
        List<String> deep = List.of(
                "SELECT " + "(".repeat(5_000) + "1" + ")".repeat(5_000),
                "SELECT 1" + " + 1".repeat(20_000),
                "SELECT TRUE" + " OR TRUE".repeat(20_000),
                "SELECT " + "NOT ".repeat(20_000) + "TRUE",
                "SELECT " + "- ".repeat(20_000) + "(1)",
                "SELECT 1 FROM " + "(".repeat(5_000) + "ds.t",
                "(".repeat(5_000) + "SELECT 1",
                "CREATE TABLE ds.deep (a " + "STRUCT<a ".repeat(20_000) + "INT64" + ">".repeat(20_000) + ")",
                "SELECT CAST(NULL AS " + "STRUCT<a ".repeat(20_000) + "INT64" + ">".repeat(20_000) + ")",
                "SELECT " + "(SELECT MAX(".repeat(40) + "1" + "))".repeat(40));
        for (String sql : deep) {
            assertThatExceptionOfType(SqlRefused.class).isThrownBy(() -> warehouse.query(sql));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '$',
            value = {
                "SELECT 1, 'ab -> Unclosed string literal at [1:11]",
                "SELECT \"a\\\" -> Unclosed string literal at [1:8]",
                "SELECT \'\'\'a\\\'\'\' -> Unclosed triple-quoted string literal at [1:8]",
                "SELECT rb'a -> Unclosed raw bytes literal at [1:8]",
                "SELECT R\"\"\"a\"\" -> Unclosed triple-quoted raw string literal at [1:8]",
                "SELECT `a -> Unclosed identifier literal at [1:8]",
                "SELECT `` -> Invalid empty identifier at [1:8]",
                "SELECT 1 /* a -> Unclosed comment at [1:10]",
                "SELECT 1 ? ' -> Unclosed string literal at [1:12]",
            })
    void saysWhatIsNotClosed(String sql, String words) {
        warehouse.refuses(sql, "Syntax error: " + words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'", "\"", "'''", "\"\"\""})
    void readsLongLiterals(String quote) {
        String text = "a \\\\ \\'\\\" b".repeat(5_000);
        String literal = quote + text + (quote.length() == 1 ? "" : "\n'x\"") + " " + quote;
        assertThat(warehouse.rows("SELECT LENGTH(%1$s), LENGTH(b%1$s) FROM ds.t LIMIT 1".formatted(literal)))
                .isEqualTo(quote.length() == 1 ? "[[40001, 40001]]" : "[[40005, 40005]]");
    }

    @Test
    void operandsThatAreGuardedAtEachLevelAreComputedOnce() {
        String roots = "SQRT(".repeat(40) + "ABS(f)" + ")".repeat(40);
        String moments = "TIMESTAMP_ADD(".repeat(20) + "ts" + ", INTERVAL 1 HOUR)".repeat(20);
        assertThat(warehouse.rows("SELECT ROUND(%s, 3), %s FROM ds.t WHERE id = 1".formatted(roots, moments)))
                .isEqualTo("[[1.0, 2024-02-01T05:00]]");
        assertThat(warehouse.rows(
                        "SELECT ROUND(SUM(%1$s), 3), COUNT(*) FROM ds.t WHERE id <> 2 GROUP BY %1$s > 0 ORDER BY 2"
                                .formatted(roots)))
                .isEqualTo("[[null, 1], [2.0, 2]]");
    }

    @Test
    void namesColumnsWithoutNames() throws Exception {
        assertThat(warehouse.query("SELECT 1, id, id + 1, s AS `a b` FROM ds.t").names())
                .containsExactly("f0_", "id", "f1_", "a b");
    }

    @Test
    void updatesAndDeletes() throws Exception {
        warehouse.query("UPDATE ds.t AS x SET s = CONCAT(s, '!'), f = x.id WHERE x.id < 3");
        warehouse.query("DELETE ds.t WHERE EXISTS (SELECT 1 FROM ds.t AS o WHERE o.id = t.id - 2)");
        assertThat(warehouse.query("SELECT id, f, s FROM ds.t ORDER BY id").rows())
                .hasToString("[[1, 1.0, a!], [2, 2.0, B!]]");
    }

    @Test
    void readsParametersAsTheirTypes() throws Exception {
        QueryParameter[] parameters = {
            parameter("i", "INT64", "7"),
            parameter("f", "FLOAT64", "NaN"),
            parameter("at", "TIMESTAMP", "2024-01-31 09:00:00.000000+00:00"),
            parameter("d", "DATE", "2024-02-01"),
            parameter("b", "BOOL", "true")
        };
        assertThat(warehouse
                        .query("SELECT @i + @i, IS_NAN(@f), @at, @d, @b, @i", parameters)
                        .rows())
                .hasToString("[[14, true, 2024-01-31T09:00, 2024-02-01, true, 7]]");
        assertThat(warehouse
                        .query("SELECT id FROM ds.t WHERE ts >= @at AND date < @d", parameters)
                        .rows())
                .hasToString("[[1]]");
        assertThat(warehouse
                        .query("SELECT @I + @i", parameter("I", "INT64", "7"))
                        .rows())
                .as("names of parameters are alike in whatever case")
                .hasToString("[[14]]");
        assertThatException().isThrownBy(() -> warehouse.query("SELECT @i", parameter("i", "INT64", "1.5")));
    }

    @Test
    void takesParametersForLimitsAndDistances() {
        QueryParameter[] places = {parameter(null, "INT64", "2"), parameter(null, "INT64", "1")};
        assertThat(warehouse
                        .query("SELECT id FROM ds.t ORDER BY id LIMIT ? OFFSET ?", places)
                        .rows())
                .hasToString("[[2], [3]]");
        assertThat(warehouse
                        .query(
                                "SELECT id, LAG(id, @n) OVER (ORDER BY id) FROM ds.t ORDER BY id LIMIT @n",
                                parameter("n", "INT64", "2"))
                        .rows())
                .hasToString("[[1, null], [2, null]]");
        for (String sql : List.of("SELECT 1 LIMIT @n", "SELECT LEAD(id, @n) OVER (ORDER BY id) FROM ds.t")) {
            assertThatException().isThrownBy(() -> warehouse.query(sql, parameter("n", "INT64", "-1")));
            assertThatException().isThrownBy(() -> warehouse.query(sql, parameter("n", "STRING", "x")));
        }
    }

    private String only(String sql) {
        return String.valueOf(warehouse.query(sql).rows().get(0).get(0));
    }

    @Test
    void writesJsonAndBytesAsBigQueryDoes() {
        assertThat(only("SELECT TO_JSON_STRING(x) FROM (SELECT id, s, [1, 2] AS l, f FROM ds.t WHERE id = 1) AS x"))
                .isEqualTo("{\"id\":1,\"s\":\"a\",\"l\":[1,2],\"f\":1.5}");
        assertThat(only("SELECT TO_JSON_STRING(PARSE_JSON('{\"b\": 1, \"a\": [true, null, \"\"]}'))"))
                .isEqualTo("{\"a\":[true,null,\"\"],\"b\":1}");
        assertThat(only("SELECT JSON_VALUE('{\"a\":{\"b\":[1,2.50]}}', '$.a.b[1]')"))
                .isEqualTo("2.50");
        assertThat(only("SELECT JSON_VALUE('{\"a\":{\"b\":[1]}}', '$.a.b')")).isEqualTo("null");
        assertThat(only("SELECT JSON_QUERY('{\"a\":{\"b\":[1]}}', '$.a')")).isEqualTo("{\"b\":[1]}");
        assertThat(only("SELECT TO_HEX(CONCAT(b'\\xffA', b\"\"\"\\101\"\"\"))")).isEqualTo("ff4141");
    }

    @Test
    void bindsArraysStructsAndPlaces() {
        var array = new QueryParameter()
                .setName("ids")
                .setParameterType(new QueryParameterType()
                        .setType("ARRAY")
                        .setArrayType(new QueryParameterType().setType("INT64")))
                .setParameterValue(new QueryParameterValue()
                        .setArrayValues(List.of(
                                new QueryParameterValue().setValue("2"), new QueryParameterValue().setValue("9"))));
        assertThat(warehouse
                        .query("SELECT id, ARRAY_LENGTH(@ids) FROM ds.t WHERE id IN UNNEST(@ids)", array)
                        .rows())
                .hasToString("[[2, 2]]");
        QueryParameter[] places = {parameter(null, "INT64", "3"), parameter(null, "STRING", "x")};
        assertThat(warehouse.query("SELECT ? + 1, ?", places).rows()).hasToString("[[4, x]]");
    }

    private static QueryParameter parameter(@org.jspecify.annotations.Nullable String name, String type, String value) {
        return new QueryParameter()
                .setName(name)
                .setParameterType(new QueryParameterType().setType(type))
                .setParameterValue(new QueryParameterValue().setValue(value));
    }
}
