package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Percentiles over windows; the values are those of Google's reference executor. */
class PercentileTests extends SharedWarehouse {

    private void answers(String select, String from, String row) {
        assertThat(warehouse.rows("SELECT " + select + " FROM UNNEST(" + from + ") AS x LIMIT 1"))
                .isEqualTo("[" + row + "]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "10 -> PERCENTILE_DISC(x, 0.9) OVER (), PERCENTILE_DISC(x, 0.8) OVER (), PERCENTILE_DISC(x, 0.3) OVER () -> [10, 9, 3]",
                "10 -> PERCENTILE_DISC(x, NUMERIC '0.9') OVER (), PERCENTILE_DISC(x, NUMERIC '0.8') OVER () -> [9, 8]",
                "100 -> PERCENTILE_DISC(x, 0.07) OVER (), PERCENTILE_DISC(x, NUMERIC '0.07') OVER () -> [8, 7]",
                "100 -> PERCENTILE_DISC(x, 0.28) OVER (), PERCENTILE_DISC(x, NUMERIC '0.28') OVER () -> [29, 28]",
                "1000 -> PERCENTILE_DISC(x, 0.05) OVER (), PERCENTILE_DISC(x, 0.95) OVER (), PERCENTILE_DISC(x, 0.999) OVER () -> [51, 950, 999]",
                "5 -> PERCENTILE_DISC(x, BIGNUMERIC '0.40000000000000000000000000000000000001') OVER (), PERCENTILE_DISC(x, BIGNUMERIC '0.4') OVER () -> [3, 2]",
                "9 -> PERCENTILE_DISC(x, 0.3333333333333333) OVER (), PERCENTILE_DISC(x, 0) OVER (), PERCENTILE_DISC(x, 1) OVER () -> [3, 1, 9]",
            })
    void takesTheFirstValueThatAsManyDoNotExceed(int count, String select, String row) {
        answers(select, "GENERATE_ARRAY(1, " + count + ")", row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "PERCENTILE_CONT(x, 0.5) OVER (), PERCENTILE_CONT(x, 0.3) OVER (), PERCENTILE_CONT(x, 1) OVER () -> [3.0, 1.9, 10.0]",
                "PERCENTILE_CONT(x, NUMERIC '0.5') OVER (), PERCENTILE_CONT(x, NUMERIC '0.333333333') OVER () -> [3, 1.999999999]",
                "FORMAT('%T', PERCENTILE_CONT(x, NUMERIC '0.3') OVER ()), FORMAT('%T', PERCENTILE_CONT(x, 0.3) OVER ()) -> [NUMERIC \"1.9\", 1.9]",
                "CAST(PERCENTILE_CONT(CAST(x AS BIGNUMERIC), NUMERIC '0.1') OVER () AS STRING), CAST(PERCENTILE_CONT(x, BIGNUMERIC '1e-38') OVER () AS STRING) -> [1.3, 1.00000000000000000000000000000000000003]",
                "PERCENTILE_CONT(x / 1000000000, NUMERIC '0.5') OVER (), PERCENTILE_CONT(-x / 1000000000, NUMERIC '0.25') OVER () -> [0.000000003, -0.000000006]",
            })
    void liesBetweenDecimals(String select, String row) {
        answers(select, "[NUMERIC '1', 2, NULL, 4, 10]", row);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "PERCENTILE_CONT(x, 1.5) OVER () -> Argument 2 to PERCENTILE_CONT must be between 0 and 1 at [1:27]",
                "PERCENTILE_DISC(x, -0.5) OVER () -> Argument 2 to PERCENTILE_DISC must be between 0 and 1 at",
                "PERCENTILE_CONT(x, NULL) OVER () -> Argument 2 to PERCENTILE_CONT must be non-NULL at [1:27]",
                "PERCENTILE_CONT(x, x) OVER () -> Argument 2 to PERCENTILE_CONT must be a literal or query parameter at [1:27]",
                "PERCENTILE_CONT(x, NUMERIC '1e-500') OVER () -> NUMERIC",
            })
    void refusesWhatIsNoPart(String select, String words) {
        warehouse.refuses("SELECT " + select + " FROM UNNEST([0.5]) AS x", words);
    }
}
