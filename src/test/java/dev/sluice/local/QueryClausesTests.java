package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the clauses of queries answer; Google's reference executor says the same of those that it has. */
class QueryClausesTests extends SharedWarehouse {

    @BeforeAll
    void fillWarehouse() {
        warehouse.query("CREATE TABLE ds.sales (id INT64, shop STRING, day DATE, amount INT64, tags ARRAY<STRING>)");
        warehouse.query(
                "INSERT INTO ds.sales (id, shop, day, amount, tags) VALUES (1, 'n', '2024-01-01', 10, ['a', 'b']),"
                        + " (2, 's', '2024-01-02', 20, ['c']), (3, 'n', NULL, NULL, []), (4, NULL, '2024-02-01', 40, ['d'])");
        warehouse.query("CREATE TABLE ds.shops (shop STRING, id INT64, town STRUCT<name STRING, zip INT64>)");
        warehouse.query("INSERT INTO ds.shops (shop, id, town) VALUES ('n', 1, ('Ulm', 7)), ('w', 9, ('Bonn', 8))");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SELECT * FROM ds.shops JOIN ds.shops q USING (shop), (SELECT 5 AS shop) ORDER BY 1|"
                        + "[[n, 1, [Ulm, 7], 1, [Ulm, 7], 5], [w, 9, [Bonn, 8], 9, [Bonn, 8], 5]]",
                "SELECT * FROM (SELECT 1 AS a, 2 AS b) JOIN (SELECT 1 AS a, 3 AS c) USING (a) JOIN (SELECT 3 AS c) USING (c)|"
                        + "[[3, 1, 2]]",
                "SELECT * FROM (SELECT 7 AS a) x JOIN (ds.shops y JOIN (SELECT 9 AS id) z USING (id)) ON a < id|"
                        + "[[7, 9, w, [Bonn, 8]]]",
                "SELECT town.*, q.town.* EXCEPT (zip) FROM ds.shops q WHERE id = 1|[[Ulm, 7, Ulm]]",
                "SELECT STRUCT(1 AS a, 2 AS b).*|[[1, 2]]",
                "SELECT id, tag FROM ds.sales s LEFT JOIN s.tags tag ORDER BY id, tag|"
                        + "[[1, a], [1, b], [2, c], [3, null], [4, d]]",
                "SELECT id, tag FROM ds.sales s LEFT JOIN s.tags tag ON tag > 'a' WHERE id < 3 ORDER BY id|[[1, b], [2, c]]",
                "SELECT a.id, c.id FROM ds.sales a LEFT JOIN ds.shops b JOIN ds.shops c ON b.id = c.id ON a.shop = b.shop"
                        + " WHERE a.id < 3 ORDER BY 1|[[1, 1], [2, null]]",
            })
    void joinsKeepColumnsApart(String sql, String rows) {
        assertThat(warehouse.rows(sql)).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SELECT shop, COUNT(*) FROM ds.sales GROUP BY ALL ORDER BY shop|[[null, 1], [n, 2], [s, 1]]",
                "SELECT COUNT(*), 1 FROM ds.sales GROUP BY ALL|[[4, 1]]",
                "SELECT 1, (SELECT MAX(id) FROM ds.sales) FROM ds.sales GROUP BY ALL|[[1, 4]]",
                "SELECT 1 FROM ds.sales WHERE FALSE GROUP BY ALL|[[1]]",
                "SELECT 1 FROM ds.sales GROUP BY ALL HAVING COUNT(*) > 4|[]",
                "SELECT 'a' AS g, COUNT(*) FROM ds.sales GROUP BY g ORDER BY g|[[a, 4]]",
                "SELECT 'a' AS g, COUNT(*) FROM ds.sales WHERE id < 0 GROUP BY g|[]",
                "SELECT DATE(2024, 2, 29) AS g, shop, COUNT(*) FROM ds.sales GROUP BY g, shop HAVING COUNT(*) > 1|[[2024-02-29, n, 2]]",
                "SELECT COUNT(*) FROM ds.sales GROUP BY NUMERIC '2.5', 1 + 2|[[4]]",
                "SELECT TRUE AS g, COUNT(*) FROM ds.sales GROUP BY ROLLUP (g) ORDER BY g DESC|[[true, 4], [null, 4]]",
                "SELECT id FROM ds.sales ORDER BY DATE '2024-02-29' DESC, id LIMIT 1|[[1]]",
                "SELECT shop, SUM(amount) FROM ds.sales GROUP BY ROLLUP (shop) ORDER BY GROUPING(shop), shop|"
                        + "[[null, 40], [n, 10], [s, 20], [null, 70]]",
                "SELECT shop, id, GROUPING(id) FROM ds.sales WHERE id < 3 GROUP BY CUBE (shop, id) ORDER BY shop, id|"
                        + "[[null, null, 1], [null, 1, 0], [null, 2, 0], [n, null, 1], [n, 1, 0], [s, null, 1], [s, 2, 0]]",
                "SELECT shop, id, COUNT(*) FROM ds.sales WHERE id < 3 GROUP BY GROUPING SETS ((shop, id), ()) ORDER BY 2|"
                        + "[[null, null, 2], [n, 1, 1], [s, 2, 1]]",
                "SELECT UPPER(shop) AS u, COUNT(*) FROM ds.sales GROUP BY ROLLUP (u) HAVING COUNT(*) > 1 ORDER BY 2|"
                        + "[[N, 2], [null, 4]]",
                "SELECT SUM(amount) FROM ds.sales WHERE FALSE GROUP BY ROLLUP (shop)|[]",
                "SELECT SUM(amount) FROM ds.sales WHERE FALSE GROUP BY ()|[[null]]",
                "SELECT (SELECT COUNT(*) FROM ds.shops q WHERE q.shop = s.shop) AS n, COUNT(*) FROM ds.sales s GROUP BY n"
                        + " ORDER BY n|[[0, 2], [1, 2]]",
                "SELECT UPPER(shop) AS shop, MAX(shop) FROM ds.sales GROUP BY shop HAVING shop > 'A' ORDER BY shop|[[N, n], [S, s]]",
                "SELECT UPPER(shop) AS shop, COUNT(*) FROM ds.sales s GROUP BY s.shop ORDER BY shop|[[null, 1], [N, 2], [S, 1]]",
                "SELECT 1 AS shop, COUNT(*) FROM ds.sales GROUP BY shop|[[1, 4]]",
                "SELECT MAX(id) AS id, shop FROM ds.sales GROUP BY shop HAVING id > 2 ORDER BY shop|[[4, null], [3, n]]",
                "SELECT id + 1 AS id, ROW_NUMBER() OVER (ORDER BY id) FROM ds.sales QUALIFY id = 2|[[2, 1]]",
                "SELECT STRUCT(shop) AS s, COUNT(*) AS c FROM ds.sales GROUP BY s ORDER BY c DESC LIMIT 1|[[[n], 2]]",
                "SELECT COUNT(*) FROM (SELECT DISTINCT [shop] AS s FROM ds.sales WHERE shop IS NOT NULL)|[[2]]",
            })
    void groupsAreMadeBySeveralSetsOfKeys(String sql, String rows) {
        assertThat(warehouse.rows(sql)).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n * 3 FROM r WHERE n < 20) SELECT n FROM r ORDER BY n|"
                        + "[[1], [3], [9], [27]]",
                "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 501) SELECT MAX(n) FROM r|[[501]]",
                "WITH RECURSIVE a AS (SELECT 1 AS i), r AS (SELECT i, 'x' AS path FROM a UNION ALL (SELECT s.id,"
                        + " CONCAT(path, s.shop) FROM ds.sales s JOIN r q ON s.id = q.i + 1)) SELECT path FROM r ORDER BY i|"
                        + "[[x], [xs], [xsn], [null]]",
            })
    void aCommonTableMayReadItself(String sql, String rows) {
        assertThat(warehouse.rows(sql)).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SELECT MAX(n) + 1 FROM r|must not use DISTINCT, GROUP BY, or any aggregate function",
                "SELECT DISTINCT n FROM r|must not use DISTINCT, GROUP BY, or any aggregate function",
                "SELECT n FROM r GROUP BY n|must not use DISTINCT, GROUP BY, or any aggregate function",
                "SELECT n + ROW_NUMBER() OVER () FROM r|must not use an analytic function",
                "SELECT n FROM r QUALIFY ROW_NUMBER() OVER () = 1|must not use an analytic function",
                "SELECT id FROM ds.sales LEFT JOIN r ON n = id|must not be used as the right operand of a LEFT JOIN",
                "SELECT id FROM r RIGHT JOIN ds.sales ON n = id|must not be used as the left operand of a RIGHT JOIN",
                "SELECT id FROM ds.sales FULL JOIN r ON n = id|must not be used as an operand of a FULL OUTER JOIN",
                "SELECT r.n FROM r JOIN r AS q ON TRUE|Multiple recursive references to table 'r' are not allowed",
                "SELECT (SELECT MAX(n) FROM r) FROM r|from inside an expression subquery is not allowed",
                "(SELECT n FROM r ORDER BY n)|must not contain an ORDER BY clause",
                "(SELECT n FROM r LIMIT 1)|must not use a LIMIT clause",
                "SELECT n FROM (SELECT n FROM r)|does not support a recursive table in a subquery of FROM",
            })
    void recursionIsOfRowsOneByOne(String term, String words) {
        warehouse.refuses("WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL " + term + ") SELECT n FROM r", words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 1 AS x WHERE TRUE|cannot have a WHERE clause",
                "SELECT 1 AS x GROUP BY x|cannot have a GROUP BY clause",
                "SELECT 1 AS x HAVING TRUE|cannot have a HAVING clause",
                "SELECT 1 AS x ORDER BY x|cannot have an ORDER BY clause",
                "SELECT DISTINCT 1 AS x|cannot use SELECT DISTINCT",
                "SELECT COUNT(*)|not allowed in SELECT without FROM clause",
            })
    void whatNeedsRowsNeedsATable(String sql, String words) {
        warehouse.refuses(sql, words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "(SELECT shop, amount FROM ds.sales) PIVOT (SUM(amount) FOR shop IN ('n', 's' AS south))|"
                        + "n, south|[[10, 20]]",
                "(SELECT id, shop, amount FROM ds.sales) PIVOT (COUNT(*) AS c, MAX(amount) AS m FOR shop IN ('n', NULL))"
                        + " ORDER BY id|id, c_n, m_n, c_NULL, m_NULL|"
                        + "[[1, 1, 10, 0, null], [2, 0, null, 0, null], [3, 1, null, 0, null], [4, 0, null, 1, 40]]",
                "(SELECT id, amount FROM ds.sales) PIVOT (ANY_VALUE(amount) FOR id IN (1, -5, 4))|"
                        + "_1, minus_5, _4|[[10, null, 40]]",
                "(SELECT day, id FROM ds.sales) AS s PIVOT (COUNTIF(id > 1) AS c FOR s.day IN (DATE '2024-01-02')) AS p|"
                        + "c_2024_01_02|[[1]]",
                "(SELECT 1 AS id, 5 AS a, NULL AS b) UNPIVOT (v FOR name IN (a, B))|id, v, name|[[1, 5, a]]",
                "(SELECT 1 AS id, 5 AS a, NULL AS b) UNPIVOT INCLUDE NULLS (v FOR name IN (a, B AS 'b!')) AS u|"
                        + "id, v, name|[[1, 5, a], [1, null, b!]]",
                "(SELECT 1 AS a, 2 AS b, 3 AS c, 4 AS d) UNPIVOT ((x, y) FOR half IN ((a, b) AS 1, (c, d) AS 2))|"
                        + "x, y, half|[[1, 2, 1], [3, 4, 2]]",
            })
    void tablesAreTurned(String from, String names, String rows) {
        Warehouse.Result result = warehouse.query("SELECT * FROM " + from);

        assertThat(result.names()).containsExactly(names.split(", "));
        assertThat(result.rows()).hasToString(rows);
    }

    @Test
    void windowsExtendOthersByName() {
        assertThat(
                        warehouse.rows(
                                "SELECT id, COUNT(*) OVER (w ORDER BY id), COUNT(*) OVER last, SUM(id) OVER (w)"
                                        + " FROM ds.sales WINDOW w AS (PARTITION BY shop), v AS (w ORDER BY id DESC), last AS v ORDER BY id"))
                .isEqualTo("[[1, 1, 2, 4], [2, 1, 1, 2], [3, 2, 1, 4], [4, 1, 1, 4]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT COUNT(*) FROM r|"
                        + "A recursive CTE has reached the maximum number of iterations: 500",
                "WITH RECURSIVE r AS (SELECT 1 AS n UNION DISTINCT SELECT 1 FROM r) SELECT n FROM r|"
                        + "does not support recursion but by UNION ALL",
                "SELECT * FROM ds.shops PIVOT (SUM(id) + 1 FOR shop IN ('n'))|must be an aggregate function call",
                "SELECT * FROM (SELECT id, shop FROM ds.shops) PIVOT (SUM(id), COUNT(*) FOR shop IN ('n'))|must specify an alias unless",
                "SELECT * FROM (SELECT id, shop FROM ds.shops) PIVOT (SUM(id) FOR shop IN (id))|IN expression in PIVOT must be constant",
                "SELECT * FROM ds.shops UNPIVOT (v FOR name IN (id, shop))|does not match with other datatypes",
                "SELECT * FROM ds.shops UNPIVOT (v FOR name IN (id, nothing))|Unrecognized name: nothing at [1:52]",
                "SELECT SUM(id) OVER (w PARTITION BY id) FROM ds.shops WINDOW w AS (ORDER BY id)|"
                        + "If a window has a PARTITION BY",
                "SELECT SUM(id) OVER (w ORDER BY id) FROM ds.shops WINDOW w AS (ORDER BY id)|inherits an ORDER BY",
                "SELECT SUM(id) OVER w FROM ds.shops WINDOW w AS (v), v AS (ORDER BY id)|Unrecognized window alias v",
            })
    void whatCannotBeReadAgainTurnedOrExtendedFails(String sql, String words) {
        warehouse.refuses(sql, words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SELECT 1 AS a, 2 AS b UNION ALL BY NAME SELECT 3 AS B, 4 AS A|[a, b]|[[1, 2], [4, 3]]",
                "SELECT 1 AS a, 2 AS b FULL OUTER UNION ALL BY NAME SELECT 3.5 AS b, 'x' AS c|[a, b, c]|[[1, 2.0, null], [null, 3.5, x]]",
                "SELECT 1 AS a, 2 AS b LEFT UNION ALL BY NAME SELECT 3 AS b, 'x' AS c LEFT UNION ALL BY NAME SELECT 7 AS a|[a, b]|"
                        + "[[1, 2], [null, 3], [7, null]]",
                "SELECT 1 AS a, 2 AS b INNER UNION ALL BY NAME ON (b) SELECT 3 AS b, 'x' AS c|[b]|[[2], [3]]",
                "SELECT 1 AS a, 2 AS b FULL UNION ALL BY NAME ON (c, b) SELECT 3 AS b, 'x' AS c|[c, b]|[[null, 2], [x, 3]]",
                "SELECT 1 AS a, 2 AS b,|[a, b]|[[1, 2]]",
                "SELECT (SELECT 1,) AS a, UNION ALL SELECT 2, ORDER BY 1|[a]|[[1], [2]]",
                "SELECT 1 AS a, 2 AS b UNION ALL CORRESPONDING SELECT 3 AS b, 'x' AS c|[b]|[[2], [3]]",
                "SELECT 1 AS a, 2 AS b UNION ALL STRICT CORRESPONDING SELECT 3 AS b, 4 AS a|[a, b]|[[1, 2], [4, 3]]",
                "SELECT 1 AS a, 2 AS b FULL UNION ALL CORRESPONDING BY (c, b) SELECT 3 AS b, 4 AS c|[c, b]|[[null, 2], [4, 3]]",
                "SELECT 1 AS a, 2 AS b EXCEPT DISTINCT CORRESPONDING SELECT 2 AS b, 3 AS c|[b]|[]",
                "SELECT id AS a, shop AS b FROM ds.shops INTERSECT DISTINCT BY NAME SELECT 'n' AS b, 1 AS a|[a, b]|[[1, n]]",
                "SELECT id FROM ds.shops LEFT UNION ALL BY NAME SELECT 2 AS id ORDER BY id|[id]|[[1], [2], [9]]",
                "SELECT 1 AS a, NULL AS b FULL UNION ALL BY NAME SELECT DATE '2024-01-31' AS b|[a, b]|[[1, null], [null, 2024-01-31]]",
            })
    void setOperationsMatchColumnsByName(String sql, String names, String rows) {
        assertThat(warehouse.query(sql).names()).hasToString(names);
        assertThat(warehouse.rows(sql)).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT id FROM ds.shops JOIN ds.sales USING (shop), (SELECT 1 AS id)|Column name id is ambiguous",
                "SELECT 1 FROM ds.sales JOIN ds.shops q USING (id) JOIN (SELECT 1 AS shop) USING (shop)|"
                        + "Column shop in USING clause is ambiguous on left side of join at [1:82]",
                "SELECT 1 FROM ds.sales JOIN ds.shops|Expected keyword ON or keyword USING at [1:24]",
                "SELECT id.* FROM ds.sales|Dot-star is not supported for type INT64 at [1:8]",
                "SELECT 1 FROM ds.sales HAVING COUNT(*) > 3|The HAVING clause only allows aggregation if GROUP BY",
                "SELECT GROUPING(id) FROM ds.sales GROUP BY ROLLUP (shop)|GROUPING must have an argument that exists",
                "SELECT shop FROM ds.sales GROUP BY shop, ROLLUP (id)|does not support ROLLUP beside other items",
                "SELECT COUNT(*) AS id FROM ds.sales GROUP BY id|Aggregate functions are not allowed in GROUP BY",
                "SELECT MAX(id) AS id FROM ds.sales GROUP BY shop HAVING MAX(id) > 1|Aggregations of aggregations are not allowed",
                "SELECT UPPER(shop) AS k FROM ds.sales GROUP BY LOWER(k)|Unrecognized name: k at [1:54]",
                "SELECT STRUCT(1.5) AS k FROM ds.sales GROUP BY k|does not support grouping by STRUCT<FLOAT64>",
                "SELECT shop, (SELECT MAX(q.id) FROM ds.shops q WHERE q.id = s.id) FROM ds.sales s GROUP BY shop|neither grouped nor aggregated",
                "SELECT 1 AS a UNION ALL BY NAME SELECT 2 AS b|BY NAME requires all input queries to have identical column names",
                "SELECT 1 AS a, 2 UNION ALL BY NAME SELECT 3 AS a, 4|Anonymous columns are not allowed in set operations when BY NAME",
                "SELECT 1 AS a, 2 AS A FULL UNION ALL BY NAME SELECT 3 AS a|Duplicate columns found when using BY NAME",
                "SELECT 1 AS a UNION ALL CORRESPONDING SELECT 3 AS b|using CORRESPONDING do not have any columns in common",
                "SELECT 1 AS a LEFT UNION ALL BY NAME SELECT 3 AS b|does not share any common columns with query 1",
                "SELECT 1 AS a FULL UNION ALL BY NAME ON (z) SELECT 3 AS b|does not appear in any input query",
                "SELECT 1 AS a INNER UNION ALL BY NAME ON (a) SELECT 3 AS b|Query 2 does not have all columns of the BY NAME list",
                "SELECT 1 AS a FULL UNION ALL SELECT 3 AS a|FULL in set operations cannot be used without",
                "SELECT 1 AS a UNION ALL BY NAME SELECT 3 AS a UNION ALL SELECT 3|Different set operation modifiers",
                "SELECT 1 AS a UNION SELECT 3 AS a|Expected keyword ALL or keyword DISTINCT at [1:21]",
                "CREATE TABLE ds.n AS SELECT 1|CREATE TABLE columns must be named, but column 1 has no name",
                "CREATE TABLE ds.n AS SELECT 1 AS a, 2 AS A|CREATE TABLE has columns with duplicate name A",
                "CREATE VIEW ds.n AS SELECT 1|CREATE VIEW columns must be named, but column 1 has no name",
            })
    void whatIsAmbiguousOrNamelessFails(String sql, String words) {
        warehouse.refuses(sql, words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SELECT STRUCT(1 AS a, 'x' AS b) AS s UNION ALL SELECT (2, NULL)|STRUCT(a BIGINT, b VARCHAR)",
                "SELECT STRUCT(1, 2) AS s UNION ALL SELECT STRUCT(3 AS a, 4.5 AS b)|"
                        + "STRUCT(_field_1 BIGINT, _field_2 DOUBLE)",
                "SELECT [STRUCT(1 AS a), STRUCT(2.5)] AS s|STRUCT(a DOUBLE)[]",
                "SELECT ARRAY<STRUCT<a INT64>>[STRUCT(1)] AS s UNION ALL SELECT [STRUCT(2 AS b)]|STRUCT(a BIGINT)[]",
                "SELECT STRUCT(NULL AS a, [] AS b) AS s|STRUCT(a BIGINT, b BIGINT[])",
                "SELECT 1 AS s UNION ALL SELECT NUMERIC '1.5' UNION ALL SELECT 2.5|DECIMAL(38,9)",
                "SELECT '2024-01-31' AS s UNION ALL SELECT DATE '2024-02-01'|DATE",
            })
    void whatIsPutTogetherTakesTheFirstNamesAndACommonType(String sql, String type) {
        assertThat(warehouse.query(sql).types()).containsExactly(type);
    }

    /** A group is one row to a subquery, which may read its keys. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SELECT shop, SUM(amount), (SELECT MAX(id) FROM ds.shops q WHERE q.shop = s.shop) FROM ds.sales s GROUP BY shop"
                        + " ORDER BY shop|[[null, 40, null], [n, 10, 1], [s, 20, null]]",
                "SELECT shop FROM ds.sales s GROUP BY shop HAVING EXISTS (SELECT 1 FROM ds.shops q WHERE q.shop = s.shop)|[[n]]",
                "SELECT shop, MIN(id) IN (SELECT q.id FROM ds.shops q WHERE q.shop = s.shop) FROM ds.sales s GROUP BY shop"
                        + " ORDER BY ARRAY_LENGTH(ARRAY(SELECT id FROM ds.shops q WHERE q.shop = s.shop)) DESC, shop|"
                        + "[[n, true], [null, false], [s, false]]",
            })
    void subqueriesReadTheKeysOfGroups(String sql, String rows) {
        assertThat(warehouse.rows(sql)).isEqualTo(rows);
    }

    @Test
    void structsAreComparedFieldByField() {
        assertThat(
                        warehouse.rows(
                                "SELECT (1, 'a') = STRUCT(1 AS x, 'a' AS y), (1, NULL) = (2, NULL), (1, NULL) = (1, 2),"
                                        + " (1, 2) != (1, 3), (1, NULL) IN ((1, 2), (3, 4)), (1, 2) NOT IN ((1, 3), (3, NULL))"))
                .isEqualTo("[[true, false, null, true, null, true]]");
    }

    @Test
    void theRowsOfTheOutermostQueryAreTheStructsThatItSelects() {
        assertThat(warehouse.query("SELECT AS STRUCT 1 AS a, 2 AS b").names()).containsExactly("a", "b");
        assertThat(warehouse.query("SELECT AS VALUE town FROM ds.shops").names())
                .containsExactly("name", "zip");
        assertThat(warehouse.query("SELECT AS VALUE id AS x FROM ds.shops").names())
                .containsExactly("f0_");
        assertThat(warehouse.rows("SELECT v.zip FROM (SELECT AS VALUE town FROM ds.shops) v ORDER BY 1"))
                .isEqualTo("[[7], [8]]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT IF(COUNT(*) > 99, SUM(big), 0) FROM ds.sales, UNNEST([9223372036854775807]) big",
                "SELECT shop, CASE WHEN COUNT(*) > 99 THEN SUM(big) END FROM ds.sales, UNNEST([9223372036854775807]) big"
                        + " GROUP BY shop",
                "SELECT shop FROM ds.sales, UNNEST([9223372036854775807]) big GROUP BY shop"
                        + " HAVING shop = 's' AND SUM(big) > 0",
                "SELECT shop, SUM(big) FROM ds.sales, UNNEST([9223372036854775807]) big GROUP BY shop HAVING shop = 's'",
                "SELECT COUNT(*) FROM ds.sales, UNNEST([9223372036854775807]) big ORDER BY IF(COUNT(*) > 99, SUM(big), 0)",
                "SELECT IF(id > 99, SUM(big) OVER (), 0) FROM ds.sales, UNNEST([9223372036854775807]) big",
                "SELECT id FROM ds.sales, UNNEST([9223372036854775807]) big QUALIFY id = 1 AND SUM(big) OVER () > 0",
                "SELECT IF(SUM(id) > 99, SUM(SUM(big)) OVER (), 0) FROM ds.sales, UNNEST([9223372036854775807]) big"
                        + " GROUP BY id",
            })
    void aggregatesAreComputedWhereNobodyAsksForThem(String sql) {
        warehouse.refuses(sql, "Error in SUM aggregation: integer overflow");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SELECT IF(COUNT(*) > 99, SUM(amount), 0) FROM ds.sales|[[0]]",
                "SELECT IF(COUNT(*) > 99, SUM(amount), 0) FROM ds.sales HAVING COUNT(*) > 4|[]",
                "SELECT shop, IFNULL(SUM(amount), -1) FROM ds.sales GROUP BY shop HAVING SUM(id) > 2 ORDER BY 1|"
                        + "[[null, 40], [n, 10]]",
                "SELECT shop, COALESCE(AVG(amount), 0) FROM ds.sales GROUP BY ROLLUP (shop) ORDER BY 2|"
                        + "[[n, 10.0], [s, 20.0], [null, 23.333333333333332], [null, 40.0]]",
                "SELECT IF(id > 3, SUM(amount) OVER (), id) FROM ds.sales QUALIFY SUM(id) OVER (ORDER BY id) > 3 ORDER BY 1|"
                        + "[[3], [70]]",
                "SELECT DISTINCT IFNULL(SUM(amount), 0) FROM ds.sales GROUP BY id ORDER BY 1 LIMIT 2|[[0], [10]]",
                "SELECT IF(COUNT(*) > 1, CORR(x, x), -1) FROM UNNEST([1]) x|[[-1.0]]",
                "SELECT IF(LOGICAL_OR(IS_INF(x)), -1.0, SUM(x)) FROM UNNEST([CAST('inf' AS FLOAT64), 1.0]) x|[[-1.0]]",
            })
    void aggregatesWithinOtherValues(String sql, String rows) {
        assertThat(warehouse.rows(sql)).isEqualTo(rows);
    }
}
