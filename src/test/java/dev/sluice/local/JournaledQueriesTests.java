package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody sees that results and jobs of queries are in a journal at first. */
@Timeout(60)
class JournaledQueriesTests {

    private static final int TRIES = 20;
    private static final String JOURNAL = "bigquery.journal";

    @TempDir
    private Path folder;

    private LocalServer server;
    private int jobs;

    @BeforeEach
    void open() throws Exception {
        server = LocalServer.open(folder);
    }

    @AfterEach
    void close() {
        server.close();
    }

    /** A query whose result and job are in the journal when this returns, and were not in DuckDB shortly before. */
    private JobId journaled(String sql) throws Exception {
        for (int i = 0; i < TRIES; i++) {
            JobId id = begun(sql);
            if (Files.readString(folder.resolve(JOURNAL)).contains(id.getJob() + '"')) {
                return id;
            }
        }
        throw new AssertionError("never in the journal: " + sql);
    }

    private JobId begun(String sql) {
        JobId id = JobId.of("told" + jobs++);
        var query = QueryJobConfiguration.newBuilder(sql).setUseQueryCache(false);
        server.client().create(JobInfo.newBuilder(query.build()).setJobId(id).build());
        return id;
    }

    private static List<FieldValueList> rows(LocalServer server, JobId id) throws InterruptedException {
        return server.client().getJob(id).getQueryResults().streamAll().toList();
    }

    private static TableId result(LocalServer server, JobId id) {
        QueryJobConfiguration query = server.client().getJob(id).getConfiguration();
        return query.getDestinationTable();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 AS n",
                "SELECT n FROM UNNEST([3, NULL, 1]) n WITH OFFSET o ORDER BY o",
                "SELECT n FROM UNNEST([1]) n WHERE n > 1",
                "SELECT -9223372036854775808 AS a, '' AS b, 'a\\001ä\\n\\\"\\'😀' AS c, TRUE AS d, CAST(NULL AS STRING) AS e",
                "SELECT 5e-324 AS a, -0.0 AS b, CAST('nan' AS FLOAT64) AS c, CAST('-inf' AS FLOAT64) AS d, 0.1 AS e,"
                        + " 1.7976931348623157e308 AS f, 1e15 AS g, 123456789.123 AS h",
                "SELECT NUMERIC '-99999999999999999999999999999.999999999' AS a, NUMERIC '0.000000001' AS b, NUMERIC '10' AS c",
                "SELECT DATE '0001-01-01' AS a, DATE '9999-12-31' AS b, DATE '2024-02-29' AS c",
            })
    void areFoundAfterAKillAsTheyWereTold(String sql) throws Exception {
        JobId id = journaled(sql);
        List<FieldValueList> told = rows(server, id);

        try (var killed = LocalServer.killed(folder)) {
            assertThat(rows(killed, id)).isEqualTo(told);
            assertThat(killed.client().listTableData(result(killed, id)).streamAll())
                    .isEqualTo(told);
        }
        assertThat(server.client().listTableData(result(server, id)).streamAll())
                .isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT TIMESTAMP '2024-01-01 00:00:00.5+00' AS a, [1, 2] AS b, STRUCT(1 AS x) AS c, b'ab' AS d",
                "SELECT DATETIME '0001-01-01 00:00:00' AS a, TIME '00:00:00.5' AS b, JSON '{\\\"a\\\": 1}' AS c",
                "SELECT n FROM UNNEST(GENERATE_ARRAY(1, 101)) n",
                "SELECT REPEAT('x', 10001) AS a",
            })
    void otherResultsAreWrittenAtOnce(String sql) throws Exception {
        begun(sql);
        JobId id = begun(sql);
        List<FieldValueList> told = rows(server, id);

        assertThat(Files.readString(folder.resolve(JOURNAL))).doesNotContain(id.getJob());
        try (var killed = LocalServer.killed(folder)) {
            assertThat(rows(killed, id)).isEqualTo(told);
        }
    }

    @Test
    void longTextsAreWrittenAtOnce() throws Exception {
        otherResultsAreWrittenAtOnce("SELECT 1 AS a, 2 AS b -- " + "x".repeat(100_000));
    }

    @Test
    void areRowsOfATableAtOnce() throws Exception {
        TableId table = result(server, journaled("SELECT 7 AS n"));

        assertThat(server.column("SELECT n FROM `%s.%s`".formatted(table.getDataset(), table.getTable())))
                .containsExactly("7");
    }

    @Test
    void areJobsAtOnce() throws Exception {
        String id = journaled("SELECT 7 AS n").getJob();

        assertThat(server.column("SELECT state FROM `region-us`.INFORMATION_SCHEMA.JOBS WHERE job_id = '" + id + "'"))
                .containsExactly("DONE");
        id = journaled("SELECT 7 AS n").getJob();
        assertThat(server.send("GET", "/jobs", "").body()).contains('"' + id + '"');
        id = journaled("SELECT 7 AS n").getJob();
        assertThat(server.send("DELETE", "/jobs/" + id + "/delete", "").statusCode())
                .isEqualTo(200);
        assertThat(server.send("GET", "/jobs/" + id, "").statusCode()).isEqualTo(404);
    }

    @Test
    void haveIdsThatAreTaken() throws Exception {
        String id = journaled("SELECT 7 AS n").getJob();
        String again = """
                {"jobReference":{"jobId":"%s"},"configuration":{"query":{"query":"SELECT 8","useLegacySql":false}}}""".formatted(id);

        assertThat(server.send("POST", "/jobs", again).body()).contains("Already Exists");
        assertThat(server.send("POST", "/jobs", again.replace("SELECT 8", "CREATE SCHEMA s"))
                        .body())
                .contains("Already Exists");
        try (var killed = LocalServer.killed(folder)) {
            assertThat(killed.send("POST", "/jobs", again).body()).contains("Already Exists");
            assertThat(rows(killed, JobId.of(id)))
                    .singleElement()
                    .satisfies(row -> assertThat(row.get(0).getLongValue()).isEqualTo(7));
        }
    }

    @Test
    void answerFromTheCacheOutOfTheJournal() throws Exception {
        String query = """
                {"query":"SELECT 'once' AS n","useLegacySql":false}""";
        server.send("POST", "/queries", query.replace("once", "before"));
        server.send("POST", "/queries", query);

        for (int i = 0; i < TRIES; i++) {
            String asked = query.replace("{\"query\"", "{\"requestId\":\"cached%d\",\"query\"".formatted(i));
            String answer = server.send("POST", "/queries", asked).body();

            assertThat(answer).contains("\"cacheHit\":true", "{\"v\":\"once\"}");
            if (Files.readString(folder.resolve(JOURNAL)).contains("job_cached" + i)) {
                return;
            }
        }
        throw new AssertionError("never in the journal");
    }

    @Test
    void mayBeAskedInTextsThatAreNoUnicode() throws Exception {
        journaled("SELECT 7 AS n");
        String query = """
                {"jobReference":{"jobId":"half"},"configuration":{"query":{"query":"SELECT 7 AS n -- \\ud83d","useLegacySql":false}}}""";
        assertThat(server.send("POST", "/jobs", query).statusCode()).isEqualTo(200);
        server.reopen();

        assertThat(rows(server, JobId.of("half"))).hasSize(1);
    }
}
