package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.DatasetInfo;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "After you replace an existing table … you can use FOR SYSTEM_TIME AS OF to query the previous version". */
class ReplacedTableTests {

    private static final Instant START = Instant.parse("2024-05-01T00:00:00Z");

    @TempDir
    private Path folder;

    private final MovableClock clock = new MovableClock(Clock.fixed(START, ZoneOffset.UTC));
    private LocalServer server;
    private int jobs;

    @BeforeEach
    void open() throws Exception {
        server = LocalServer.open(folder, clock);
        server.client().create(DatasetInfo.of("house"));
        query("CREATE TABLE house.t AS SELECT 1 AS n");
        clock.advance(Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void query(String sql) throws InterruptedException {
        server.query(sql, UnaryOperator.identity());
    }

    private List<String> at(String columns, int seconds) throws InterruptedException {
        return server.column("SELECT %s FROM house.t FOR SYSTEM_TIME AS OF TIMESTAMP '%s' AS t ORDER BY 1"
                .formatted(columns, START.plusSeconds(seconds)));
    }

    private String job(String configuration) throws Exception {
        String id = "job" + jobs++;
        String answer = server.send(
                        "POST",
                        "/jobs",
                        "{'jobReference':{'jobId':'%s'},'configuration':{%s}}"
                                .formatted(id, configuration)
                                .replace('\'', '"'))
                .body();
        return answer.contains("\"error\"") ? answer : server.end(id);
    }

    private String copy(String from, String to, String more) throws Exception {
        return job("'copy':{'sourceTable':{'datasetId':'house','tableId':'%s'},'destinationTable':{'datasetId':'house',"
                        .formatted(from)
                + "'tableId':'%s'}%s}".formatted(to, more));
    }

    @Test
    void itIsReadAsItWas() throws Exception {
        query("CREATE OR REPLACE TABLE house.t AS SELECT 'a' AS s UNION ALL SELECT 'b'");
        clock.advance(Duration.ofSeconds(10));
        query("CREATE OR REPLACE TABLE house.t (d DATE)");
        clock.advance(Duration.ofSeconds(10));
        query("INSERT house.t VALUES ('2024-01-31')");

        assertThat(at("*", 0)).containsExactly("1");
        assertThat(at("n", 9)).containsExactly("1");
        assertThat(at("s", 10)).containsExactly("a", "b");
        assertThat(at("d", 20)).isEmpty();
        assertThat(at("CAST(d AS STRING)", 30)).containsExactly("2024-01-31");
        assertThat(server.column("SELECT CONCAT(old.n, d) FROM house.t,"
                        + " house.t FOR SYSTEM_TIME AS OF TIMESTAMP '2024-05-01 00:00:05+00' AS old"))
                .containsExactly("12024-01-31");
        assertThat(server.send("GET", "/datasets/house/tables/t", "").body())
                .contains("\"id\":\"sluice-local:house.t\"")
                .doesNotContain("_sluice_");
    }

    @Test
    void whatIsReadOfItIsCharged() throws Exception {
        query("CREATE OR REPLACE TABLE house.t AS SELECT 'abc' AS s");
        String query = "'query':{'useLegacySql':false,'query':'SELECT %s'}";

        assertThat(job(query.formatted("n FROM house.t FOR SYSTEM_TIME AS OF \\'2024-05-01 00:00:05+00\\'")))
                .contains("\"totalBytesProcessed\":\"8\"");
        assertThat(job(query.formatted("s FROM house.t FOR SYSTEM_TIME AS OF \\'2024-05-01 00:00:10+00\\'")))
                .contains("\"totalBytesProcessed\":\"5\"");
        clock.advance(Duration.ofSeconds(10));
        query("CREATE OR REPLACE TABLE house.t AS SELECT 1 AS n, 'abc' AS s, 'abcd' AS more");
        clock.advance(Duration.ofSeconds(10));
        query("CREATE OR REPLACE TABLE house.t AS SELECT TRUE AS b");
        assertThat(job(query.formatted("n, s FROM house.t FOR SYSTEM_TIME AS OF \\'2024-05-01 00:00:25+00\\'")))
                .contains("\"totalBytesProcessed\":\"13\"");
    }

    @Test
    void partitionFiltersAreNotBypassed() throws Exception {
        query("DROP TABLE house.t");
        query("CREATE TABLE house.t PARTITION BY d OPTIONS (require_partition_filter = TRUE)"
                + " AS SELECT DATE '2024-01-01' AS d");
        clock.advance(Duration.ofSeconds(10));
        query("CREATE OR REPLACE TABLE house.t PARTITION BY d AS SELECT DATE '2024-01-01' AS d");

        Assertions.assertThatThrownBy(() -> at("*", 15)).hasMessageContaining("requires a partition filter");
    }

    @Test
    void otherColumnsOfATruncationReplaceIt() throws Exception {
        assertThat(job("'query':{'useLegacySql':false,'query':'SELECT 2.5 AS x','writeDisposition':'WRITE_TRUNCATE',"
                        + "'destinationTable':{'projectId':'sluice-local','datasetId':'house','tableId':'t'}}"))
                .doesNotContain("errorResult");
        clock.advance(Duration.ofSeconds(10));
        query("CREATE TABLE house.u AS SELECT TRUE AS b");
        assertThat(copy("u", "t", ",'writeDisposition':'WRITE_TRUNCATE'")).doesNotContain("errorResult");

        assertThat(at("n", 5)).containsExactly("1");
        assertThat(at("x", 15)).containsExactly("2.5");
        assertThat(at("b", 20)).containsExactly("true");
        assertThat(copy("t@-15000", "v", "")).contains("\"copiedRows\":\"1\"");
        assertThat(server.column("SELECT n FROM house.v")).containsExactly("1");
    }

    @Test
    void aTableHasItsFirstRowsFromItsCreationOn() throws Exception {
        assertThat(copy("t@0", "u", "")).contains("\"copiedRows\":\"1\"");
        clock.advance(Duration.ofSeconds(10));
        query("INSERT house.u VALUES (2)");
        assertThat(copy("u@0", "v", "")).contains("\"copiedRows\":\"1\"");
        query("CREATE OR REPLACE TABLE house.u AS SELECT 3 AS n");

        assertThat(copy("u@0", "w", "")).contains("\"copiedRows\":\"1\"");
        assertThat(server.column("SELECT n FROM house.w")).containsExactly("1");
    }

    @Test
    void copiesAndClonesOfItAreMade() throws Exception {
        query("CREATE OR REPLACE TABLE house.t AS SELECT 'a' AS s");

        query("CREATE TABLE house.u CLONE house.t FOR SYSTEM_TIME AS OF TIMESTAMP '2024-05-01 00:00:05+00'");
        clock.advance(Duration.ofSeconds(10));
        query("CREATE OR REPLACE TABLE house.t COPY house.u");

        assertThat(server.column("SELECT n FROM house.t")).containsExactly("1");
        assertThat(at("s", 10)).containsExactly("a");
    }

    @Test
    void aTableThatIsMadeAnewIsAnother() throws Exception {
        query("DROP TABLE house.t");
        query("CREATE OR REPLACE TABLE house.t AS SELECT 'a' AS s");

        Assertions.assertThatThrownBy(() -> at("*", 5))
                .isInstanceOf(BigQueryException.class)
                .hasMessageContaining("Invalid snapshot time 1714521605000")
                .hasMessageContaining("Cannot read before 1714521610000.");
        clock.advance(Duration.ofDays(8));
        query("CREATE OR REPLACE TABLE house.t AS SELECT TRUE AS b");
        clock.advance(Duration.ofDays(8));
        Assertions.assertThatThrownBy(() -> at("*", 20)).hasMessageContaining("Cannot read before ");
    }

    @Test
    void rowAccessPoliciesAreNotBypassed() throws Exception {
        query("CREATE ROW ACCESS POLICY p ON house.t GRANT TO ('allUsers') FILTER USING (n > 1)");
        query("CREATE OR REPLACE TABLE house.t AS SELECT 'a' AS s");

        Assertions.assertThatThrownBy(() -> at("*", 5)).hasMessageContaining("row access policies");
    }
}
