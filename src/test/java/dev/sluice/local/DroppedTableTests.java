package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.DatasetInfo;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that are gone are copied back, as BigQuery's "Restore deleted tables" tells. */
class DroppedTableTests {

    private static final Instant START = Instant.parse("2024-05-01T00:00:00Z");

    @TempDir
    private Path folder;

    private final MovableClock clock = new MovableClock(Clock.fixed(START, ZoneOffset.UTC));
    private LocalServer server;
    private int copies;

    @BeforeEach
    void open() throws Exception {
        server = LocalServer.open(folder, clock);
        server.client().create(DatasetInfo.of("house"));
        query("CREATE TABLE house.t (day DATE, n INT64) PARTITION BY day CLUSTER BY n OPTIONS (description = 'd')");
        query("INSERT house.t VALUES ('2024-01-01', 1), ('2024-01-02', 2)");
        clock.advance(Duration.ofSeconds(10));
        query("DELETE FROM house.t WHERE n = 1");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void query(String sql) throws InterruptedException {
        server.query(sql, UnaryOperator.identity());
    }

    private void dropAndWait() throws Exception {
        clock.advance(Duration.ofSeconds(5));
        query("DROP TABLE house.t");
        clock.advance(Duration.ofSeconds(10));
    }

    private String copy(String from, String to) throws Exception {
        String id = "copy" + copies++;
        server.send("POST", "/jobs", """
                {"jobReference":{"jobId":"%s"},"configuration":{"copy":{"sourceTable":{"datasetId":"house","tableId":"%s"},
                "destinationTable":{"datasetId":"house","tableId":"%s"}}}}""".formatted(id, from, to));
        return server.end(id);
    }

    private String rows(String table) throws Exception {
        return String.join(",", server.column("SELECT n FROM house.%s ORDER BY n".formatted(table)));
    }

    @ParameterizedTest
    @CsvSource({
        "t@-12000, 2",
        "t@-20000, '1,2'",
        "t@1714521605000, '1,2'",
        "t@0, '1,2'",
        "t$20240102@-20000, 2",
    })
    void aDroppedTableIsCopiedBack(String source, String rows) throws Exception {
        query("INSERT house.t VALUES ('2024-01-03', 3)");
        query("DELETE FROM house.t WHERE n = 3");
        dropAndWait();

        String job = copy(source, "t");

        assertThat(job).doesNotContain("errorResult");
        assertThat(rows("t")).isEqualTo(rows);
        assertThat(server.send("GET", "/datasets/house/tables/t", "").body())
                .contains("\"description\":\"d\"", "\"field\":\"day\"", "\"clustering\":{\"fields\":[\"n\"]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"t", "t@-5000", "t@1714521615000", "u@-15000"})
    void whatWasNotThereIsNotFound(String source) throws Exception {
        dropAndWait();

        assertThat(copy(source, "v")).contains("Not found: Table sluice-local:house." + source.replaceAll("@.*", ""));
    }

    @Test
    void itIsCopiedBackAfterTheServerHasBegunAnew() throws Exception {
        dropAndWait();
        server.reopen();

        assertThat(copy("t@-20000", "u")).contains("\"copiedRows\":\"2\"");
        assertThat(server.send("GET", "/datasets/house/tables/t", "").statusCode())
                .isEqualTo(404);
        assertThat(server.send("POST", "/queries", """
                {"useLegacySql":false,"query":"SELECT n FROM house.t FOR SYSTEM_TIME AS OF TIMESTAMP '2024-05-01 00:00:05'"}""").body()).contains("Not found: Table sluice-local:house.t");
    }

    @Test
    void aTableThatHasExpiredIsCopiedBack() throws Exception {
        query("ALTER TABLE house.t SET OPTIONS (expiration_timestamp = TIMESTAMP '2024-05-01 00:00:20')");
        clock.advance(Duration.ofSeconds(20));

        assertThat(copy("t@-5000", "u")).contains("Not found: Table sluice-local:house.t");
        assertThat(copy("t@-15000", "u")).contains("\"copiedRows\":\"1\"");
        query("CREATE TABLE house.t (n INT64)");
        assertThat(copy("t@-15000", "v")).contains("\"copiedRows\":\"1\"");
    }

    @Test
    void aTableThatWasReplacedIsCopied() throws Exception {
        clock.advance(Duration.ofSeconds(10));
        query(
                "CREATE OR REPLACE TABLE house.t PARTITION BY day CLUSTER BY n AS SELECT DATE '2024-01-01' AS day, 7 AS n");
        clock.advance(Duration.ofSeconds(10));

        copy("t@-15000", "old");
        copy("t@-5000", "young");

        assertThat(rows("old")).isEqualTo("2");
        assertThat(rows("young")).isEqualTo("7");
    }

    @Test
    void aDatasetThatIsMadeAnewHasThePastOfTheOneBefore() throws Exception {
        server.send("DELETE", "/datasets/house?deleteContents=true", "");
        clock.advance(Duration.ofSeconds(10));
        server.client().create(DatasetInfo.newBuilder("house").setLocation("EU").build());
        assertThat(copy("t@-15000", "u")).contains("Not found: Table sluice-local:house.t");
        server.client().delete("house");
        server.client().create(DatasetInfo.of("house"));

        assertThat(copy("t@-15000", "u")).contains("\"copiedRows\":\"2\"");
    }

    @Test
    void thePastEnds() throws Exception {
        server.send("PATCH", "/datasets/house", "{\"maxTimeTravelHours\":\"48\"}");
        dropAndWait();
        clock.advance(Duration.ofHours(47));
        assertThat(copy("t@1714521605000", "u")).contains("\"copiedRows\":\"2\"");
        clock.advance(Duration.ofHours(1));

        assertThat(copy("t@1714521605000", "v")).contains("Not found: Table sluice-local:house.t");
    }
}
