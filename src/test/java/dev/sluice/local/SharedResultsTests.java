package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.CopyJobConfiguration;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.InsertAllRequest;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableId;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results with the same columns share a DuckDB table, of which nobody may notice anything. */
@Timeout(60)
class SharedResultsTests {

    @TempDir
    private Path folder;

    private final MovableClock clock =
            new MovableClock(Clock.fixed(Instant.parse("2024-01-01T00:00:00Z"), ZoneOffset.UTC));
    private LocalServer server;

    @BeforeEach
    void open() throws Exception {
        server = LocalServer.open(folder, clock);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private TableId result(String sql) throws InterruptedException {
        Job job = server.query(sql, query -> query.setUseQueryCache(false));
        return ((QueryJobConfiguration) job.getConfiguration()).getDestinationTable();
    }

    private List<String> rows(TableId table) throws InterruptedException {
        return server.column("SELECT n FROM `%s.%s`".formatted(table.getDataset(), table.getTable()));
    }

    /** How many tables results share. */
    private long tables() throws SQLException {
        server.close();
        try (var connection = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("bigquery.duckdb"));
                var statement = connection.createStatement();
                var result =
                        statement.executeQuery("SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'data'")) {
            result.next();
            return result.getLong(1);
        }
    }

    @Test
    void eachHasItsOwnRows() throws Exception {
        TableId one = result("SELECT 1 AS n UNION ALL SELECT 2 ORDER BY n");
        TableId other = result("SELECT 3 AS n");
        TableId empty = result("SELECT 4 AS n FROM UNNEST([1]) WHERE FALSE");

        assertThat(rows(one)).containsExactly("1", "2");
        assertThat(rows(other)).containsExactly("3");
        assertThat(rows(empty)).isEmpty();
        assertThat(server.client().getTable(one).getNumRows()).isEqualTo(2);
        assertThat(server.client().listTableData(other).iterateAll()).hasSize(1);
        assertThat(tables()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99, 100, 101, 250})
    void fewAreToldAsManyAre(int count) throws Exception {
        String sql =
                "SELECT n, IF(n = 3, NULL, [STRUCT('é' AS a, n / 2 AS b)]) AS x FROM UNNEST(GENERATE_ARRAY(1, %d)) AS n ORDER BY n DESC"
                        .formatted(count);
        Job job = server.query(sql, query -> query.setUseQueryCache(false));
        String path = "/queries/%s?maxResults=".formatted(job.getJobId().getJob());

        String told = server.send("GET", path + 1000, "").body();
        String first = server.send("GET", path + 60, "").body();
        server.reopen();

        assertThat(server.send("GET", path + 1000, "").body()).isEqualTo(told);
        assertThat(server.send("GET", path + 60, "").body()).isEqualTo(first);
        assertThat(told).contains("\"totalRows\":\"%d\"".formatted(count));
    }

    @Test
    void momentsAreToldAsTheyAreAskedFor() throws Exception {
        Job job = server.query("SELECT TIMESTAMP '2024-01-02 03:04:05.678901+00' AS t", UnaryOperator.identity());
        String path = "/queries/%s?formatOptions.useInt64Timestamp="
                .formatted(job.getJobId().getJob());

        assertThat(server.send("GET", path + "true", "").body()).contains("\"v\":\"1704164645678901\"");
        assertThat(server.send("GET", path + "false", "").body()).contains("\"v\":\"1704164645.678901\"");
    }

    @Test
    void longRowsAreToldWhole() throws Exception {
        assertThat(server.column("SELECT REPEAT('x', 30000)"))
                .singleElement()
                .satisfies(text -> assertThat(text).hasSize(30000));
    }

    @Test
    void otherColumnsAreAnotherTable() throws Exception {
        result("SELECT 1 AS n");
        result("SELECT '1' AS n");
        result("SELECT 1 AS m");

        assertThat(tables()).isEqualTo(3);
    }

