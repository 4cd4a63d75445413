package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What statements that change rows do to columns of all kinds, and how they say what is wrong. */
class DmlTests extends OwnWarehouse {

    @BeforeEach
    void fill() {
        warehouse.query("CREATE TABLE ds.t (id INT64, s STRUCT<a INT64, b STRUCT<c STRING, d ARRAY<INT64>>>, n INT64)");
        warehouse.query("INSERT ds.t VALUES (1, (10, ('x', [1])), 1), (2, (20, ('y', [])), 2), (3, NULL, 3)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SET s.a = 5 WHERE id = 1|[[[5, [x, [1]]]], [[20, [y, []]]], [null]]",
                "SET S.B.c = CONCAT(s.b.c, '!'), t.s.a = s.a + id WHERE id < 3|[[[11, [x!, [1]]]], [[22, [y!, []]]], [null]]",
                "SET s.b.d = NULL, s.b.C = NULL WHERE id = 1|[[[10, [null, []]]], [[20, [y, []]]], [null]]",
                "SET s.a = DEFAULT WHERE id = 1|[[[null, [x, [1]]]], [[20, [y, []]]], [null]]",
                "SET s.b = ('z', [7]) WHERE id = 2|[[[10, [x, [1]]]], [[20, [z, [7]]]], [null]]",
                "SET s.a = f FROM (SELECT 1 AS k, 9 AS f) WHERE id = k|[[[9, [x, [1]]]], [[20, [y, []]]], [null]]",
            })
    void fieldsOfStructsAreSetOneByOne(String update, String structs) {
        warehouse.query("UPDATE ds.t " + update);

        assertThat(warehouse.rows("SELECT s FROM ds.t ORDER BY id")).isEqualTo(structs);
    }

