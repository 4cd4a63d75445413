package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Small results, which are kept with their jobs: whoever reads them sees what a table would have. */
class KeptRowsTests {

    private static final String EVERY_TYPE =
            "SELECT 1 AS id, TIMESTAMP '2024-01-02 03:04:05.678901' AS seen, NUMERIC '1.50' AS price, BIGNUMERIC '2.5' AS big,"
                    + " b'\\x01' AS raw, JSON '{\"a\": [null, 1.50]}' AS doc, 1e-7 AS ratio, DATE '2024-01-02' AS day,"
                    + " TIME '01:02:03' AS hour, DATETIME '2024-01-02 03:04:05.5' AS moment, TRUE AS ok, 'tab\\t' AS words"
                    + " UNION ALL SELECT 2, TIMESTAMP '1969-12-31 23:59:59.5', NUMERIC '-0.000000001', NULL, b'',"
                    + " JSON 'null', CAST('-inf' AS FLOAT64), DATE '0001-01-01', NULL, NULL, FALSE, ''"
                    + " UNION ALL SELECT 3, NULL, NULL, BIGNUMERIC '0', NULL, JSON '\"x\"', CAST('nan' AS FLOAT64), NULL,"
                    + " NULL, NULL, NULL, NULL";

    @TempDir
    private Path folder;

    private Duration ahead = Duration.ZERO;
    private LocalServer server;

    @BeforeEach
    void open() throws IOException {
        server = LocalServer.open(folder, new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.now().plus(ahead);
            }
        });
    }

    @AfterEach
    void close() {
        server.close();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return JsonMapper.shared().readTree(server.send("GET", path, "").body());
    }

    private JsonNode query(String sql, boolean int64) throws IOException, InterruptedException {
        String body = JsonMapper.shared()
                .createObjectNode()
                .put("query", sql)
                .put("useLegacySql", false)
                .put("useQueryCache", false)
                .set("formatOptions", JsonMapper.shared().createObjectNode().put("useInt64Timestamp", int64))
                .toString();
        JsonNode answer = JsonMapper.shared()
                .readTree(server.send("POST", "/queries", body).body());
        assertThat(answer.path("jobComplete").asBoolean()).as(answer.toString()).isTrue();
        return answer;
    }

    private static String job(JsonNode answer) {
        return answer.path("jobReference").path("jobId").asString();
    }

    private String table(JsonNode answer) throws IOException, InterruptedException {
        JsonNode table =
                get("/jobs/" + job(answer)).path("configuration").path("query").path("destinationTable");
        return table.path("datasetId").asString() + "/tables/"
                + table.path("tableId").asString();
    }

    @Test
    void areReadAsRowsOfATableAre() throws Exception {
        server.people();
        server.query("CREATE TABLE house.every AS " + EVERY_TYPE, UnaryOperator.identity());
        for (boolean int64 : List.of(false, true)) {
            String format = "formatOptions.useInt64Timestamp=" + int64;
            JsonNode expected =
                    get("/datasets/house/tables/every/data?" + format).path("rows");
            JsonNode answer = query(EVERY_TYPE + " ORDER BY id", int64);
            String table = table(answer);
            assertThat(table).startsWith("_sluice_results/tables/q_");
            assertThat(expected.size()).isEqualTo(3);
            assertThat(answer.path("rows")).isEqualTo(expected);
            assertThat(get("/datasets/" + table + "/data?" + format).path("rows"))
                    .isEqualTo(expected);
            String again = "SELECT * FROM `%s` ORDER BY id".formatted(table.replace("/tables/", "."));
            assertThat(query(again, int64).path("rows")).isEqualTo(expected);
            server.reopen();
            assertThat(get("/queries/%s?%s".formatted(job(answer), format)).path("rows"))
                    .isEqualTo(expected);
        }
    }

    @Test
    void areReadInPagesAndByColumns() throws Exception {
        JsonNode answer = query(EVERY_TYPE + " ORDER BY id", false);
        JsonNode second = get("/queries/" + job(answer) + "?maxResults=1&pageToken=1");
        assertThat(second.path("totalRows").asString()).isEqualTo("3");
        assertThat(second.path("pageToken").asString()).isEqualTo("2");
        assertThat(second.path("rows").valueStream())
                .singleElement()
                .isEqualTo(answer.path("rows").get(1));
        JsonNode chosen = get("/datasets/" + table(answer) + "/data?selectedFields=PRICE,id&startIndex=1");
        assertThat(chosen.path("rows").toString())
                .isEqualTo("[{\"f\":[{\"v\":\"2\"},{\"v\":\"-0.000000001\"}]},{\"f\":[{\"v\":\"3\"},{\"v\":null}]}]");
    }

    @Test
    void becomeATableIfThereAreMany() throws Exception {
        JsonNode answer = query("SELECT x FROM UNNEST(GENERATE_ARRAY(1, 150)) AS x ORDER BY x", false);
        assertThat(table(answer)).startsWith("_sluice_results/tables/r");
        assertThat(answer.path("rows").size()).isEqualTo(150);
        assertThat(answer.path("rows").get(149).toString()).isEqualTo("{\"f\":[{\"v\":\"150\"}]}");
    }

    @Test
    void areGoneAfterADay() throws Exception {
        JsonNode answer = query("SELECT 1 AS one", false);
        String table = table(answer);
        ahead = Duration.ofHours(25);
        assertThat(get("/queries/" + job(answer)).path("error").path("code").asInt())
                .isEqualTo(404);
        assertThat(get("/datasets/" + table + "/data")
                        .path("error")
                        .path("code")
                        .asInt())
                .isEqualTo(404);
    }
}
