package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.TableId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients other than Google's Java client ask for, too. */
class RestTests {

    private static final String TABLES = "/datasets/house/tables";

    @TempDir
    private Path folder;

    private LocalServer server;

    @BeforeEach
    void open() throws IOException {
        server = LocalServer.open(folder);
        server.client().create(DatasetInfo.of("house"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String send(String method, String path, String body) throws IOException, InterruptedException {
        return server.send(method, path, body).body();
    }

    private void table(String name, String members) throws IOException, InterruptedException {
        assertThat(send("POST", TABLES, """
                {"tableReference":{"datasetId":"house","tableId":"%s"},"schema":{"fields":[
                {"name":"id","type":"INTEGER","mode":"REQUIRED"},{"name":"day","type":"DATE"}]}%s}""".formatted(name, members))).contains("\"kind\":\"bigquery#table\"");
    }

    private String job(String id, String configuration) throws IOException, InterruptedException {
        HttpResponse<String> answer = server.send(
                "POST",
                "/jobs",
                "{\"jobReference\":{\"jobId\":\"%s\"},\"configuration\":{%s}}".formatted(id, configuration));
        return answer.statusCode() == 200 ? server.end(id) : answer.body();
    }

    private void rows(String table, String... rows) throws IOException, InterruptedException {
        String all = Stream.of(rows).map("{\"json\":%s}"::formatted).collect(Collectors.joining(","));
        assertThat(send("POST", TABLES + "/" + table + "/insertAll", "{\"rows\":[" + all + "]}"))
                .doesNotContain("rror");
    }

    @Test
    void aChangeNeedsTheEtagThatItNames() throws Exception {
        table("t", ",\"labels\":{\"a\":\"1\",\"b\":\"2\"},\"maxStaleness\":\"0-0 0 1:0:0\",\"later\":{\"kept\":true}");
        String before = send("GET", TABLES + "/t", "");
        assertThat(before).contains("\"maxStaleness\":\"0-0 0 1:0:0\"", "\"later\":{\"kept\":true}");

        var patch = server.request("/bigquery/v2/projects/" + LocalServer.PROJECT + TABLES + "/t")
                .method(
                        "PATCH",
                        LocalServer.text("{\"labels\":{\"a\":null,\"c\":\"3\"},\"clustering\":{\"fields\":[\"id\"]}}"));
        assertThat(server.send(patch.copy().header("If-Match", "another")).statusCode())
                .isEqualTo(412);
        String etag = before.replaceAll(".*\"etag\":\"([^\"]+)\".*", "$1");
        HttpResponse<String> changed = server.send(patch.copy().header("If-Match", etag));

        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body())
                .contains("\"labels\":{\"b\":\"2\",\"c\":\"3\"}", "\"clustering\":{\"fields\":[\"id\"]}")
                .doesNotContain("\"etag\":\"" + etag + "\"");
        assertThat(server.send(patch.copy().header("If-Match", etag)).body()).contains("conditionNotMet");
    }

    @Test
    void columnsAreAddedAndRelaxedButNeitherDroppedNorRetyped() throws Exception {
        table("t", "");
        String id = "{\"name\":\"id\",\"type\":\"INTEGER\"}";
        String day = "{\"name\":\"day\",\"type\":\"DATE\"}";

        assertThat(send("PATCH", TABLES + "/t", "{\"schema\":{\"fields\":[%s]}}".formatted(id)))
                .contains("Field day is missing in new schema");
        assertThat(send(
                        "PATCH",
                        TABLES + "/t",
                        "{\"schema\":{\"fields\":[%s,{\"name\":\"day\",\"type\":\"STRING\"}]}}".formatted(id)))
                .contains("Field day has changed type");
        assertThat(send(
                        "PATCH",
                        TABLES + "/t",
                        "{\"schema\":{\"fields\":[%s,%s,{\"name\":\"tags\",\"type\":\"STRING\",\"mode\":\"REPEATED\"}]}}"
                                .formatted(id, day)))
                .contains("\"name\":\"tags\"");
        rows("t", "{\"tags\":[\"x\"]}");
        assertThat(server.rows("t")).containsExactly("{f=[{v=null}, {v=null}, {v=[{v=x}]}]}");
    }

    @Test
    void tablesTakeTheDefaultsOfTheirDataset() throws Exception {
        send(
                "PATCH",
                "/datasets/house",
                "{\"defaultTableExpirationMs\":\"3600000\",\"defaultPartitionExpirationMs\":\"7200000\"}");

        table("t", ",\"timePartitioning\":{\"type\":\"DAY\",\"field\":\"day\"}");

        assertThat(send("GET", TABLES + "/t", ""))
                .contains("\"expirationMs\":\"7200000\"")
                .doesNotContain("\"expirationTime\"");
        table("whole", "");
        assertThat(send("GET", TABLES + "/whole", "")).contains("\"expirationTime\"");
    }

    @Test
    void aBadStreamedRowKeepsTheOthersOutUnlessItIsSkipped() throws Exception {
        table("t", "");
        String body =
                "{%s\"rows\":[{\"json\":{\"id\":1}},{\"json\":{\"id\":\"x\"}},{\"json\":{\"day\":\"2024-01-01\"}},{\"json\":{\"id\":2,\"who\":1}}]}";

        String refused = send("POST", TABLES + "/t/insertAll", body.formatted(""));
        assertThat(refused)
                .contains(
                        "\"reason\":\"stopped\"",
                        "Cannot convert value to integer (bad value): x",
                        "no such field: who.",
                        "Missing required field: id.");
        assertThat(server.rows("t")).isEmpty();

        assertThat(send("POST", TABLES + "/t/insertAll", body.formatted("\"skipInvalidRows\":true,")))
                .doesNotContain("stopped");
        assertThat(server.rows("t")).containsExactly("{f=[{v=1}, {v=null}]}");
        send("POST", TABLES + "/t/insertAll", "{\"rows\":[{\"json\":{\"id\":3}},{\"json\":{\"id\":4}}]}");
        assertThat(
                        server.column(
                                "SELECT CONCAT(IFNULL(error_code, 'NULL'), ' ', CAST(SUM(total_requests) AS STRING), ' ',"
                                        + " CAST(SUM(total_rows) AS STRING), ' ', CAST(SUM(total_input_bytes) AS STRING)) AS told"
                                        + " FROM `region-us`.INFORMATION_SCHEMA.STREAMING_TIMELINE_BY_PROJECT GROUP BY error_code ORDER BY told"))
                .containsExactly("INVALID 2 1 8", "NULL 1 2 16");
    }

    @Test
    void streamedRowsAreBufferedOnceAndNotChangedForAWhile() throws Exception {
        table("t", "");
        String row = "{\"rows\":[{\"insertId\":\"a\",\"json\":{\"id\":1}}]}";
        send("POST", TABLES + "/t/insertAll", row);
        send("POST", TABLES + "/t/insertAll", row);

        assertThat(send("GET", TABLES + "/t", ""))
                .contains("\"streamingBuffer\":{\"estimatedBytes\":\"8\",\"estimatedRows\":\"1\"");
        assertThat(send("POST", "/queries", "{\"useLegacySql\":false,\"query\":\"DELETE FROM house.t WHERE id = 1\"}"))
                .contains("over table sluice-local.house.t would affect rows in the streaming buffer");
        assertThat(server.rows("t")).hasSize(1);
    }

    @Test
    void aTableThatGoesTakesItsStreamingBufferAlong() throws Exception {
        table("t", "");
        table("other", "");
        String change = "{\"useLegacySql\":false,\"query\":\"%s\"}";
        send("POST", TABLES + "/t/insertAll", "{\"rows\":[{\"json\":{\"id\":1}}]}");
        assertThat(send("POST", "/queries", change.formatted("ALTER TABLE house.t ADD COLUMN more STRING")))
                .contains("\"jobComplete\":true");
        assertThat(send("POST", "/queries", change.formatted("DELETE FROM house.t WHERE id = 1")))
                .contains("over table sluice-local.house.t would affect rows in the streaming buffer");
        assertThat(server.send("DELETE", TABLES + "/t", "").statusCode()).isEqualTo(204);
        assertThat(send("POST", "/queries", change.formatted("INSERT INTO house.other (id) VALUES (2)")))
                .contains(
                        "\"numDmlAffectedRows\":\"1\"",
                        "\"dmlStats\":{\"deletedRowCount\":\"0\",\"insertedRowCount\":\"1\",\"updatedRowCount\":\"0\"}");
    }

    @Test
    void aStreamedListIsNoValue() throws Exception {
        table("t", "");

        assertThat(send("POST", TABLES + "/t/insertAll", "{\"rows\":[{\"json\":{\"id\":[1]}}]}"))
                .contains("\"location\":\"id\"", "Array specified for non-repeated field: id.");
    }

    @Test
    void aColumnKeepsItsTypeAndSaysWhichItWas() throws Exception {
        table("t", "");

        assertThat(send("PATCH", TABLES + "/t", schema("'type':'STRING','mode':'REQUIRED'")))
                .contains("Field id has changed type from INTEGER to STRING");
        assertThat(send("PATCH", TABLES + "/t", schema("'type':'INTEGER','mode':'REPEATED'")))
                .contains("Field id has changed mode from REQUIRED to REPEATED");
    }

    private static String schema(String id) {
        return "{'schema':{'fields':[{'name':'id',%s},{'name':'day','type':'DATE'}]}}"
                .formatted(id)
                .replace('\'', '"');
    }

    @Test
    void partitionsAreListedReadAndDeletedByTheirNames() throws Exception {
        table("t", ",\"timePartitioning\":{\"type\":\"DAY\",\"field\":\"day\"}");
        rows("t", "{\"id\":1,\"day\":\"2024-01-01\"}", "{\"id\":2,\"day\":\"2024-01-02\"}", "{\"id\":3}");

        assertThat(server.client().listPartitions(TableId.of("house", "t")))
                .containsExactly("20240101", "20240102", "__NULL__");
        assertThat(server.rows("t$20240102")).containsExactly("{f=[{v=2}, {v=2024-01-02}]}");
        assertThat(server.send("DELETE", TABLES + "/t$20240102", "").statusCode())
                .isEqualTo(204);
        assertThat(server.rows("t")).hasSize(2);
    }

    @Test
    void aPageHasTheSelectedFieldsOnly() throws Exception {
        table("t", "");
        rows("t", "{\"id\":1,\"day\":\"2024-01-01\"}", "{\"id\":2}", "{\"id\":3}");

        String page = send("GET", TABLES + "/t/data?selectedFields=id&startIndex=1&maxResults=1", "");

        assertThat(page).contains("\"rows\":[{\"f\":[{\"v\":\"2\"}]}]", "\"totalRows\":\"3\"", "\"pageToken\":\"2\"");
        assertThat(send("GET", TABLES + "/t/data?selectedFields=nobody", "")).contains("No such field");
    }

    @Test
    void noRowsAreListedOfAMomentWithoutTheTable() throws Exception {
        table("t", "");

        assertThat(send("GET", TABLES + "/t@1000/data", "")).contains("\"code\":400", "Cannot read before");
        assertThat(send("GET", TABLES + "/t@x/data", "")).contains("\"code\":400", "Invalid table decorator of t@x");
    }

    @Test
    void fieldsWithinRecordsAreSelected() throws Exception {
        send(
                "POST",
                "/queries",
                "{\"useLegacySql\":false,\"query\":\"CREATE TABLE house.t AS SELECT 1 AS n,"
                        + " STRUCT(2 AS a, STRUCT(3 AS b, 4 AS c) AS s) AS r, [STRUCT(5 AS d, 6 AS e)] AS l\"}");

        assertThat(send("GET", TABLES + "/t/data?selectedFields=l.e,R.s.b", ""))
                .contains("{\"f\":[{\"v\":{\"f\":[{\"v\":{\"f\":[{\"v\":\"3\"}]}}]}},"
                        + "{\"v\":[{\"v\":{\"f\":[{\"v\":\"6\"}]}}]}]}");
        assertThat(send("GET", TABLES + "/t/data?selectedFields=r,r.a", ""))
                .contains("{\"f\":[{\"v\":{\"f\":[{\"v\":\"2\"},{\"v\":{\"f\":[{\"v\":\"3\"},{\"v\":\"4\"}]}}]}}]}");
        assertThat(send("GET", TABLES + "/t/data?selectedFields=r.x", "")).contains("No such field: r.x");
        assertThat(send("GET", TABLES + "/t/data?selectedFields=n.x", "")).contains("No such field: n.x");
        assertThat(send("GET", TABLES + "/t?selectedFields=l.d", ""))
                .contains("\"name\":\"d\"")
                .doesNotContain("\"name\":\"e\"", "\"name\":\"n\"");
    }

    @Test
    void copiesSnapshotsAndClonesStandForThemselves() throws Exception {
        table("t", ",\"clustering\":{\"fields\":[\"id\"]}");
        send("POST", "/queries", "{\"useLegacySql\":false,\"query\":\"INSERT INTO house.t (id) SELECT 1 AS id\"}");
        String copy =
                "\"copy\":{\"sourceTable\":{\"datasetId\":\"house\",\"tableId\":\"%s\"},\"destinationTable\":{\"datasetId\":\"house\",\"tableId\":\"%s\"}%s}";

        assertThat(job("c1", copy.formatted("t", "plain", ""))).contains("\"copiedRows\":\"1\"");
        job("c2", copy.formatted("t", "snap", ",\"operationType\":\"SNAPSHOT\""));
        job("c3", copy.formatted("t", "clone", ",\"operationType\":\"CLONE\""));
        send("POST", "/queries", "{\"useLegacySql\":false,\"query\":\"DELETE FROM house.t WHERE TRUE\"}");

        assertThat(List.of(
                        server.rows("plain").size(),
                        server.rows("snap").size(),
                        server.rows("clone").size(),
                        server.rows("t").size()))
                .containsExactly(1, 1, 1, 0);
        assertThat(send("GET", TABLES + "/snap", ""))
                .contains("\"type\":\"SNAPSHOT\"", "\"snapshotDefinition\"", "\"clustering\"");
        assertThat(job("c4", copy.formatted("t", "plain", ""))).contains("\"reason\":\"duplicate\"");
        assertThat(job("c5", copy.formatted("plain", "snap", ",\"writeDisposition\":\"WRITE_APPEND\"")))
                .contains("which is a SNAPSHOT");
        assertThat(job(
                        "c6",
                        copy.formatted(
                                "snap", "t", ",\"operationType\":\"RESTORE\",\"writeDisposition\":\"WRITE_TRUNCATE\"")))
                .doesNotContain("errorResult");
        assertThat(server.rows("t")).hasSize(1);
    }

    @Test
    void numbersThatJsonLacksAreExtractedAsTexts() throws Exception {
        server.query(
                "CREATE TABLE house.odd AS SELECT CAST('NaN' AS FLOAT64) AS a, [CAST('inf' AS FLOAT64), CAST('-inf' AS"
                        + " FLOAT64), 0.5] AS b, CAST(NULL AS FLOAT64) AS c",
                settings -> settings);
        job("odd", """
                "extract":{"sourceTable":{"datasetId":"house","tableId":"odd"},"destinationUris":["gs://out/odd"],
                "destinationFormat":"NEWLINE_DELIMITED_JSON"}""");

        assertThat(Files.readString(server.object("out/odd")))
                .isEqualTo("{\"a\":\"NaN\",\"b\":[\"Infinity\",\"-Infinity\",0.5]}\n");
    }

    @Test
    void whatAnExtractCannotHonourIsRefused() throws Exception {
        table("t", "");
        for (String settings : List.of(
                "\"fieldDelimiter\":\"||\"",
                "\"fieldDelimiter\":\"\\n\"",
                "\"compression\":\"SNAPPY\"",
                "\"destinationFormat\":\"AVRO\",\"compression\":\"ZSTD\"")) {
            assertThat(server.send("POST", "/jobs", """
                                    {"configuration":{"extract":{"sourceTable":{"datasetId":"house","tableId":"t"},
                                     "destinationUris":["gs://out/t"],%s}}}""".formatted(settings)).statusCode())
                    .as(settings)
                    .isIn(400, 501);
        }
    }

    @Test
    void anExtractIsLoadedAgainInEveryFormat() throws Exception {
        table("t", "");
        rows("t", "{\"id\":1,\"day\":\"2024-01-01\"}", "{\"id\":2}");
        for (String format : List.of("CSV", "NEWLINE_DELIMITED_JSON", "AVRO", "PARQUET")) {
            String compression = format.equals("AVRO") ? "DEFLATE" : "GZIP";
            String extracted = job("x" + format, """
                    "extract":{"sourceTable":{"datasetId":"house","tableId":"t"},"destinationUris":["gs://out/%s-*"],
                    "destinationFormat":"%s","compression":"%s","useAvroLogicalTypes":true}""".formatted(format, format, compression));
            assertThat(extracted).contains("\"destinationUriFileCounts\":[\"1\"]");
            String loaded = server.load("""
                    "sourceUris":["gs://out/%s-*"],"sourceFormat":"%s","useAvroLogicalTypes":true,"writeDisposition":"WRITE_TRUNCATE"%s
                    """.formatted(
                            format,
                            format,
                            format.equals("CSV")
                                    ? ",\"skipLeadingRows\":1,\"schema\":{\"fields\":[{\"name\":\"id\",\"type\":\"INTEGER\"},{\"name\":\"day\",\"type\":\"DATE\"}]}"
                                    : ""));
            assertThat(loaded).as(format).doesNotContain("errorResult").contains("\"outputRows\":\"2\"");
            assertThat(server.rows("events"))
                    .as(format)
                    .containsExactly("{f=[{v=1}, {v=2024-01-01}]}", "{f=[{v=2}, {v=null}]}");
        }
        assertThat(Files.list(server.object("out/x").getParent()))
                .noneMatch(path -> path.toString().contains(".part-"));
    }

    @Test
    void jobsAreListedByStateAndTimeAndForgotten() throws Exception {
        table("t", "");
        job("q1", "\"query\":{\"query\":\"SELECT 1 AS one\",\"useLegacySql\":false}");
        job("q2", "\"query\":{\"query\":\"SELECT 2 AS two\",\"useLegacySql\":false}");

        assertThat(send("GET", "/jobs?stateFilter=done&maxResults=1", ""))
                .contains("\"jobId\":\"q2\"")
                .doesNotContain("\"jobId\":\"q1\"");
        assertThat(send("GET", "/jobs?stateFilter=running&stateFilter=pending", ""))
                .doesNotContain("\"jobId\"");
        assertThat(send("GET", "/jobs?maxCreationTime=1", "")).doesNotContain("\"jobId\"");
        assertThat(send("DELETE", "/jobs/q1/delete", "")).isEqualTo("{}");
        assertThat(server.send("GET", "/jobs/q1", "").statusCode()).isEqualTo(404);
    }

    @Test
    void policiesAreKeptForTheTableThatHasThem() throws Exception {
        table("t", "");
        String policy = "{\"policy\":{\"bindings\":[{\"role\":\"roles/x\",\"members\":[\"user:a@b.c\"]}]}}";

        assertThat(send("POST", TABLES + "/t:getIamPolicy", "{}")).contains("ACAB");
        send("POST", TABLES + "/t:setIamPolicy", policy);

        assertThat(send("POST", TABLES + "/t:getIamPolicy", "{}")).contains("roles/x", "\"version\":1");
        server.client().delete(TableId.of("house", "t"));
        table("t", "");
        assertThat(send("POST", TABLES + "/t:getIamPolicy", "{}")).doesNotContain("roles/x");
    }

    @Test
    void rowAccessPoliciesAreInsertedListedAndDeleted() throws Exception {
        table("t", "");
        rows("t", "{\"id\":1}", "{\"id\":2}");
        String policies = TABLES + "/t/rowAccessPolicies";
        String policy = "{\"rowAccessPolicyReference\":{\"projectId\":\"%s\",\"datasetId\":\"house\",\"tableId\":\"t\","
                + "\"policyId\":\"two\"},\"filterPredicate\":\"id = 2\",\"grantees\":[\"allUsers\"]}";

        assertThat(send("GET", policies, "")).doesNotContain("two");
        assertThat(send("POST", policies, policy.formatted(LocalServer.PROJECT)))
                .contains("\"creationTime\"");
        assertThat(send("POST", policies, policy.formatted(LocalServer.PROJECT)))
                .contains("duplicate");
        assertThat(send("GET", policies, ""))
                .contains("\"filterPredicate\":\"id = 2\"")
                .doesNotContain("allUsers");
        assertThat(server.column("SELECT id FROM house.t")).containsExactly("2");
        assertThat(send("GET", TABLES + "/t", "")).doesNotContain("id = 2");
        assertThat(send("GET", TABLES + "/t/data", "")).contains("row access policies");

        send("DELETE", policies + "/two?force=true", "");
        assertThat(send("DELETE", policies + "/two", "")).contains("notFound");
        assertThat(server.column("SELECT id FROM house.t")).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void rowsAreStreamedIntoAPartition() throws Exception {
        table("a", ",\"timePartitioning\":{\"type\":\"DAY\"}");
        String day = LocalDate.now(ZoneOffset.UTC).minusDays(7).toString();

        assertThat(send(
                        "POST",
                        TABLES + "/a$" + day.replace("-", "") + "/insertAll",
                        "{\"rows\":[{\"json\":{\"id\":1}}]}"))
                .doesNotContain("rror");
        assertThat(server.column("SELECT CAST(_PARTITIONDATE AS STRING) FROM house.a"))
                .containsExactly(day);
    }

    @Test
    void aTextForAColumnOfJsonIsJson() throws Exception {
        server.query("CREATE TABLE house.j (j JSON, r STRUCT<l ARRAY<JSON>>)", settings -> settings);

        rows("j", "{\"j\":\"{\\\"a\\\":1}\",\"r\":{\"l\":[\"[1]\",2]}}", "{\"j\":{\"a\":2}}", "{\"j\":\"\\\"x\\\"\"}");

        assertThat(server.column("SELECT JSON_TYPE(j) FROM house.j ORDER BY TO_JSON_STRING(j)"))
                .containsExactly("string", "object", "object");
        assertThat(server.column("SELECT TO_JSON_STRING(r.l) FROM house.j WHERE r IS NOT NULL"))
                .containsExactly("[[1],2]");
        assertThat(send("POST", TABLES + "/j/insertAll", "{\"rows\":[{\"json\":{\"j\":\"{\"}}]}"))
                .contains("Cannot convert value to json (bad value): {");
    }

    @Test
    void aTableWithRowsInTheBufferKeepsItsName() throws Exception {
        table("t", "");
        rows("t", "{\"id\":1}");

        assertThat(send("POST", "/queries", "{\"useLegacySql\":false,\"query\":\"ALTER TABLE house.t RENAME TO u\"}"))
                .contains("Cannot rename table sluice-local:house.t while it has data in the streaming buffer");
    }

    @Test
    void rowAccessPoliciesAreChangedAndDeletedTogether() throws Exception {
        table("t", "");
        rows("t", "{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
        String policies = TABLES + "/t/rowAccessPolicies";
        String policy =
                "{\"rowAccessPolicyReference\":{\"policyId\":\"%s\"},\"filterPredicate\":\"id = %d\",\"grantees\":[\"%s\"]}";

        assertThat(send("POST", policies, policy.formatted("one", 1, "allUsers")))
                .contains("\"projectId\":\"" + LocalServer.PROJECT, "\"datasetId\":\"house\",", "\"tableId\":\"t\"");
        assertThat(send(
                        "POST",
                        policies,
                        policy.formatted("one", 1, "allUsers").replace("{\"p", "{\"tableId\":\"u\",\"p")))
                .contains("Value 'u' in content does not agree with value 't'.");
        assertThat(send("POST", policies, policy.formatted("two", 2, "someone")))
                .contains("is no IAM member");
        send("POST", policies, policy.formatted("two", 2, "allUsers"));
        assertThat(send("PUT", policies + "/two", "{\"filterPredicate\":\"id = 3\"}"))
                .contains("\"id = 3\"");
        assertThat(server.column("SELECT id FROM house.t ORDER BY id")).containsExactly("1", "3");
        assertThat(send("PUT", policies + "/no", "{\"filterPredicate\":\"id = 3\"}"))
                .contains("Not found: RowAccessPolicy " + LocalServer.PROJECT + ":house.t.no");
        assertThat(send("POST", policies + "/two:getIamPolicy", "{}"))
                .contains("\"members\":[\"allUsers\"]", "roles/bigquery.filteredDataViewer");
        assertThat(send("GET", policies + "?pageSize=1", ""))
                .contains("\"nextPageToken\":\"1\"")
                .doesNotContain("\"two\"");
        assertThat(send("GET", policies + "?pageToken=", "")).isEqualTo(send("GET", policies, ""));
        assertThat(send("GET", policies + "?pageSize=1&pageToken=1", ""))
                .contains("\"two\"")
                .doesNotContain("nextPageToken");

        assertThat(send("POST", policies + ":batchDelete", "{\"policyIds\":[\"one\",\"no\"]}"))
                .contains("notFound");
        assertThat(send("POST", policies + ":batchDelete", "{\"policyIds\":[\"one\",\"two\"]}"))
                .contains("Cannot delete the last row access policy", "set force to true");
        assertThat(server.send("DELETE", policies + "/one", "").statusCode()).isEqualTo(204);
        assertThat(send("DELETE", policies + "/two", "")).contains("set force to true");
        assertThat(server.send("POST", policies + ":batchDelete", "{\"policyIds\":[\"two\"],\"force\":true}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(server.column("SELECT COUNT(*) FROM house.t")).containsExactly("3");
    }

    @Test
    void contentMayHaveTheBoundaryWithinALine() throws Exception {
        String body = String.join(
                "\r\n",
                "--b1",
                "Content-Type: application/json",
                "",
                "{\"configuration\":{\"load\":{\"destinationTable\":{\"datasetId\":\"house\",\"tableId\":\"m\"},"
                        + "\"schema\":{\"fields\":[{\"name\":\"s\",\"type\":\"STRING\"}]},\"sourceFormat\":\"CSV\"}}}",
                "--b1",
                "Content-Type: application/octet-stream",
                "",
                "a--b1\nc",
                "--b1--",
                "");

        HttpResponse<String> answer = server.send(
                server.request("/upload/bigquery/v2/projects/" + LocalServer.PROJECT + "/jobs?uploadType=multipart")
                        .header("Content-Type", "multipart/related; boundary=b1")
                        .POST(BodyPublishers.ofString(body)));

        server.end(answer.body().replaceAll(".*\"jobId\":\"([^\"]+)\".*", "$1"));
        assertThat(server.rows("m")).containsExactly("{f=[{v=a--b1}]}", "{f=[{v=c}]}");
    }

    @Test
    void aCancelledUploadIsForgotten() throws Exception {
        String begin = "/resumable/upload/bigquery/v2/projects/" + LocalServer.PROJECT + "/jobs?uploadType=resumable";
        String session = server.send(server.request(begin).POST(LocalServer.text("""
                        {"configuration":{"load":{"destinationTable":{"datasetId":"house","tableId":"m"},
                        "autodetect":true,"sourceFormat":"CSV"}}}""")))
                .headers()
                .firstValue("Location")
                .orElseThrow();
        HttpResponse<String> part = server.send(
                server.request(session).header("Content-Range", "bytes 0-1/*").PUT(LocalServer.text("a\n")));
        assertThat(part.statusCode()).isEqualTo(308);

        assertThat(server.send(server.request(session).DELETE()).statusCode()).isEqualTo(499);

        assertThat(server.send(server.request(session)
                                .header("Content-Range", "bytes 2-3/4")
                                .PUT(LocalServer.text("1\n")))
                        .statusCode())
                .isEqualTo(404);
        try (Stream<Path> files = Files.walk(folder.resolve("uploads"))) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void aMethodMayBeNamedInAHeaderInSmallLetters() throws Exception {
        table("t", "");
        var request = server.request("/bigquery/v2/projects/" + LocalServer.PROJECT + TABLES + "/t")
                .header("X-HTTP-Method-Override", "patch")
                .POST(LocalServer.text("{\"description\":\"changed\"}"));
        assertThat(server.send(request).body()).contains("\"description\":\"changed\"");
    }

    @Test
    void aMultipartUploadIsALoad() throws Exception {
        String body = String.join(
                "\r\n",
                "--b1",
                "Content-Type: application/json",
                "",
                "{\"configuration\":{\"load\":{\"destinationTable\":{\"datasetId\":\"house\",\"tableId\":\"m\"},\"autodetect\":true,\"sourceFormat\":\"CSV\"}}}",
                "--b1",
                "Content-Type: application/octet-stream",
                "",
                "id,name\n1,Ada\n",
                "--b1--",
                "");
        String path = "/upload/bigquery/v2/projects/" + LocalServer.PROJECT + "/jobs?uploadType=multipart";

        HttpResponse<String> answer = server.send(server.request(path)
                .header("Content-Type", "multipart/related; boundary=\"b1\"")
                .POST(BodyPublishers.ofString(body)));

        assertThat(answer.body()).contains("\"jobType\":\"LOAD\"");
        server.end(answer.body().replaceAll(".*\"jobId\":\"([^\"]+)\".*", "$1"));
        assertThat(server.rows("m")).containsExactly("{f=[{v=1}, {v=Ada}]}");
        assertThat(server.send(server.request(path)
                                .header("Content-Type", "text/csv")
                                .POST(BodyPublishers.ofString(body)))
                        .statusCode())
                .isEqualTo(400);
        assertThat(server.send(server.request(path)
                                .header("Content-Type", "multipart/related; boundary=b2")
                                .POST(BodyPublishers.ofString(body)))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void longAnswersArePackedForWhoUnpacksThem() throws Exception {
        table("t", "");
        String[] rows = new String[200];
        Arrays.setAll(rows, i -> "{\"id\":" + i + "}");
        rows("t", rows);
        var request = server.request("/bigquery/v2/projects/" + LocalServer.PROJECT + TABLES + "/t/data")
                .header("Accept-Encoding", "gzip");

        HttpResponse<byte[]> answer = server.bytes(request);

        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(new String(unpacked.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("\"totalRows\":\"200\"");
        }
    }
}