    @Test
    void arraysWithinStructsAreNeverNull() {
        warehouse.query("CREATE TABLE ds.n (l ARRAY<STRUCT<x ARRAY<INT64>, y INT64>>)");
        warehouse.query("INSERT ds.t (id, s) VALUES (4, (1, ('x', NULL)))");
        warehouse.query("INSERT ds.n VALUES ([(NULL, 1), ([2], 2)]), (NULL)");

        assertThat(warehouse.rows("SELECT s.b.d IS NULL FROM ds.t WHERE id = 4"))
                .isEqualTo("[[false]]");
        assertThat(warehouse.rows("SELECT l FROM ds.n ORDER BY ARRAY_LENGTH(l)"))
                .isEqualTo("[[[]], [[[[], 1], [[2], 2]]]]");
        warehouse.refuses("INSERT ds.t (id, s) VALUES (5, (1, ('x', [1, NULL])))", "Array cannot have a null element");
        warehouse.refuses("UPDATE ds.t SET s.b.d = [NULL] WHERE id = 1", "Array cannot have a null element");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "INSERT ds.w VALUES (['2024-01-01'], ('2024-01-02', 1.5))|[[[2024-01-01], [2024-01-02, 1.5]]]",
                "INSERT ds.w VALUES (['2024-01-01', DATE '2024-01-03'], STRUCT(NULL AS x, 2 AS y))|"
                        + "[[[2024-01-01, 2024-01-03], [null, 2]]]",
                "INSERT ds.w VALUES ([], NULL); UPDATE ds.w SET d = ['2024-01-01'], s = ('2024-01-02', 0.5) WHERE TRUE|"
                        + "[[[2024-01-01], [2024-01-02, 0.5]]]",
                "DECLARE d ARRAY<DATE> DEFAULT ['2024-01-01']; INSERT ds.w VALUES (d, ('2024-01-02', 1))|"
                        + "[[[2024-01-01], [2024-01-02, 1]]]",
            })
    void literalsWithinConstructorsBecomeWhatIsWanted(String script, String rows) {
        warehouse.query("CREATE TABLE ds.w (d ARRAY<DATE>, s STRUCT<a DATE, n NUMERIC>)");
        warehouse.query(script);

        assertThat(warehouse.rows("SELECT d, s FROM ds.w")).isEqualTo(rows);
        warehouse.refuses("INSERT ds.w (s) VALUES ((CONCAT('2024', '-01-01'), 1.5))", "STRUCT<STRING, ");
        warehouse.refuses("INSERT ds.w (d) SELECT ['2024-01-01']", "Query column 1 has type ARRAY<STRING>");
    }

    @Test
    void aMergeReadsElementsOfAnArray() {
        warehouse.query(
                "MERGE ds.t USING UNNEST([2, 9]) AS x WITH OFFSET AS place ON t.id = x WHEN MATCHED THEN UPDATE SET n = x * 100"
                        + " WHEN NOT MATCHED THEN INSERT (id, n) VALUES (x, place)");
        warehouse.query(
                "MERGE ds.t USING UNNEST([STRUCT(1 AS id, 7 AS v)]) AS q ON t.id = q.id WHEN MATCHED THEN UPDATE SET n = q.v");

        assertThat(warehouse.rows("SELECT id, n FROM ds.t ORDER BY id"))
                .isEqualTo("[[1, 7], [2, 200], [3, 3], [9, 1]]");
    }

    @Test
    void aMergeSetsFieldsToo() {
        warehouse.query("MERGE ds.t USING (SELECT 1 AS id) q ON t.id = q.id WHEN MATCHED THEN UPDATE SET t.s.b.c = 'm'"
                + " WHEN NOT MATCHED BY SOURCE AND t.id = 2 THEN UPDATE SET s.a = 0");

        assertThat(warehouse.rows("SELECT s.a, s.b.c FROM ds.t ORDER BY id"))
                .isEqualTo("[[10, m], [0, y], [null, null]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE ds.t SET s.a = 1 WHERE TRUE|Cannot set field of NULL STRUCT<",
                "UPDATE ds.t SET s.nope = 1 WHERE TRUE|Field name nope does not exist",
                "UPDATE ds.t SET n.a = 1 WHERE TRUE|Cannot access field a on a value with type INT64",
                "UPDATE ds.t SET s.a = 1, s.A = 2 WHERE TRUE|Update item s.A assigned more than once",
                "UPDATE ds.t SET s.b.c = 'x', s.b = NULL WHERE TRUE|Update item s.b overlaps with s.b.c",
                "UPDATE ds.t SET s.a = 'x' WHERE TRUE|Value of type STRING cannot be assigned to s.a, which has type INT64",
                "UPDATE ds.t SET n = 'x' WHERE TRUE|Value of type STRING cannot be assigned to n, which has type INT64",
                "INSERT ds.t (n) VALUES ('x')|Value has type STRING which cannot be inserted into column n, which has type INT64",
                "INSERT ds.t (id, n) SELECT 1, 'x'|Query column 2 has type STRING which cannot be inserted into column n",
                "UPDATE ds.t SET s.a = SUM(n) WHERE TRUE|Aggregate function not allowed",
                "UPDATE ds.t SET s.b.d[0] = 1 WHERE TRUE|does not support assignments to an element of an array",
                "UPDATE ds.t SET n = 1|UPDATE must have a WHERE clause at [1:1]",
                "DELETE FROM ds.t|DELETE must have a WHERE clause at [1:1]",
                "MERGE ds.t USING (ds.t AS x JOIN ds.t AS y ON TRUE) ON TRUE WHEN MATCHED THEN DELETE|does not support MERGE … USING a join",
            })
    void whatIsWrongIsSaid(String sql, String words) {
        warehouse.refuses(sql, words);
        assertThat(warehouse.rows("SELECT SUM(n), SUM(s.a) FROM ds.t")).isEqualTo("[[6, 30]]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CAST('x' AS INT64)",
                "DIV(1, 0)",
                "9223372036854775807 + 1",
                "ERROR('mine')",
                "[1, NULL][OFFSET(2)]"
            })
    void anErrorOfAValueIsNoFailureOfTheServer(String value) {
        assertThatExceptionOfType(ApiError.class)
                .isThrownBy(() -> warehouse.query("INSERT ds.t (id) VALUES (1), (" + value + ")"))
                .satisfies(e -> assertThat(e.reason()).isEqualTo("invalidQuery"));
    }
}
