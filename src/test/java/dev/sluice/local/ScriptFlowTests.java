package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where scripts go on, and what their variables are. */
class ScriptFlowTests extends SharedWarehouse {

    @BeforeAll
    void fillWarehouse() {
        warehouse.query("CREATE TABLE ds.n (id INT64)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "DECLARE i INT64 DEFAULT 0; REPEAT SET i = i + 1; IF i = 2 THEN ITERATE; END IF; UNTIL i >= 3 END REPEAT;"
                        + " SELECT i|[[3]]",
                "DECLARE i INT64 DEFAULT 0; REPEAT SET i = i + 1; BREAK; UNTIL FALSE END REPEAT; SELECT i|[[1]]",
                "CASE 1 + 1 WHEN 1 THEN SELECT 'one'; WHEN 2 THEN SELECT 'two'; ELSE SELECT 'many'; END CASE|[[two]]",
                "CASE 9 WHEN 1 THEN SELECT 'one'; ELSE SELECT 'many'; END CASE|[[many]]",
                "CASE WHEN CASE 1 WHEN 1 THEN FALSE END THEN SELECT 1; WHEN TRUE THEN CASE WHEN NULL THEN SELECT 2; ELSE"
                        + " SELECT 3; END CASE; END CASE|[[3]]",
                "SELECT 0; CASE NULL WHEN NULL THEN SELECT 1; END CASE|[[0]]",
                "a: FOR r IN (SELECT i FROM UNNEST([1, 2, 3]) i) DO FOR s IN (SELECT 5 AS j UNION ALL SELECT 6) DO"
                        + " IF r.i < 3 THEN CONTINUE a; END IF; SELECT r.i, s.j; LEAVE A; END FOR; END FOR a|[[3, 5]]",
                "DECLARE x DEFAULT 1; x: BEGIN DECLARE y INT64 DEFAULT 7; SET x = y; BREAK x; SET x = 0; END x; SELECT x|[[7]]",
                "w: WHILE TRUE DO BEGIN SELECT 1 / 0; EXCEPTION WHEN ERROR THEN SELECT 4; BREAK w; END; END WHILE|[[4]]",
                "BEGIN DECLARE x INT64; END; BEGIN DECLARE x STRING DEFAULT 'a'; SELECT x; END|[[a]]",
                "SELECT 1; RETURN; SELECT 2|[[1]]",
            })
    void stepsAreLeftWhereTheyAskFor(String script, String rows) {
        assertThat(warehouse.rows(script)).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "DECLARE a, b INT64; SET (a, b) = (3, 4); SELECT a, b|[[3, 4]]",
                "DECLARE a INT64; DECLARE b ARRAY<STRUCT<STRING, INT64>>; SET (a, b) = (SELECT AS STRUCT 1, [('x', 2)]);"
                        + " SELECT a, b|[[1, [[x, 2]]]]",
                "DECLARE a, b STRING DEFAULT 'x'; SET (a, b) = (SELECT AS STRUCT 'p', 'q' FROM ds.n); SELECT a, b|[[null, null]]",
                "DECLARE d DATE DEFAULT '2024-02-01'; DECLARE n NUMERIC; SET n = 2.5; SELECT d, n|[[2024-02-01, 2.5]]",
                "DECLARE s STRING DEFAULT 'a'; SET s = NULL; SELECT s|[[null]]",
                "DECLARE a DEFAULT []; DECLARE f FLOAT64 DEFAULT 1; SELECT a, f|[[[], 1.0]]",
                "DECLARE x, y INT64; EXECUTE IMMEDIATE 'SELECT ? * (? + 2), 8' INTO x, y USING 1, 3; SELECT x, y|[[5, 8]]",
                "DECLARE y FLOAT64 DEFAULT 9; EXECUTE IMMEDIATE CONCAT('SELECT @a * ', '(@b + 2)') INTO y USING y AS a, 3 AS b;"
                        + " SELECT y|[[45.0]]",
                "DECLARE s STRING DEFAULT 'a'; EXECUTE IMMEDIATE 'SELECT @p.s FROM ds.n' INTO s USING STRUCT('q' AS s) AS p;"
                        + " SELECT s|[[null]]",
                "BEGIN SELECT 1 / 0; EXCEPTION WHEN ERROR THEN BEGIN RAISE USING MESSAGE = 'two'; EXCEPTION WHEN ERROR THEN"
                        + " SELECT 1; END; SELECT @@error.message, @@error.statement_text; END|[[division by zero: 1 / 0, SELECT 1 / 0]]",
                "BEGIN IF 1 / 0 > 1 THEN SELECT 1; END IF; EXCEPTION WHEN ERROR THEN SELECT @@error.statement_text; END|"
                        + "[[IF 1 / 0 > 1...]]",
                "BEGIN SELECT 1 / 0; EXCEPTION WHEN ERROR THEN SELECT 5; END; SELECT @@error.message, @@ERROR.statement_text|"
                        + "[[null, null]]",
                "DECLARE v STRUCT<x INT64>; SELECT v IS NULL, COALESCE(v, STRUCT(7 AS x)).x, v.x|[[true, 7, null]]",
                "DECLARE v STRUCT<a STRUCT<x INT64>, b ARRAY<STRUCT<x INT64>>>; SET v = (NULL, [NULL, STRUCT(1)]);"
                        + " SELECT v IS NULL, v.a IS NULL, v.b[OFFSET(0)] IS NULL, v.b[OFFSET(1)].x|[[false, true, true, 1]]",
                "DECLARE v ARRAY<STRUCT<x INT64>>; SET v = [STRUCT(CAST(NULL AS INT64)), NULL];"
                        + " SELECT (SELECT STRING_AGG(IF(e IS NULL, 'none', 'empty')) FROM UNNEST(v) e)|[[empty,none]]",
                "FOR r IN (SELECT CAST(NULL AS STRUCT<x INT64>) AS s, 1 AS n) DO SELECT r.s IS NULL, r.n, r IS NULL; END FOR|"
                        + "[[true, 1, false]]",
                "SELECT 1; SELECT @@script.job_id = 'x', @@script.num_child_jobs, @@project_id|[[false, 1, test-project]]",
            })
    void variablesTakeWhatTheyAreGiven(String script, String rows) {
        assertThat(warehouse.rows(script)).isEqualTo(rows);
    }

    @Test
    void anExpressionMayEndWithAComment() {
        assertThat(warehouse.rows(
                        "DECLARE x INT64 DEFAULT 4 -- four\n; CASE x -- four\nWHEN 4 -- yes\nTHEN SELECT 5; END CASE"))
                .isEqualTo("[[5]]");
    }

    @Test
    void rowsThatDmlHasChangedAreCounted() {
        assertThat(warehouse.rows("""
                DECLARE inserted, updated, merged INT64;
                INSERT ds.n VALUES (1), (2), (3);
                SET inserted = @@row_count;
                EXECUTE IMMEDIATE 'UPDATE ds.n SET id = id + ? WHERE id > 1' USING 10;
                SET updated = @@row_count;
                MERGE ds.n USING (SELECT 1 AS id UNION ALL SELECT 20) q ON n.id = q.id WHEN NOT MATCHED THEN INSERT ROW
                  WHEN NOT MATCHED BY SOURCE THEN DELETE;
                SET merged = @@row_count;
                SELECT inserted, updated, merged""")).isEqualTo("[[3, 2, 3]]");
        warehouse.refuses("SELECT 1; SELECT @@row_count", "system variable @@row_count");
        warehouse.query("DELETE FROM ds.n WHERE TRUE");
    }

    @Test
    void anAssertionHoldsOrFails() {
        assertThat(warehouse
                        .query("ASSERT EXISTS (SELECT 1) AS 'there is one'")
                        .statistics()
                        .getQuery()
                        .getStatementType())
                .isEqualTo("ASSERT");
        assertThat(warehouse.rows("DECLARE n INT64 DEFAULT 1; ASSERT n = 1; SELECT n"))
                .isEqualTo("[[1]]");
        warehouse.refuses("ASSERT (SELECT COUNT(*) FROM ds.n) > 5 AS 'too few'", "Assertion failed: too few");
        warehouse.refuses("ASSERT CAST(NULL AS BOOL)", "Assertion failed");
        warehouse.refuses("ASSERT 5", "INT64");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SELECT 1; DECLARE x INT64|Variable declarations are allowed only at the start of a block or script at [1:11]",
                "DECLARE x INT64; BEGIN DECLARE X STRING; END|Variable 'X' redeclaration",
                "BEGIN DECLARE x INT64 DEFAULT 1; END; SELECT x|Unrecognized name: x",
                "BEGIN DECLARE x INT64; SELECT 1 / 0; EXCEPTION WHEN ERROR THEN SELECT x; END|Unrecognized name: x",
                "DECLARE x INT64 DEFAULT 'a'|Cannot coerce expression to type INT64",
                "SET (x, y) = (1, 2)|Undeclared variable: x",
                "DECLARE x INT64; SET (x, X) = (1, 2)|Assigning multiple values to variable: X",
                "DECLARE x, y INT64; SET (x, y) = (1, 2, 3)|Cannot coerce expression",
                "DECLARE x INT64 DEFAULT 1; EXECUTE IMMEDIATE 'SELECT x'|Unrecognized name: x",
                "DECLARE x INT64; EXECUTE IMMEDIATE 'SELECT id FROM UNNEST([1, 2]) id' INTO x|0 or 1 rows with INTO clause",
                "DECLARE x INT64; EXECUTE IMMEDIATE 'SELECT 1, 2' INTO x|expected 1 columns, but got 2",
                "DECLARE x INT64; EXECUTE IMMEDIATE 'SELECT TRUE' INTO x|has type BOOL which is not assignable",
                "DECLARE x INT64; EXECUTE IMMEDIATE 'SELECT 1, 2' INTO x, X|same variable multiple times",
                "EXECUTE IMMEDIATE 'SELECT @a' USING 1 AS a, 2|must be all positional or all named",
                "EXECUTE IMMEDIATE CAST(NULL AS STRING)|cannot be NULL",
                "EXECUTE IMMEDIATE ' '|Empty EXECUTE IMMEDIATE",
                "LOOP END LOOP|The script takes more than 100000 steps",
                "SELECT 1; BREAK|BREAK without label is only allowed inside of a loop body at [1:11]",
                "a: BEGIN CONTINUE a; END|no loop around it has the label a",
                "a: LOOP a: BEGIN SELECT 1; END; END LOOP|Label a is that of a block or loop around it",
                "LOOP BREAK; END LOOP a|Label a is not that of what ends here",
                "a: SELECT 1|Expected BEGIN or a loop",
                "RAISE|Cannot re-raise an existing exception outside of an exception handler at [1:1]",
                "SELECT 1; END; SELECT 2|Unexpected",
                "SET @@time_zone = 'Asia/Tokyo'|does not support SET @@time_zone",
                "BEGIN SELECT 1 / 0; EXCEPTION WHEN ERROR THEN SELECT @@error.stack_trace; END|does not support the system variable",
                "CREATE OR REPLACE PROCEDURE ds.p() BEGIN SELECT 1; END|does not support CREATE PROCEDURE",
                "CREATE TEMP FUNCTION f(x INT64) AS (x); SELECT 1|does not support CREATE TEMP FUNCTION",
                "CREATE TABLE FUNCTION ds.f(x INT64) AS SELECT x|does not support CREATE TABLE FUNCTION",
            })
    void whatIsWrongIsSaid(String script, String words) {
        warehouse.refuses(script, words);
    }
}
