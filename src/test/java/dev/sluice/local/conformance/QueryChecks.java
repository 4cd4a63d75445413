package dev.sluice.local.conformance;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What queries answer. */
final class QueryChecks extends Area {

    private static final String PEOPLE =
            "(SELECT 1 AS id, 'a' AS s, 10 AS n UNION ALL SELECT 2, NULL, 20" + " UNION ALL SELECT 3, 'b', NULL)";

    QueryChecks(ConformanceTarget at) {
        super(at);
    }

    @Override
    String page() {
        return "reference/standard-sql/query-syntax";
    }

    @Override
    Stream<DynamicTest> checks() {
        return Stream.of(rows(), groups(), nested(), values(), times()).flatMap(part -> part);
    }

    private DynamicTest people(String sentence, String sql, String rows) {
        return answers(sentence, sql.replace("PEOPLE", PEOPLE), rows);
    }

    private Stream<DynamicTest> rows() {
        return Stream.of(
                people("NULL comes first in ascending order", "SELECT id FROM PEOPLE ORDER BY s", "[[2], [1], [3]]"),
                people(
                        "NULL comes last in descending order",
                        "SELECT id FROM PEOPLE ORDER BY n DESC",
                        "[[2], [1], [3]]"),
                people("NULLS LAST is heeded", "SELECT id FROM PEOPLE ORDER BY s NULLS LAST", "[[1], [3], [2]]"),
                people("LIMIT and OFFSET cut", "SELECT id FROM PEOPLE ORDER BY id LIMIT 1 OFFSET 1", "[[2]]"),
                people("NULL is not in any list", "SELECT id FROM PEOPLE WHERE s NOT IN ('x', NULL)", "[]"),
                people("EXCEPT leaves columns out", "SELECT * EXCEPT (s) FROM PEOPLE ORDER BY id LIMIT 1", "[[1, 10]]"),
                people(
                        "REPLACE changes columns",
                        "SELECT * REPLACE (n * 2 AS n) FROM PEOPLE WHERE id = 1",
                        "[[1, a, 20]]"),
                people(
                        "a LEFT JOIN keeps rows without a match",
                        "SELECT l.id, r.id FROM PEOPLE AS l LEFT JOIN PEOPLE AS r ON r.id = l.id + 1 ORDER BY 1",
                        "[[1, 2], [2, 3], [3, null]]"),
                people(
                        "a FULL JOIN with USING merges the column",
                        "SELECT id FROM PEOPLE FULL JOIN (SELECT 4 AS id) USING (id) ORDER BY id",
                        "[[1], [2], [3], [4]]"),
                answers("UNION DISTINCT removes twins", "SELECT 1 AS a UNION DISTINCT SELECT 1", "[[1]]"),
                answers(
                        "EXCEPT DISTINCT subtracts",
                        "SELECT a FROM UNNEST([1, 2, 2]) AS a EXCEPT DISTINCT SELECT 1",
                        "[[2]]"));
    }

    private Stream<DynamicTest> groups() {
        return Stream.of(
                people(
                        "aggregates skip NULL",
                        "SELECT COUNT(*), COUNT(n), SUM(n), AVG(n) FROM PEOPLE",
                        "[[3, 2, 30, 15.0]]"),
                people(
                        "a sum of nothing is NULL, a count is 0",
                        "SELECT SUM(n), COUNTIF(TRUE) FROM PEOPLE WHERE id > 9",
                        "[[null, 0]]"),
                people(
                        "NULL is a group",
                        "SELECT s, COUNT(*) FROM PEOPLE GROUP BY s ORDER BY s",
                        "[[null, 1], [a, 1], [b, 1]]"),
                people(
                        "HAVING filters groups",
                        "SELECT id > 1 AS g FROM PEOPLE GROUP BY g HAVING COUNT(*) > 1",
                        "[[true]]"),
                people(
                        "QUALIFY filters by a window",
                        "SELECT id FROM PEOPLE WHERE TRUE QUALIFY ROW_NUMBER() OVER (ORDER BY n DESC) = 1",
                        "[[2]]"),
                people(
                        "a window that is ordered ends at the current row",
                        "SELECT id, SUM(id) OVER (ORDER BY id) FROM PEOPLE ORDER BY id",
                        "[[1, 1], [2, 3], [3, 6]]"));
    }

