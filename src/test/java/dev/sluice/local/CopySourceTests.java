package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.DatasetInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Copies of tables as they were, and of their partitions. */
class CopySourceTests {

    private static final Instant START = Instant.parse("2024-05-01T00:00:00Z");

    @TempDir
    private Path folder;

    private final MovableClock clock = new MovableClock(Clock.fixed(START, ZoneOffset.UTC));
    private LocalServer server;

    @BeforeEach
    void open() throws Exception {
        server = LocalServer.open(folder, clock);
        server.client().create(DatasetInfo.of("house"));
        query("CREATE TABLE house.t (day DATE, n INT64) PARTITION BY day");
        query("INSERT house.t VALUES ('2024-01-01', 1), ('2024-01-02', 2), (NULL, 3)");
        clock.advance(Duration.ofSeconds(10));
        query("DELETE FROM house.t WHERE n = 1");
        query("INSERT house.t VALUES ('2024-01-02', 4)");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void query(String sql) throws InterruptedException {
        server.query(sql, UnaryOperator.identity());
    }

    private String copy(String from, String to, String more) throws IOException, InterruptedException {
        String id = "c" + Integer.toHexString((from + to + more).hashCode());
        String answer =
                server.send("POST", "/jobs", """
                {"jobReference":{"jobId":"%s"},"configuration":{"copy":{"sourceTable":{"datasetId":"house","tableId":"%s"},
                "destinationTable":{"datasetId":"house","tableId":"%s"}%s}}}""".formatted(id, from, to, more)).body();
        return answer.contains("\"error\"") ? answer : server.end(id);
    }

    @ParameterizedTest
    @CsvSource({
        "t, '2, 3, 4'",
        "t@1714521601000, '1, 2, 3'",
        "t@-5000, '1, 2, 3'",
        "t@0, '1, 2, 3'",
        "t$20240102, '2, 4'",
        "t$__NULL__, 3",
        "t$20240101@-5000, 1",
        "t$20240101, ''",
    })
    void aCopyAndAListHaveTheRowsThatTheirSourceNames(String source, String rows) throws Exception {
        String job = copy(source, "u", "");

        int count = rows.isEmpty() ? 0 : rows.split(", ").length;
        assertThat(job).contains("\"copiedRows\":\"" + count + "\"").doesNotContain("errorResult");
        assertThat(String.join(", ", server.column("SELECT CAST(n AS STRING) FROM house.u ORDER BY n")))
                .isEqualTo(rows);
        assertThat(String.join(", ", listed(source, "&startIndex=0"))).isEqualTo(rows);
        if (count > 1) {
            assertThat(listed(source, "&startIndex=1&maxResults=1")).containsExactly(rows.split(", ")[1]);
        }
    }

    private List<String> listed(String source, String more) throws Exception {
        String body = list(source, "?selectedFields=n" + more);
        return Pattern.compile("\"v\":\"(\\d+)\"")
                .matcher(body)
                .results()
                .map(value -> value.group(1))
                .sorted()
                .toList();
    }

    private String list(String source, String more) throws Exception {
        return server.send("GET", "/datasets/house/tables/%s/data%s".formatted(source, more), "")
                .body();
    }

    @Test
    void rowsOfTablesThatAreGoneAreListed() throws Exception {
        query("CREATE OR REPLACE TABLE house.t PARTITION BY day AS SELECT DATE '2024-01-01' AS day, 'a' AS s");
        assertThat(list("t@-5000", "")).contains("\"totalRows\":\"3\"");
        assertThat(list("t", "")).contains("\"totalRows\":\"1\"", "{\"v\":\"a\"}");
        query("DROP TABLE house.t");

        assertThat(list("t@-5000", "?maxResults=1")).contains("\"totalRows\":\"3\"", "\"pageToken\":\"1\"");
        assertThat(list("t", "")).contains("Not found: Table");
    }

    @Test
    void partitionsThatATableHadAreNotListed() throws Exception {
        assertThat(list("t$__PARTITIONS_SUMMARY__", "")).contains("20240102");
        assertThat(list("t$__PARTITIONS_SUMMARY__@-5000", "")).contains("does not support");
    }

    @Test
    void aTableIsBroughtBackToWhatItWas() throws Exception {
        assertThat(copy("t@-5000", "t", ",\"writeDisposition\":\"WRITE_TRUNCATE\""))
                .contains("\"copiedRows\":\"3\"");
        assertThat(server.column("SELECT n FROM house.t ORDER BY n")).containsExactly("1", "2", "3");
    }

    @Test
    void aSnapshotKnowsItsMoment() throws Exception {
        copy("t@-5000", "s", ",\"operationType\":\"SNAPSHOT\"");
        assertThat(server.send("GET", "/datasets/house/tables/s", "").body())
                .contains("\"snapshotTime\":\"2024-05-01T00:00:05.000Z\"", "\"numRows\":\"3\"");
    }

    @Test
    void aPartitionIsReplacedByAnother() throws Exception {
        copy("t", "u", "");
        query("INSERT house.t VALUES ('2024-01-02', 5)");
        query("DELETE FROM house.t WHERE n IN (2, 3)");

        assertThat(copy("t$20240102", "u$20240102", "")).contains("duplicate");
        assertThat(copy("t$20240102", "u$20240102", ",\"writeDisposition\":\"WRITE_TRUNCATE\""))
                .contains("\"copiedRows\":\"2\"");
        assertThat(server.column("SELECT n FROM house.u ORDER BY n")).containsExactly("3", "4", "5");
        assertThat(copy("t", "u$20240101", "")).contains("Some rows belong to different partitions");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "t@x|u||Invalid table decorator of t@x",
                "t@1-2|u||Invalid table decorator",
                "t@1000|u||Cannot read before",
                "t@1714521620000|u||Cannot read in the future",
                "t$2024x|u||Invalid partition decorator",
                "t|u@-1||cannot have a moment",
                "gone@-1000|u||Not found: Table sluice-local:house.gone",
                "t|u|,'destinationExpirationTime':'soon'|Invalid value for destinationExpirationTime: soon",
            })
    void whatNamesNothingIsNotCopied(
            String from, String to, @org.jspecify.annotations.Nullable String more, String message) throws Exception {
        assertThat(copy(from, to, more == null ? "" : more.replace('\'', '"'))).contains(message);
        assertThat(server.send("GET", "/datasets/house/tables/u", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aViewIsNotCopied() throws Exception {
        query("CREATE VIEW house.v AS SELECT 1 AS n");

        assertThat(copy("v", "u", ""))
                .contains("Using table sluice-local:house.v is not allowed for this operation because of its type.");
    }

    @ParameterizedTest
    @CsvSource({"t$20240102, '2,4', 32", "t@-5000, '1,2,3', 40", "t$20240101@-5000, 1, 16"})
    void anExtractHasTheRowsThatItsSourceNames(String source, String rows, int bytes) throws Exception {
        server.send("POST", "/jobs", """
                {"jobReference":{"jobId":"e"},"configuration":{"extract":{"destinationUris":["gs://out/t.csv"],
                "sourceTable":{"datasetId":"house","tableId":"%s"},"printHeader":false}}}""".formatted(source));

        assertThat(server.end("e")).contains("\"inputBytes\":\"" + bytes + "\"");
        assertThat(Files.readAllLines(server.object("out/t.csv")).stream()
                        .map(line -> line.substring(line.indexOf(',') + 1)))
                .containsExactlyInAnyOrder(rows.split(","));
    }

    @Test
    void queriesReadTablesOnly() throws Exception {
        for (String[] name : new String[][] {
            {"t@-1000", "cannot include decorator"},
            {"t$20240101", "cannot include decorator"},
            {"t*", "does not support wildcard tables"},
            {"__TABLES__", "does not support __TABLES__; read INFORMATION_SCHEMA.TABLES"}
        }) {
            assertThat(server.send(
                                    "POST",
                                    "/queries",
                                    "{\"useLegacySql\":false,\"query\":\"SELECT * FROM `house.%s`\"}"
                                            .formatted(name[0]))
                            .body())
                    .contains(name[1]);
        }
    }
}
