package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.QueryParameterType;
import com.google.api.services.bigquery.model.QueryParameterValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rows are in the frame of another one. */
class WindowFrameTests extends SharedWarehouse {

    @BeforeAll
    void fill() {
        warehouse.query("CREATE TABLE ds.f AS SELECT 1 AS id, CAST(NULL AS FLOAT64) AS x"
                + " UNION ALL SELECT 2, CAST('nan' AS FLOAT64) UNION ALL SELECT 3, CAST('-inf' AS FLOAT64)"
                + " UNION ALL SELECT 4, 1.0 UNION ALL SELECT 5, 1.5 UNION ALL SELECT 6, 3.0"
                + " UNION ALL SELECT 7, CAST('inf' AS FLOAT64)");
        warehouse.query("CREATE TABLE ds.n AS SELECT 1 AS id, NUMERIC '-99999999999999999999999999999' AS x"
                + " UNION ALL SELECT 2, 0 UNION ALL SELECT 3, NUMERIC '0.5'"
                + " UNION ALL SELECT 4, NUMERIC '99999999999999999999999999998'"
                + " UNION ALL SELECT 5, NUMERIC '99999999999999999999999999999'");
    }

    private String ids(String table, String window) {
        return warehouse.rows("SELECT STRING_AGG(CAST(id AS STRING), '') OVER (ORDER BY %s) FROM %s ORDER BY id"
                .formatted(window, table));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "x RANGE BETWEEN 1 PRECEDING AND 0.5 FOLLOWING -> [[1], [2], [3], [45], [45], [6], [7]]",
                "x DESC RANGE BETWEEN 0.5 PRECEDING AND 1 FOLLOWING -> [[1], [2], [3], [54], [54], [6], [7]]",
                "x RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING -> [[1], [12], [123], [123], [123], [12345], [1234567]]",
                "x RANGE BETWEEN 1.5 FOLLOWING AND UNBOUNDED FOLLOWING -> [[1234567], [234567], [34567], [67], [67], [7], [7]]",
                "x DESC RANGE BETWEEN 1.5 FOLLOWING AND UNBOUNDED FOLLOWING -> [[1], [21], [321], [321], [321], [54321], [7654321]]",
                "x NULLS LAST RANGE BETWEEN 1 PRECEDING AND UNBOUNDED FOLLOWING -> [[1], [2345671], [345671], [45671], [45671], [671], [71]]",
                "x DESC NULLS FIRST RANGE BETWEEN UNBOUNDED PRECEDING AND 0.5 FOLLOWING -> [[1], [1765432], [176543], [17654], [17654], [176], [17]]",
            })
    void measuresRangesOfFloat64(String window, String ids) {
        assertThat(ids("ds.f", window)).isEqualTo(ids);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "x RANGE BETWEEN 1 PRECEDING AND CURRENT ROW -> [[1], [2], [23], [4], [45]]",
                "x RANGE BETWEEN NUMERIC '0.4' PRECEDING AND NUMERIC '0.5' FOLLOWING -> [[1], [23], [3], [4], [5]]",
                "x RANGE BETWEEN UNBOUNDED PRECEDING AND NUMERIC '99999999999999999999999999999' PRECEDING -> [[null], [1], [1], [1], [12]]",
                "x RANGE BETWEEN NUMERIC '99999999999999999999999999999' PRECEDING AND 1 FOLLOWING -> [[1], [123], [23], [2345], [2345]]",
                "x DESC RANGE BETWEEN 1 PRECEDING AND NUMERIC '99999999999999999999999999999' FOLLOWING -> [[1], [321], [32], [5432], [5432]]",
            })
    void measuresRangesOfNumeric(String window, String ids) {
        assertThat(ids("ds.n", window)).isEqualTo(ids);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "x RANGE BETWEEN 9223372036854775807 PRECEDING AND 9223372036854775807 FOLLOWING -> [[2], [3], [2]]",
                "x DESC RANGE BETWEEN 9223372036854775807 FOLLOWING AND UNBOUNDED FOLLOWING -> [[0], [1], [2]]",
            })
    void doesNotLeaveInt64(String window, String counts) {
        String from = " FROM UNNEST([-9223372036854775807, 0, 9223372036854775807]) AS x ORDER BY x";
        assertThat(warehouse.rows("SELECT COUNT(*) OVER (ORDER BY " + window + ")" + from))
                .isEqualTo(counts);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "SUM(x) OVER (ORDER BY x ROWS BETWEEN NULL PRECEDING AND CURRENT ROW) -> Window framing expression cannot be NULL at [1:45]",
                "SUM(x) OVER (ORDER BY x RANGE CAST(NULL AS INT64) PRECEDING) -> Window framing expression cannot be NULL at [1:38]",
                "SUM(x) OVER (ORDER BY x ROWS -1 PRECEDING) -> Window framing expression cannot evaluate to a negative value at",
                "SUM(x) OVER (ORDER BY x ROWS x PRECEDING) -> Window framing expression must be a literal or parameter at [1:37]",
                "SUM(x) OVER (ORDER BY x, -x RANGE 1 PRECEDING) -> must have exactly one ORDER BY key at",
                "SUM(x) OVER (ORDER BY CAST(x AS STRING) RANGE 1 PRECEDING) -> ORDER BY key must be numeric in a RANGE-based window with OFFSET PRECEDING or OFFSET FOLLOWING boundaries, but has type STRING at [1:30]",
                "SUM(x) OVER (ORDER BY CAST('inf' AS FLOAT64) RANGE CAST('inf' AS FLOAT64) PRECEDING) -> Offset value cannot be positive infinity when there exists a positive infinity order key for an offset PRECEDING on an ascending partition",
                "NTILE(NULL) OVER (ORDER BY x) -> The argument to NTILE must be non-NULL at [1:14]",
                "NTILE(0) OVER (ORDER BY x) -> The argument to NTILE must be at least 1 at [1:14]",
                "NTILE(x) OVER (ORDER BY x) -> The argument to NTILE must be a literal or query parameter at [1:14]",
                "NTH_VALUE(x, 0) OVER (ORDER BY x) -> Argument 2 to NTH_VALUE must be at least 1 at [1:21]",
                "LAG(x, NULL) OVER (ORDER BY x) -> Argument 2 to LAG must be non-NULL at [1:15]",
                "LAG(x, 1, x) OVER (ORDER BY x) -> The third argument (the default expression) to LAG must be constant at [1:18]",
                "LEAD(x, 1, (SELECT 1)) OVER (ORDER BY x) -> The third argument (the default expression) to LEAD must be constant at",
                "LEAD(COUNT(*), 1, x) OVER (ORDER BY x) FROM UNNEST([1]) AS x GROUP BY x -> The third argument (the default expression) to LEAD must be constant at",
            })
    void refusesWhatIsNoOffset(String select, String words) {
        warehouse.refuses("SELECT " + select + (select.contains("FROM") ? "" : " FROM UNNEST([1, 2]) AS x"), words);
    }

    /** Other functions over the same keys have DuckDB miss one of them now and then. */
    @RepeatedTest(40)
    void findsAllRowsOfItsKeyWhereAnOffsetLeadsNowhere(RepetitionInfo time) {
        String ties = "(SELECT x, id FROM ds.f UNION ALL SELECT x, id + 10 FROM ds.f)";
        String before = "OVER (ORDER BY x RANGE BETWEEN UNBOUNDED PRECEDING AND %s PRECEDING)";
        String after = "OVER (ORDER BY x RANGE BETWEEN %s FOLLOWING AND UNBOUNDED FOLLOWING)";
        String select = "SELECT id, COUNT(*) %1$s, SUM(id) %1$s, MAX(id) %2$s, COUNT(*) %3$s, COUNT(*) %4$s FROM %5$s"
                + " WHERE x IS NULL OR IS_NAN(x) OR IS_INF(x) ORDER BY id --" + time.getCurrentRepetition();
        String counts = "[[1, 2, 12, 11, 8, 8], [2, 4, 26, 12, 6, 6], [3, 6, 42, 13, 4, 4], [7, 8, 66, 17, 2, 2],"
                + " [11, 2, 12, 11, 8, 8], [12, 4, 26, 12, 6, 6], [13, 6, 42, 13, 4, 4], [17, 8, 66, 17, 2, 2]]";
        assertThat(warehouse.rows(select.formatted(
                        before.formatted("1"),
                        before.formatted("2"),
                        after.formatted("1"),
                        after.formatted("2"),
                        ties)))
                .isEqualTo(counts);
    }

    @RepeatedTest(40)
    void findsAllRowsOfItsKeyWhereTheOffsetIsZero(RepetitionInfo time) {
        String before = "OVER (ORDER BY x RANGE BETWEEN UNBOUNDED PRECEDING AND %s PRECEDING)";
        String select =
                "SELECT x, COUNT(*) %1$s, SUM(x) %1$s, MAX(x) %2$s, COUNT(*) %2$s FROM UNNEST([3, 1, 1, 2, 1]) AS x ORDER BY x --"
                        + time.getCurrentRepetition();
        assertThat(warehouse.rows(select.formatted(before.formatted("0"), before.formatted("@p")), parameter("0")))
                .isEqualTo("[[1, 3, 3, 1, 3], [1, 3, 3, 1, 3], [1, 3, 3, 1, 3], [2, 4, 5, 2, 4], [3, 5, 8, 3, 5]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            nullValues = "NULL",
            value = {
                "SUM(x) OVER (ORDER BY x ROWS @p PRECEDING) -> NULL -> The boundary offset value cannot be null",
                "SUM(x) OVER (ORDER BY x ROWS @p PRECEDING) -> -1 -> Window frame offset for PRECEDING or FOLLOWING must be non-negative, but was -1",
                "SUM(x) OVER (ORDER BY x RANGE @p PRECEDING) -> -1 -> Window frame offset for PRECEDING or FOLLOWING must be non-negative, but was -1",
                "NTILE(@p) OVER (ORDER BY x) -> NULL -> The argument to NTILE must be non-NULL",
                "NTILE(@p) OVER (ORDER BY x) -> 0 -> The argument to NTILE must be at least 1",
                "LAG(x, @p) OVER (ORDER BY x) -> -1 -> Argument 2 to LAG must not be negative",
            })
    void looksAtParametersWhenTheyAreKnown(String select, @Nullable String value, String words) {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> warehouse.query("SELECT " + select + " FROM UNNEST([1, 2]) AS x", parameter(value)))
                .withMessageContaining(words);
    }

    private static QueryParameter parameter(@Nullable String value) {
        return new QueryParameter()
                .setName("p")
                .setParameterType(new QueryParameterType().setType("INT64"))
                .setParameterValue(new QueryParameterValue().setValue(value));
    }
}
