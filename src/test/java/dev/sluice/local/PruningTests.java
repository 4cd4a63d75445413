package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.QueryParameterType;
import com.google.api.services.bigquery.model.QueryParameterValue;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What filters save, and where one is required. Each row of {@code n} has eight bytes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PruningTests {

    private static final long BYTES_PER_ROW = 16;
    private static final String REFUSAL =
            "Cannot query over table 'test-project.ds.%s' without a filter over column(s) '%s' that can be used for partition elimination";

    private Warehouse warehouse;

    /** Ten days of January 2024 with one row each, one row without a day, one out of range. */
    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        warehouse = new Warehouse(folder, Clock.fixed(Instant.parse("2024-02-01T00:00:00Z"), ZoneOffset.UTC), 40);
        warehouse.dataset("ds");
        String days =
                "SELECT n, DATE_ADD(DATE '2024-01-01', INTERVAL n DAY) AS day FROM UNNEST(GENERATE_ARRAY(0, 9)) AS n"
                        + " UNION ALL SELECT 10, NULL UNION ALL SELECT 11, DATE '1900-01-01'";
        warehouse.query("CREATE TABLE ds.days PARTITION BY day AS " + days);
        warehouse.query(
                "CREATE TABLE ds.hours PARTITION BY TIMESTAMP_TRUNC(ts, DAY) AS SELECT n, TIMESTAMP_ADD(TIMESTAMP(day),"
                        + " INTERVAL 11 HOUR) AS ts FROM ds.days WHERE day IS NOT NULL AND n < 10");
        warehouse.query(
                "CREATE TABLE ds.ranges PARTITION BY RANGE_BUCKET(id, GENERATE_ARRAY(0, 100, 10)) AS SELECT n, n * 10 AS id"
                        + " FROM ds.days");
        warehouse.query("CREATE TABLE ds.strict PARTITION BY day OPTIONS(require_partition_filter = TRUE) AS " + days);
        warehouse.query("CREATE VIEW ds.seen AS SELECT n AS number, day AS on_day FROM ds.strict");
        warehouse.query(
                "CREATE VIEW ds.ranked AS SELECT n, day, ROW_NUMBER() OVER (ORDER BY n) AS place FROM ds.strict");
        warehouse.query(
                "CREATE TABLE ds.blocks CLUSTER BY org, n AS SELECT CONCAT('o', CAST(MOD(n, 5) AS STRING)) AS org, n"
                        + " FROM UNNEST(GENERATE_ARRAY(0, 19)) AS n");
    }

    @AfterAll
    void close() throws Exception {
        warehouse.close();
    }

    private long processed(String sql) {
        return warehouse.query(sql).statistics().getQuery().getTotalBytesProcessed();
    }

    /** Out of range is never left out; a day that is NULL has no bytes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "day = '2024-01-03' | 2",
                "'2024-01-03' >= day | 4",
                "day < DATE '2024-01-03' | 3",
                "day BETWEEN '2024-01-03' AND '2024-01-05' | 4",
                "day IN ('2024-01-03', '2024-01-05') | 3",
                "day IN UNNEST([DATE '2024-01-03', DATE '2024-01-05']) | 3",
                "day = '2024-01-03' OR day > '2024-01-09' | 3",
                "day = '2024-01-03' AND n = 7 | 2",
                "day IS NULL | 2",
                "day IS NOT NULL | 11",
                "DATE_ADD(day, INTERVAL 1 DAY) < '2024-01-03' | 2",
                "DATE_SUB(day, INTERVAL 1 DAY) > '2024-01-08' | 2",
                "DATE_DIFF(day, '2024-01-01', DAY) <= 1 | 3",
                "DATE_TRUNC(day, MONTH) = '2024-02-01' | 1",
                "EXTRACT(YEAR FROM day) = 2023 | 1",
                "day >= DATE_SUB(DATE '2024-01-12', INTERVAL 3 DAY) | 3",
                "day = '2024-01-03' OR n = 7 | 12",
                "n = 7 | 12",
                "NOT day = '2024-01-03' | 12",
                "day <> '2024-01-03' | 12",
                "day = (SELECT MAX(day) FROM ds.days) | 12",
                "EXTRACT(MONTH FROM day) = 2 | 12",
                "FORMAT_DATE('%Y-%m', day) = '2023-01' | 12",
                "DATE_ADD(day, INTERVAL n DAY) = '2023-01-01' | 12",
            })
    void partitionsAreLeftOutByDocumentedFiltersOnly(String filter, long rows) {
        assertThat(processed("SELECT n, day FROM ds.days WHERE " + filter))
                .isEqualTo(rows * BYTES_PER_ROW - (rows == 12 || filter.endsWith("IS NULL") ? 8 : 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "ts = '2024-01-03 23:00:00' | 1",
                "ts > '2024-01-10 12:00:00+00' | 1",
                "DATE(ts) = '2024-01-03' | 1",
                "CAST(ts AS DATE) = '2024-01-03' | 1",
                "EXTRACT(DATE FROM ts) = '2024-01-03' | 1",
                "TIMESTAMP_TRUNC(ts, MONTH) = '2024-01-01' | 10",
                "TIMESTAMP_TRUNC(ts, DAY) = '2024-01-03' | 1",
                "TIMESTAMP_SUB(ts, INTERVAL 1 DAY) < '2024-01-02' | 2",
                "TIMESTAMP_DIFF(ts, '2024-01-01', DAY) < 1 | 1",
                "FORMAT_TIMESTAMP('%F', ts) = '2024-01-03' | 1",
                "FORMAT_TIMESTAMP('%Y%m%d', ts) IN ('20240103', '20240104') | 2",
                "FORMAT_TIMESTAMP('%H', ts) = '11' | 10",
                "EXTRACT(HOUR FROM ts) = 11 | 10",
                "ts < CURRENT_TIMESTAMP() | 10",
            })
    void partitionsOfTimestampsAreLeftOutByTheirBounds(String filter, long rows) {
        assertThat(processed("SELECT n FROM ds.hours WHERE " + filter)).isEqualTo(rows * BYTES_PER_ROW);
    }

    @ParameterizedTest
    @CsvSource({"id BETWEEN 30 AND 50, 5", "id = 35, 3", "id + 1 BETWEEN 30 AND 50, 12"})
    void rangesAreLeftOutUnlessTheColumnIsComputedWith(String filter, long rows) {
        assertThat(processed("SELECT n FROM ds.ranges WHERE " + filter)).isEqualTo(rows * BYTES_PER_ROW);
    }

    @Test
    void filtersReachThroughSubqueriesJoinsAndViews() {
        long one = 2 * BYTES_PER_ROW;
        assertThat(processed("SELECT number FROM ds.seen WHERE on_day = '2024-01-03'"))
                .isEqualTo(one);
        assertThat(processed("SELECT x.m FROM (SELECT n AS m, day AS d FROM ds.days) AS x WHERE x.d = '2024-01-03'"))
                .isEqualTo(one);
        assertThat(processed("WITH x AS (SELECT n, day FROM ds.days) SELECT n FROM x WHERE day = '2024-01-03'"))
                .isEqualTo(one);
        assertThat(processed("SELECT d.n FROM ds.days AS d JOIN ds.ranges AS r ON d.n = r.n AND d.day = '2024-01-03'"))
                .isEqualTo(one + 12 * 8);
        assertThat(processed("SELECT d, COUNT(*) FROM (SELECT day AS d, MAX(n) AS n FROM ds.days GROUP BY d) WHERE d ="
                        + " '2024-01-03' GROUP BY d"))
                .isEqualTo(one);
    }

    @Test
    void filtersDoNotReachWhereTheyWouldChangeRows() {
        long all = 12 * BYTES_PER_ROW - 8;
        assertThat(processed("SELECT n FROM (SELECT n, day FROM ds.days LIMIT 3) WHERE day = '2024-01-03'"))
                .isEqualTo(all);
        assertThat(processed("SELECT d.n FROM ds.days AS d LEFT JOIN ds.ranges AS r ON d.n = r.n AND d.day ="
                        + " '2024-01-03'"))
                .isEqualTo(all + 12 * 8);
        assertThat(processed("WITH x AS (SELECT n, day FROM ds.days) SELECT a.n FROM x AS a JOIN x AS b ON a.n = b.n"
                        + " WHERE a.day = '2024-01-03' AND b.day = '2024-01-04'"))
                .isEqualTo(all);
    }

    @Test
    void constantsMayBeParametersAndVariables() {
        var day = new QueryParameter()
                .setName("day")
                .setParameterType(new QueryParameterType().setType("DATE"))
                .setParameterValue(new QueryParameterValue().setValue("2024-01-03"));
        var n = new QueryParameter()
                .setName("n")
                .setParameterType(new QueryParameterType().setType("INT64"))
                .setParameterValue(new QueryParameterValue().setValue("2"));
        assertThat(warehouse
                        .query("SELECT n FROM ds.days WHERE n = @n AND day = @day", n, day)
                        .statistics()
                        .getTotalBytesProcessed())
                .isEqualTo(2 * BYTES_PER_ROW);
        assertThat(processed("DECLARE d DATE DEFAULT DATE '2024-01-03'; SELECT n FROM ds.days WHERE day = d"))
                .isEqualTo(2 * BYTES_PER_ROW);
    }

    @Test
    void changesReadAllColumnsOfThePartitionsThatTheyTouch() {
        assertThat(processed("UPDATE ds.days SET n = n WHERE day = '2024-01-03'"))
                .isEqualTo(2 * BYTES_PER_ROW);
        assertThat(processed("MERGE ds.days AS t USING (SELECT 3 AS n) AS s ON t.n = s.n WHEN MATCHED AND t.day ="
                        + " '2024-01-03' THEN UPDATE SET n = s.n WHEN NOT MATCHED BY SOURCE AND t.day = '2024-01-05' THEN"
                        + " UPDATE SET n = t.n"))
                .isEqualTo(3 * BYTES_PER_ROW);
        assertThat(processed("MERGE ds.days AS t USING (SELECT 3 AS n) AS s ON t.n = s.n AND t.day = '2024-01-03' WHEN"
                        + " NOT MATCHED BY SOURCE AND t.day = '2023-01-01' THEN DELETE WHEN NOT MATCHED BY TARGET AND FALSE"
                        + " THEN INSERT (n) VALUES (1)"))
                .isEqualTo(2 * BYTES_PER_ROW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT n FROM ds.strict",
                "SELECT COUNT(*) FROM ds.strict WHERE n = 1",
                "SELECT n FROM ds.strict WHERE day = '2024-01-03' OR n = 1",
                "SELECT number FROM ds.seen WHERE number = 1",
                "SELECT n FROM ds.ranked WHERE day = '2024-01-03'",
                "SELECT n FROM ds.strict WHERE day = (SELECT MAX(day) FROM ds.days)",
                "DELETE FROM ds.strict WHERE n = 1",
                "UPDATE ds.strict SET n = 1 WHERE TRUE",
                "INSERT INTO ds.days SELECT * FROM ds.strict",
                "CREATE TABLE ds.never AS SELECT * FROM ds.strict",
                "MERGE ds.strict AS t USING ds.days AS s ON t.n = s.n WHEN MATCHED THEN DELETE",
                "MERGE ds.days AS t USING ds.strict AS s ON t.n = s.n WHEN MATCHED THEN DELETE",
            })
    void aRequiredFilterIsMissed(String sql) {
        assertThatExceptionOfType(ApiError.class)
                .isThrownBy(() -> warehouse.query(sql))
                .withMessage(REFUSAL.formatted("strict", "day"))
                .matches(error -> error.reason().equals("invalidQuery"));
        assertThatExceptionOfType(ApiError.class).isThrownBy(() -> warehouse.dryRun(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT n FROM ds.strict WHERE day = '2024-01-03'",
                "SELECT n FROM ds.strict WHERE day IS NOT NULL",
                "SELECT number FROM ds.seen WHERE on_day > '2024-01-03'",
                "DELETE FROM ds.strict WHERE day = '2024-01-03' AND n = 99",
                "UPDATE ds.strict SET n = n WHERE day = '2024-01-03'",
                "INSERT INTO ds.strict VALUES (99, '2023-01-01')",
                "MERGE ds.strict AS t USING ds.days AS s ON t.n = s.n AND t.day = '2023-01-02' WHEN MATCHED THEN DELETE",
            })
    void aRequiredFilterIsThere(String sql) {
        assertThat(warehouse.query(sql)).isNotNull();
    }

    @Test
    void aFilterIsRequiredFromThenOn() {
        warehouse.query("CREATE TABLE ds.later PARTITION BY day AS SELECT n, day FROM ds.days");
        warehouse.query("SELECT n FROM ds.later");
        warehouse.query("ALTER TABLE ds.later SET OPTIONS(require_partition_filter = TRUE)");
        assertThatExceptionOfType(ApiError.class).isThrownBy(() -> warehouse.query("SELECT n FROM ds.later"));
        warehouse.query("ALTER TABLE ds.later SET OPTIONS(require_partition_filter = FALSE)");
        warehouse.query("SELECT n FROM ds.later");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                // four rows of 12 bytes for each of o0, o1, … o4: blocks of 40 bytes hold four rows or three
                "org = 'o0' | 4",
                "org = 'o9' | 0",
                "org = 'o0' AND n = 0 | 4",
                "org >= 'o4' | 4",
                "org IN ('o0', 'o4') | 8",
                "UPPER(org) = 'O0' | 20",
                "org < 'o0' OR n >= 0 | 20",
            })
    void blocksAreLeftOutByTheirLeastAndGreatestValues(String filter, long rows) {
        String sql = "SELECT n FROM ds.blocks WHERE " + filter;
        long bytes = processed(sql);
        assertThat(bytes).isBetween(Math.min(rows, 20) * 12, Math.min(20, rows == 0 ? 0 : rows + 3) * 12);
        var estimate = warehouse.dryRun(sql);
        assertThat(estimate.getQuery().getTotalBytesProcessed()).isEqualTo(240);
        assertThat(estimate.getQuery().getTotalBytesProcessedAccuracy()).isEqualTo("UPPER_BOUND");
    }

    @Test
    void aLimitIsComparedWithWhatIsKnownBeforehand() {
        var query = new JobConfigurationQuery()
                .setQuery("SELECT n FROM ds.blocks WHERE org = 'o9'")
                .setUseLegacySql(false)
                .setMaximumBytesBilled(1L);
        assertThatExceptionOfType(ApiError.class)
                .isThrownBy(() -> warehouse.query(query))
                .withMessage("Query exceeded limit for bytes billed: 1. 10485760 or higher required.");
        assertThat(warehouse.dryRun("SELECT n FROM ds.days").getQuery().getTotalBytesProcessedAccuracy())
                .isEqualTo("PRECISE");
    }
}
