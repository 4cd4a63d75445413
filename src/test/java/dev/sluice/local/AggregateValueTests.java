package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums and statistics at the edges of their types; the values are those of Google's reference executor. */
class AggregateValueTests extends SharedWarehouse {

    private static final String MOST = "NUMERIC '99999999999999999999999999999'";

    private void answers(String select, String row) {
        assertThat(warehouse.rows("SELECT " + select)).as(select).isEqualTo("[" + row + "]");
    }

    /** DuckDB plans a query in an operand as often as it is written, and so much longer that it seems to hang. */
    @Timeout(20)
    @ParameterizedTest
    @ValueSource(
            strings = {"SUM(CAST(@ AS NUMERIC))", "AVG(CAST(@ AS NUMERIC))", "SUM(@ / 2)", "VARIANCE(@)", "CORR(@, -@)"
            })
    void arePlannedSoonWithQueriesInThem(String aggregate) {
        String query = "DIV((SELECT COUNT(*) FROM UNNEST([1, 2, 3]) AS e WHERE e <= x), 1)";
        answers(aggregate.replace("@", query) + " IS NULL FROM UNNEST([1, 2, 3]) AS x", "[false]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "SUM(x) FROM UNNEST([1e308, 1e308, -1e308]) AS x -> [1.0E308]",
                "SUM(x) FROM UNNEST([1e308, 1e308, CAST('-inf' AS FLOAT64)]) AS x -> [-Infinity]",
                "AVG(x), AVG(-x) FROM UNNEST([1e308, 1e308]) AS x -> [1.0E308, -1.0E308]",
                "SUM(x), SUM(DISTINCT x) FROM UNNEST([$, 1.5, $, -$, -$, 2]) AS x -> [3.5, 3.5]",
                "AVG(x), AVG(DISTINCT x) FROM UNNEST([$, $, $, NULL]) AS x -> [99999999999999999999999999999, 99999999999999999999999999999]",
                "SUM(x) FROM UNNEST([CAST(NULL AS NUMERIC)]) AS x -> [null]",
            })
    void needsOnlyTheResultToFit(String select, String row) {
        answers(select.replace("$", MOST), row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "SUM(x) OVER (ORDER BY i ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) -> [[99999999999999999999999999999], [1], [1], [0]]",
                "AVG(x) OVER (ORDER BY i ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) -> [[99999999999999999999999999999], [0.5], [0.5], [0]]",
            })
    void movesOverWhatFits(String select, String rows) {
        String from = " FROM UNNEST([%1$s, 1 - %1$s, %1$s, -%1$s]) AS x WITH OFFSET AS i ORDER BY i".formatted(MOST);
        assertThat(warehouse.rows("SELECT " + select + from)).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "SUM(x) FROM UNNEST([1e308, 1e308]) AS x -> double overflow",
                "SUM(x) FROM UNNEST([$, $]) AS x -> Error in SUM aggregation: numeric overflow",
            })
    void failsIfTheResultDoesNotFit(String select, String words) {
        warehouse.refuses("SELECT " + select.replace("$", MOST), words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "VAR_SAMP(x), STDDEV(x), VAR_POP(x), CORR(x, 1.0), COVAR_SAMP(x, 1.0), COVAR_POP(x, 1.0) FROM UNNEST([CAST('inf' AS FLOAT64)]) AS x -> [null, null, NaN, null, null, NaN]",
                "VAR_SAMP(x), VAR_POP(x), STDDEV(x) FROM UNNEST([NUMERIC '1.000000001', NUMERIC '1.000000002']) AS x -> [5.0E-19, 2.5E-19, 7.071067811865476E-10]",
                "VAR_SAMP(x), STDDEV_POP(x) FROM UNNEST([$, -$, NUMERIC '0.1']) AS x -> [1.0E58, 8.16496580927726E28]",
                "COVAR_POP(x, x * x), COVAR_SAMP(x, x * x * x), CORR(x, x * x) FROM UNNEST([NUMERIC '1.000000001', NUMERIC '1.000000002', 3]) AS x -> [3.555555551555556, 17.333333317333334, 1.0]",
                "CORR(x, 1.5), COVAR_POP(x, 1.5), VAR_POP(DISTINCT x) FROM UNNEST([NUMERIC '1', 1, 2]) AS x -> [NaN, 0.0, 0.25]",
                "VAR_SAMP(x), VAR_POP(x), CORR(x, y) FROM UNNEST([STRUCT(NUMERIC '1' AS x, CAST(NULL AS NUMERIC) AS y)]) -> [null, 0.0, null]",
                "VAR_POP(x), CORR(x, -x) FROM UNNEST([BIGNUMERIC '1', BIGNUMERIC '1.00000000000000000000000000000000000002']) AS x -> [1.0E-76, -1.0]",
                "VAR_POP(x), STDDEV_POP(x), VAR_SAMP(DISTINCT x) FROM UNNEST([2e304, -2e304]) AS x -> [Infinity, 2.0E304, Infinity]",
                "COVAR_POP(x, -x), CORR(x, -x), COVAR_POP(x, IF(x > 0, 1e-300, 0)) FROM UNNEST([2e304, -2e304]) AS x -> [-Infinity, -1.0, 10000.0]",
            })
    void tellsStatistics(String select, String row) {
        answers(select.replace("$", MOST), row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            quoteCharacter = '`',
            value = {
                "ARRAY_AGG(x LIMIT 0) IS NULL, ARRAY_CONCAT_AGG([x] LIMIT 0) IS NULL, STRING_AGG(x LIMIT 0), STRING_AGG(x, '-' ORDER BY x LIMIT 0) -> [true, true, null, null]",
                "STRING_AGG(CAST(x AS BYTES) LIMIT 0) IS NULL, ARRAY_AGG(x ORDER BY x DESC LIMIT 1) -> [true, [b]]",
            })
    void collectsNothing(String select, String row) {
        answers(select + " FROM UNNEST(['a', 'b']) AS x", row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "(1, 5.5), (2, -0.5), (3, NULL) -> [1, 2]",
                "(1, CAST('-inf' AS FLOAT64)), (2, 7), (NULL, CAST('inf' AS FLOAT64)) -> [null, 1]",
                "(1, 5.5), (2, CAST('nan' AS FLOAT64)), (3, NULL) -> [null, null]",
                "(1, CAST(NULL AS FLOAT64)), (2, NULL) -> [null, null]",
            })
    void findsTheValueOfTheGreatestFloat64(String rows, String row) {
        answers(
                "ANY_VALUE(x HAVING MAX y), MIN_BY(x, y) FROM UNNEST(ARRAY<STRUCT<x INT64, y FLOAT64>>[" + rows + "])",
                row);
    }
}
