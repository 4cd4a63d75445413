package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of groups; Google's reference executor says the same. */
class GroupedValueTests extends SharedWarehouse {

    private static final String DAYS = "UNNEST([DATE '2024-01-05', DATE '2024-02-06']) AS d";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SELECT t.a, SUM(t.b) FROM (SELECT AS STRUCT 1 AS a, v AS b FROM UNNEST([2, 5]) AS v) AS t GROUP BY t ORDER BY t.b|"
                        + "[[1, 2], [1, 5]]",
                "SELECT a FROM (SELECT AS STRUCT 1 AS a, 2 AS b) AS t GROUP BY t|[[1]]",
                "SELECT s.a, COUNT(*) FROM (SELECT STRUCT(v AS a, 7 AS b) AS s FROM UNNEST([1, 1, 2]) AS v) GROUP BY s"
                        + " HAVING s.b = 7 AND (SELECT s.a) < 2 ORDER BY s.a|[[1, 2]]",
                "SELECT s.x.y + 1 FROM (SELECT STRUCT(STRUCT(3 AS y) AS x) AS s) GROUP BY s.x|[[4]]",
            })
    void areFieldsOfStructs(String sql, String rows) {
        assertThat(warehouse.rows(sql)).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "SELECT v, (SELECT v + 1) AS q FROM UNNEST([1, 2]) AS v GROUP BY v HAVING q > 2|[[2, 3]]",
                "SELECT ARRAY_AGG(v ORDER BY v) AS l FROM UNNEST([1, 2]) AS v HAVING EXISTS (SELECT 1 FROM UNNEST(l) AS e WHERE e > 1)|"
                        + "[[[1, 2]]]",
                "SELECT ARRAY_AGG(v) AS l FROM UNNEST([1, 2]) AS v HAVING EXISTS (SELECT 1 FROM UNNEST(l) AS e WHERE e > 2)|[]",
                "SELECT v, SUM(v) AS s FROM UNNEST([1, 2, 2]) AS v GROUP BY v HAVING (SELECT s) > 0 ORDER BY (SELECT -s)|"
                        + "[[2, 4], [1, 1]]",
                "SELECT STRUCT(v AS a) AS s FROM UNNEST([1, 2]) AS v ORDER BY s.a DESC|[[[2]], [[1]]]",
            })
    void areItemsOfTheSelectListWithinQueries(String sql, String rows) {
        assertThat(warehouse.rows(sql)).isEqualTo(rows);
    }

    /** An expression over keys is NULL where they are not told apart; an item of the list is the key that it was made. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "DATE_TRUNC(d, MONTH), d|ROLLUP (DATE_TRUNC(d, MONTH), d)|d, 1|"
                        + "[[null, null], [null, null], [null, null], [2024-01-01, 2024-01-05], [2024-02-01, 2024-02-06]]",
                "DATE_TRUNC(d, MONTH) AS m, d|ROLLUP (m, d)|d, m|"
                        + "[[null, null], [2024-01-01, null], [2024-02-01, null], [2024-01-01, 2024-01-05], [2024-02-01, 2024-02-06]]",
                "DATE_TRUNC(d, MONTH), d|ROLLUP (1, 2)|d, 1|"
                        + "[[null, null], [2024-01-01, null], [2024-02-01, null], [2024-01-01, 2024-01-05], [2024-02-01, 2024-02-06]]",
                "GROUPING(DATE_TRUNC(d, MONTH)), d|ROLLUP (DATE_TRUNC(d, MONTH), d)|d, 1|"
                        + "[[0, null], [0, null], [1, null], [0, 2024-01-05], [0, 2024-02-06]]",
                "COUNT(*)|GROUPING SETS ((SELECT EXTRACT(DAY FROM d)), ())|1|[[1], [1], [2]]",
            })
    void areComputedOfKeys(String list, String groups, String order, String rows) {
        assertThat(warehouse.rows("SELECT " + list + " FROM " + DAYS + " GROUP BY " + groups + " ORDER BY " + order))
                .isEqualTo(rows);
    }
}