    private Stream<DynamicTest> nested() {
        return Stream.of(
                answers(
                        "UNNEST numbers elements from 0",
                        "SELECT e, o FROM UNNEST(['x', 'y']) AS e WITH OFFSET AS o ORDER BY o",
                        "[[x, 0], [y, 1]]"),
                answers(
                        "ARRAY_AGG keeps an order",
                        "SELECT ARRAY_AGG(e ORDER BY e DESC) FROM UNNEST([1, 3, 2]) AS e",
                        "[[[3, 2, 1]]]"),
                answers(
                        "fields of structs are read",
                        "SELECT p.a.b FROM (SELECT STRUCT(STRUCT(7 AS b) AS a) AS p)",
                        "[[7]]"),
                answers("a NULL array is answered as an empty one", "SELECT CAST(NULL AS ARRAY<INT64>) AS a", "[[[]]]"),
                answers("SAFE_OFFSET beyond an array is NULL", "SELECT [1, 2][SAFE_OFFSET(5)]", "[[null]]"),
                answers(
                        "a common table is read twice",
                        "WITH w AS (SELECT 1 AS a) SELECT x.a + y.a FROM w AS x, w AS y",
                        "[[2]]"),
                answers(
                        "a subquery sees the outer row",
                        "SELECT (SELECT MAX(b) FROM UNNEST([1, 5]) AS b WHERE b > a) FROM UNNEST([2]) AS a",
                        "[[5]]"));
    }

    private Stream<DynamicTest> values() {
        return Stream.of(
                answers("a slash divides into FLOAT64", "SELECT 7 / 2, DIV(7, 2), MOD(-7, 2)", "[[3.5, 3, -1]]"),
                answers(
                        "FLOAT64 is rounded half away from zero",
                        "SELECT ROUND(2.5), CAST(2.5 AS INT64), CAST(-2.5 AS INT64)",
                        "[[3.0, 3, -3]]"),
                answers("SAFE_DIVIDE by zero is NULL", "SELECT SAFE_DIVIDE(1, 0)", "[[null]]"),
                answers("NaN equals nothing", "SELECT CAST('nan' AS FLOAT64) = CAST('nan' AS FLOAT64)", "[[false]]"),
                answers("SUBSTR counts from the end, too", "SELECT SUBSTR('hello', -3, 2)", "[[ll]]"),
                answers("SPLIT splits at commas", "SELECT SPLIT('a,b,')", "[[[a, b, ]]]"),
                answers("CONCAT with NULL is NULL", "SELECT CONCAT('a', NULL)", "[[null]]"),
                answers("regular expressions have groups", "SELECT REGEXP_EXTRACT('a1b22', r'b([0-9]+)')", "[[22]]"),
                answers("JSON is read by path", "SELECT JSON_VALUE('{\"a\": {\"b\": [1, 2]}}', '$.a.b[1]')", "[[2]]"),
                answers(
                        "FARM_FINGERPRINT is that of FarmHash",
                        "SELECT FARM_FINGERPRINT('foo')",
                        "[[6150913649986995171]]"),
                answers("SAFE_CAST of what is no number is NULL", "SELECT SAFE_CAST('x' AS INT64)", "[[null]]"));
    }

    private Stream<DynamicTest> times() {
        return Stream.of(
                answers(
                        "DATE_DIFF counts boundaries",
                        "SELECT DATE_DIFF(DATE '2024-03-01', DATE '2024-01-31', MONTH)",
                        "[[2]]"),
                answers(
                        "TIMESTAMP_DIFF counts whole units",
                        "SELECT TIMESTAMP_DIFF(TIMESTAMP '2024-01-02', TIMESTAMP '2024-01-01 00:00:01', DAY)",
                        "[[0]]"),
                answers(
                        "weeks begin on Sunday",
                        "SELECT DATE_TRUNC(DATE '2024-02-29', WEEK), EXTRACT(DAYOFWEEK FROM DATE '2024-01-14')",
                        "[[2024-02-25, 1]]"),
                answers(
                        "a month later is the month's last day at most",
                        "SELECT DATE_ADD(DATE '2024-01-31', INTERVAL 1 MONTH)",
                        "[[2024-02-29]]"),
                answers(
                        "moments are shown in a zone",
                        "SELECT FORMAT_TIMESTAMP('%F %T', TIMESTAMP '2024-07-01 00:00:00+00', 'America/New_York')",
                        "[[2024-06-30 20:00:00]]"),
                answers(
                        "a day is that of a zone",
                        "SELECT DATE(TIMESTAMP '2024-01-01 23:00:00+00', 'Asia/Tokyo')",
                        "[[2024-01-02]]"),
                answers(
                        "dates are parsed by a format",
                        "SELECT PARSE_DATE('%d.%m.%Y', '31.12.2023')",
                        "[[2023-12-31]]"));
    }
}
