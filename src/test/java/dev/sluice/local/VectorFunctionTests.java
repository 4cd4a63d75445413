package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Distances of vectors; the values are those of Google's reference executor. */
class VectorFunctionTests extends SharedWarehouse {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "COSINE_DISTANCE([1.0, 2.0], [3.0, 4.0]), COSINE_DISTANCE([1, 0], [0, 1]), COSINE_DISTANCE([1.0, 2.0], [-2.0, -4.0]) -> 0.01613008990009257, 1.0, 1.9999999999999998",
                "COSINE_DISTANCE([1.0, CAST('inf' AS FLOAT64)], [1, 2]), COSINE_DISTANCE(NULL, [1.0]), SAFE.COSINE_DISTANCE([0.0], [1.0]) -> NaN, null, null",
                "EUCLIDEAN_DISTANCE([1, 2], [3, 4.0]), EUCLIDEAN_DISTANCE([0.1, 0.2, 0.3, 0.7], [0.5, 1.6, 2.7, 9.1]) -> 2.8284271247461903, 8.85663593019381",
                "EUCLIDEAN_DISTANCE(CAST([] AS ARRAY<FLOAT64>), CAST([] AS ARRAY<FLOAT64>)), EUCLIDEAN_DISTANCE([1.0, CAST('-inf' AS FLOAT64)], [1, 2]) -> 0.0, Infinity",
                "EUCLIDEAN_DISTANCE(x, [1e-300, -0.0]) FROM (SELECT [1e-300, CAST('nan' AS FLOAT64)] AS x) -> NaN",
            })
    void areThoseOfTheReference(String select, String row) {
        assertThat(warehouse.rows("SELECT " + select)).isEqualTo("[[" + row + "]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "EUCLIDEAN_DISTANCE([1.0, 2.0], [3.0]) -> Array length mismatch: 2 and 1",
                "EUCLIDEAN_DISTANCE([1.0], [CAST(NULL AS FLOAT64)]) -> NULL array element in second argument",
                "COSINE_DISTANCE([0.0, 0.0], [CAST('nan' AS FLOAT64), 1.0]) -> Cannot compute cosine distance against zero vector",
                "COSINE_DISTANCE([1e200], [1.0]) -> double overflow: 1e+200 * 1e+200",
                "EUCLIDEAN_DISTANCE([1.7e308], [-1.7e308]) -> double overflow: 1.7e+308 - -1.7e+308",
                "EUCLIDEAN_DISTANCE(x, [1.0]) FROM (SELECT [1] AS x) -> No matching signature for EUCLIDEAN_DISTANCE",
                "EUCLIDEAN_DISTANCE([(1, 1.0)], [(1, 2.0)]) -> does not support vectors that are arrays of structs",
            })
    void failWhereTheReferenceDoes(String select, String message) {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> warehouse.query("SELECT " + select))
                .withMessageContaining(message);
    }
}