    @Test
    void manyAtOnceAreToldApart() {
        IntStream.range(0, 200).parallel().forEach(i -> {
            try {
                assertThat(server.column("SELECT %d AS n FROM UNNEST(GENERATE_ARRAY(1, 3))".formatted(i)))
                        .containsOnly(String.valueOf(i))
                        .hasSize(3);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void aCopyHasTheRowsOfItsSourceAlone() throws Exception {
        server.people();
        result("SELECT 1 AS n");
        TableId source = result("SELECT 2 AS n");
        var target = TableId.of("house", "copied");

        server.client()
                .create(JobInfo.of(CopyJobConfiguration.of(target, source)))
                .waitFor();

        assertThat(rows(target)).containsExactly("2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO `%s` VALUES (5)",
                "DELETE FROM `%s` WHERE TRUE",
                "UPDATE `%s` SET n = 5 WHERE TRUE",
                "TRUNCATE TABLE `%s`",
                "DROP TABLE `%s`",
                "ALTER TABLE `%s` RENAME TO r",
                "CREATE OR REPLACE TABLE `%s` AS SELECT 5 AS n"
            })
    void noStatementChangesThem(String sql) throws Exception {
        result("SELECT 1 AS n");
        TableId result = result("SELECT 2 AS n");
        String name = result.getDataset() + "." + result.getTable();

        assertThatExceptionOfType(BigQueryException.class)
                .isThrownBy(() -> server.query(sql.formatted(name), UnaryOperator.identity()))
                .withMessageContaining("Results of queries cannot be changed");
        assertThat(rows(result)).containsExactly("2");
    }

    @Test
    void nothingElseChangesThem() throws Exception {
        TableId result = result("SELECT 2 AS n");
        var rows = InsertAllRequest.newBuilder(result).addRow(Map.of("n", 5)).build();

        assertThatExceptionOfType(BigQueryException.class)
                .isThrownBy(() -> server.client().insertAll(rows))
                .withMessageContaining("Results of queries cannot be changed");
        assertThatExceptionOfType(BigQueryException.class)
                .isThrownBy(() -> server.load(result, FormatOptions.json(), "{\"n\":5}"))
                .withMessageContaining("Results of queries cannot be changed");
        assertThat(rows(result)).containsExactly("2");
    }

    @Test
    void nobodyFiltersThem() throws Exception {
        TableId result = result("SELECT 2 AS n");
        String policies = "/datasets/%s/tables/%s/rowAccessPolicies".formatted(result.getDataset(), result.getTable());

        assertThat(server.send("POST", policies, """
                                {"rowAccessPolicyReference":{"policyId":"p"},"filterPredicate":"n > 5"}""").body()).contains("Results of queries cannot be changed");
        assertThat(rows(result)).containsExactly("2");
    }

    @Test
    void theirDatasetIsNobodysToMakeOrRemove() throws Exception {
        TableId result = result("SELECT 2 AS n");
        String dataset = result.getDataset();

        assertThatExceptionOfType(BigQueryException.class)
                .isThrownBy(() -> server.client().create(DatasetInfo.of(dataset)))
                .withMessageContaining("the server's");
        assertThatExceptionOfType(BigQueryException.class)
                .isThrownBy(() -> server.query("CREATE SCHEMA " + dataset, UnaryOperator.identity()))
                .withMessageContaining("the server's");
        assertThat(server.send("DELETE", "/datasets/%s?deleteContents=true".formatted(dataset), "")
                        .body())
                .contains("the server's");
        assertThat(rows(result)).containsExactly("2");
    }

    @Test
    void anIdThatTheServerGivesIsNobodysToChoose() throws Exception {
        assertThat(server.send("POST", "/jobs", """
                                {"jobReference":{"jobId":"job_local_7"},
                                "configuration":{"query":{"query":"SELECT 1","useLegacySql":false}}}""").body()).contains("given by the server");
    }

    @Test
    void oneIsDeletedWithoutTheOthers() throws Exception {
        TableId one = result("SELECT 1 AS n");
        TableId other = result("SELECT 2 AS n");

        assertThat(server.client().delete(one)).isTrue();

        assertThat(server.client().getTable(one)).isNull();
        assertThat(rows(other)).containsExactly("2");
        assertThat(server.column("SELECT 3 AS n")).containsExactly("3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "TIMESTAMP '2024-01-01 00:00:00+00'", "[1]"})
    void oneWithoutRowsIsOneStill(String value) throws Exception {
        server.people();
        TableId none = result("SELECT %s AS n FROM house.people WHERE false".formatted(value));
        server.reopen();

        assertThat(server.client().getTable(none).getNumRows()).isEqualTo(0);
        assertThat(rows(none)).isEmpty();
        assertThat(server.client().delete(none)).isTrue();
        assertThat(server.client().getTable(none)).isNull();
    }

    @Test
    void oneOfARequiredColumnMayHaveNoRows() throws Exception {
        server.query("CREATE SCHEMA strict", UnaryOperator.identity());
        server.query("CREATE TABLE strict.t (n INT64 NOT NULL)", UnaryOperator.identity());

        assertThat(rows(result("SELECT n FROM strict.t"))).isEmpty();
    }

    @Test
    void aNameThatNoneHasIsNobodys() throws Exception {
        TableId result = result("SELECT 1 AS n");
        char digit = result.getTable().charAt(16);
        String other = result.getTable().substring(0, 16)
                + (digit == '0' ? '1' : '0')
                + result.getTable().substring(17);

        assertThat(server.client().getTable(TableId.of(result.getDataset(), other)))
                .isNull();
        assertThat(server.client().getTable(TableId.of(result.getDataset(), result.getTable() + "9")))
                .isNull();
        assertThat(server.client()
                        .getTable(TableId.of(
                                result.getDataset(), result.getTable().replace("_", "_0"))))
                .isNull();
        server.reopen();
        assertThat(server.client().getTable(result)).isNotNull();
    }

    @Test
    void theTableThatTheyShareIsNobodysToRead() throws Exception {
        TableId result = result("SELECT 1 AS n");
        String dataset = result.getDataset();

        assertThatExceptionOfType(BigQueryException.class)
                .isThrownBy(() -> rows(TableId.of(dataset, "t1")))
                .withMessageContaining("Not found");
    }

    @Test
    void theyGoAfterADayAndTheirTableWithThem() throws Exception {
        TableId result = result("SELECT 1 AS n");
        clock.advance(Duration.ofHours(2));
        TableId later = result("SELECT 2 AS n");
        clock.advance(Duration.ofHours(23));

        assertThat(server.client().getTable(result)).isNull();
        assertThat(rows(later)).containsExactly("2");
        assertThat(tables()).isEqualTo(3);

        clock.advance(Duration.ofHours(48));
        server = LocalServer.open(folder, clock);
        assertThat(server.column("SELECT 3 AS n")).containsExactly("3");
        assertThat(server.client().getTable(later)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1"})
    void oneThatTookLongIsThereForADayFromItsEndOn(String least) throws Exception {
        result("SELECT 1 AS n");
        var query = QueryJobConfiguration.of(
                "SELECT COUNT(*) AS n FROM UNNEST(GENERATE_ARRAY(1, 1000000)) a, UNNEST(GENERATE_ARRAY(1, 300)) b"
                        + " WHERE MOD(a + b, 7) = 9 HAVING COUNT(*) > " + least);
        Job job = server.client().create(JobInfo.of(query));
        clock.advance(Duration.ofHours(25));

        job = job.waitFor();
        assertThat(job.getStatistics().getEndTime() - job.getStatistics().getStartTime())
                .isGreaterThan(Duration.ofHours(24).toMillis());
        assertThat(job.getQueryResults().iterateAll()).hasSize(-Integer.parseInt(least));
        TableId result = ((QueryJobConfiguration) job.getConfiguration()).getDestinationTable();
        clock.advance(Duration.ofHours(23));
        server.reopen();
        assertThat(rows(result)).hasSize(-Integer.parseInt(least));
        clock.advance(Duration.ofHours(2));
        assertThat(server.client().getTable(result)).isNull();
    }

    @Test
    void pagesFarBehindHaveTheOrderOfTheRows() throws Exception {
        server.people();
        server.query(
                "CREATE TABLE house.many AS SELECT n FROM UNNEST(GENERATE_ARRAY(1, 600000)) AS n",
                UnaryOperator.identity());
        server.query("DELETE FROM house.many WHERE MOD(n, 3) = 0", UnaryOperator.identity());

        for (int start : List.of(0, 123_456, 399_990)) {
            int first = start / 2 * 3 + 1;
            var page = server.client()
                    .listTableData(
                            TableId.of("house", "many"),
                            BigQuery.TableDataListOption.startIndex(start),
                            BigQuery.TableDataListOption.pageSize(4));
            assertThat(page.getValues())
                    .extracting(row -> row.get(0).getLongValue())
                    .containsExactly(first + 0L, first + 1L, first + 3L, first + 4L);
        }
    }

    @Test
    void aScriptsResultsAreItsOwn() throws Exception {
        result("SELECT 1 AS n");

        assertThat(server.column("BEGIN TRANSACTION; SELECT 2 AS n; COMMIT TRANSACTION; SELECT 3 AS n;"))
                .containsExactly("3");
    }

    @Test
    void whatIsKnownSurvivesANewStart() throws Exception {
        TableId before = result("SELECT 1 AS n");
        server.reopen();

        assertThat(server.column("SELECT 2 AS n")).containsExactly("2");
        assertThat(rows(before)).containsExactly("1");
    }
}
