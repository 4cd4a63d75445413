package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.QueryJobConfiguration;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests as other clients than Google's Java client write them, and wrong ones. */
class RequestsTests {

    private static final String QUERIES = "/bigquery/v2/projects/" + LocalServer.PROJECT + "/queries";

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

    @Test
    void numbersHaveQuotesOrNone() throws Exception {
        assertThat(server.send("POST", "/datasets/house/tables", """
                {"tableReference":{"datasetId":"house","tableId":"t"},"expirationTime":32503680000000,
                "schema":{"fields":[{"name":"i","type":"INTEGER"}]},"rangePartitioning":{"field":"i",
                "range":{"start":0,"end":1e2,"interval":10}}}""").body())
                .contains("\"expirationTime\":\"32503680000000\"", "\"end\":\"100\"");

        assertThat(server.send("POST", "/queries", """
                {"query":"SELECT * FROM UNNEST([1, 2, 3])","useLegacySql":false,"maxResults":"2",
                "maximumBytesBilled":1000000000,"timeoutMs":5000.0}""").body())
                .contains("\"rows\":[{\"f\":[{\"v\":\"1\"}]},{\"f\":[{\"v\":\"2\"}]}]", "\"pageToken\":\"2\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/queries|{}|Required parameter is missing: query",
                "/queries|{'query':'SELECT 1','maxResults':'few'}|Invalid JSON payload received",
                "/queries|{'query':'SELECT 1','maxResults':-1}|Invalid value for maxResults: -1",
                "/queries|{'query':'SELECT @p','useLegacySql':false,'queryParameters':[{'name':'p'}]}|parameterType",
                "/queries|{'query':'SELECT 1','useLegacySql':false,'parameterMode':'BOTH'}|Invalid value for parameterMode",
                "/queries|{'query':'SELECT 1','useLegacySql':false,'dryRun':'maybe'}|is no Boolean",
                "/queries|{'query':{'text':'SELECT 1'},'useLegacySql':false}|is no String",
                "/queries|{'query':'#legacySQL\\nSELECT 1','useLegacySql':false}"
                        + "|Query text specifies use_legacy_sql:true, while API options specify:false",
                "/queries|{'query':'SELECT @p','useLegacySql':false,'queryParameters':[{'name':'p','parameterType':"
                        + "{'type':'ARRAY'}}]}|parameterType of query parameter p",
                "/queries|{'query':'SELECT @p','useLegacySql':false,'queryParameters':[{'name':'p','parameterType':"
                        + "{'type':'INT64'}},{'name':'p','parameterType':{'type':'INT64'}}]}|Duplicate query parameter 'p'",
                "/jobs|{'configuration':{'query':{'query':'SELECT 1','useLegacySql':false,'priority':'SOON'}}}"
                        + "|Invalid value for priority: SOON",
                "/datasets|{'datasetReference':{'datasetId':'a-b'}}|must be alphanumeric (plus underscores)",
                "/datasets||Required parameter is missing: datasetReference",
                "/jobs|{'configuration':{}}|but there were 0",
                "/jobs|{'configuration':{'query':{},'copy':{}}}|but there were 2: query, copy",
                "/jobs|{'configuration':{'query':{'useLegacySql':false}}}|Required parameter is missing: query",
                "/jobs|{'configuration':{'load':{'sourceUris':[],'destinationTable':{'datasetId':'house','tableId':'t'}}}}"
                        + "|Required parameter is missing: sourceUris",
                "/jobs|{'configuration':{'load':{'sourceUris':['gs://bucket/x'],'destinationTable':{'datasetId':'house'}}}}"
                        + "|Required parameter is missing: destinationTable.tableId",
                "/jobs|{'configuration':{'load':{'sourceUris':['gs://bucket/x'],'destinationTable':{'datasetId':'house',"
                        + "'tableId':''}}}}|Required parameter is missing: destinationTable.tableId",
                "/jobs|{'configuration':{'extract':{'destinationUris':['gs://bucket/x'],'sourceTable':{'tableId':'t'}}}}"
                        + "|Required parameter is missing: sourceTable.datasetId",
                "/jobs|{'configuration':{'copy':{'sourceTable':{'tableId':'t'},'destinationTable':{'tableId':'t'}}}}"
                        + "|Required parameter is missing",
                "/datasets/house/tables/t/insertAll|{'rows':[]}|No rows present in the request.",
            })
    void whatLacksSomethingIsABadRequest(String path, @Nullable String body, String message) throws Exception {
        HttpResponse<String> answer = server.send("POST", path, body == null ? "" : body.replace('\'', '"'));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(message);
        assertThat(server.send("GET", "/jobs", "").body()).contains("\"jobs\":[]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'parameterType':{'type':'STRUCT','structTypes':[{'name':'a','type':{'type':'INT64'}}]},"
                        + "'parameterValue':{'structValues':{'b':{'value':'1'}}}|its type has no field 'b'",
                "'parameterType':{'type':'BYTES'},'parameterValue':{'value':'%%'}|Failed to decode invalid base64 string",
            })
    void aParameterHasAValueOfItsType(String parameter, String message) throws Exception {
        String query = "{'query':'SELECT @p','useLegacySql':false,'queryParameters':[{'name':'p',%s}]}";

        assertThat(server.send("POST", "/queries", query.formatted(parameter).replace('\'', '"'))
                        .body())
                .contains("\"code\":400", message);
    }

    @Test
    void textsAndBooleansMayBeWrittenAsEachOther() throws Exception {
        assertThat(server.send("POST", "/queries", """
                {"query":"SELECT @i + 1, @b, @l","useLegacySql":"false","parameterMode":"named","queryParameters":[
                {"name":"i","parameterType":{"type":"INT64"},"parameterValue":{"value":4}},
                {"name":"b","parameterType":{"type":"BOOL"},"parameterValue":{"value":true}},
                {"name":"l","parameterType":{"type":"ARRAY","arrayType":{"type":"FLOAT64"}},
                "parameterValue":{"arrayValues":[{"value":1.5}]}}]}""").body())
                .contains("\"rows\":[{\"f\":[{\"v\":\"5\"},{\"v\":\"true\"},{\"v\":[{\"v\":\"1.5\"}]}]}]");
    }

    @Test
    void theFirstLineMaySayTheDialect() throws Exception {
        assertThat(server.send("POST", "/queries", "{\"query\":\"#standardSQL\\nSELECT 7\"}")
                        .body())
                .contains("\"v\":\"7\"");
        for (String query : new String[] {"#legacySQL\\nSELECT 7", "SELECT 7"}) {
            assertThat(server.send("POST", "/queries", "{\"query\":\"%s\"}".formatted(query))
                            .body())
                    .contains("does not support legacy SQL");
        }
    }

    @Test
    void settingsThatSayNothingAreAsGoodAsNone() throws Exception {
        assertThat(server.send("POST", "/queries", """
                {"query":"SELECT 7","useLegacySql":false,"createSession":false,"connectionProperties":[],
                "continuous":false,"preserveNulls":true}""").body()).contains("\"v\":\"7\"");
        assertThat(server.send("POST", "/jobs", """
                {"configuration":{"query":{"query":"SELECT 7","useLegacySql":false,"allowLargeResults":true,
                "flattenResults":false,"userDefinedFunctionResources":[],"tableDefinitions":{}}}}""").statusCode()).isEqualTo(200);
        assertThat(server.send("POST", "/queries", """
                {"query":"SELECT 7","useLegacySql":false,"createSession":true}""").body())
                .contains("does not support jobs.query with createSession");
    }

    @Test
    void whatARequestSaysOfItsJobIsKnown() throws Exception {
        String request = "{\"query\":\"SELECT 7\",\"useLegacySql\":false,\"%s\":\"%s\"}";

        assertThat(server.send("POST", "/queries", request.formatted("jobCreationMode", "JOB_CREATION_OPTIONAL"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.send("POST", "/queries", request.formatted("jobCreationMode", "SOMETIMES"))
                        .body())
                .contains("Invalid value for jobCreationMode: SOMETIMES is not a valid value");
        assertThat(server.send("POST", "/queries", request.formatted("requestId", "r".repeat(36)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.send("POST", "/queries", request.formatted("requestId", "r".repeat(37)))
                        .body())
                .contains("Invalid value for requestId: it is longer than 36 characters");
    }

    @Test
    void momentsAreToldAsTheClientWantsThem() throws Exception {
        String query = "{\"query\":\"SELECT TIMESTAMP '2024-01-31 01:02:03.5+00' AS m\",\"useLegacySql\":false%s}";
        assertThat(server.send("POST", "/queries", query.formatted("")).body()).contains("\"v\":\"1706662923.500000\"");
        for (String[] format : new String[][] {
            {"FLOAT64", "1706662923.500000"},
            {"INT64", "1706662923500000"},
            {"ISO8601_STRING", "2024-01-31T01:02:03.500000000000Z"}
        }) {
            String options = ",\"formatOptions\":{\"timestampOutputFormat\":\"%s\"}".formatted(format[0]);
            HttpResponse<String> answer = server.send("POST", "/queries", query.formatted(options));
            assertThat(answer.body()).contains("\"v\":\"" + format[1] + "\"");
            String job = answer.body().replaceAll(".*\"jobId\":\"([^\"]+)\".*", "$1");
            assertThat(server.send("GET", "/queries/" + job + "?formatOptions.timestampOutputFormat=" + format[0], "")
                            .body())
                    .contains("\"v\":\"" + format[1] + "\"");
            assertThat(server.send("GET", "/queries/" + job + "?location=EU", "")
                            .statusCode())
                    .isEqualTo(404);
        }
        String both = "/datasets/house/tables/t/data?formatOptions.useInt64Timestamp=true"
                + "&formatOptions.timestampOutputFormat=INT64";
        assertThat(server.send("GET", both, "").body())
                .contains("Cannot specify both use_int64_timestamp and timestamp_output_format.");
        assertThat(server.send("GET", "/datasets/house/tables/t/data?formatOptions.useInt64Timestamp=some", "")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void whatIsNullIsNotSet() throws Exception {
        assertThat(server.send("POST", "/queries", """
                {"query":"SELECT @p","useLegacySql":false,"maxResults":null,"timeoutMs":null,"location":null,
                "requestId":null,"labels":{"a":null},"dryRun":null,"jobTimeoutMs":null,
                "queryParameters":[{"name":"p","parameterType":{"type":"INT64","arrayType":null},
                "parameterValue":{"value":null}}]}""").body())
                .contains("\"rows\":[{\"f\":[{\"v\":null}]}]", "\"location\":\"US\"");
        assertThat(server.send("POST", "/datasets/house/tables", """
                {"tableReference":{"tableId":"t"},"description":null,"expirationTime":null,"labels":null,
                "schema":{"fields":[{"name":"i","type":"INTEGER","mode":null}]}}""").body())
                .contains("\"fields\":[{\"name\":\"i\",\"type\":\"INTEGER\"}]")
                .doesNotContain("description", "expirationTime", "labels");
    }

    @Test
    void whatIsNotGzipIsABadRequest() throws Exception {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"query\":\"SELECT 1\",\"useLegacySql\":false}".getBytes(StandardCharsets.UTF_8));
        }
        byte[] whole = packed.toByteArray();

        assertThat(gzip(whole).statusCode()).isEqualTo(200);
        assertThat(gzip(Arrays.copyOf(whole, whole.length - 9)).body()).contains("not gzip, or ends early");
        assertThat(gzip("{}".getBytes(StandardCharsets.UTF_8)).statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> gzip(byte[] body) throws IOException, InterruptedException {
        return server.send(
                server.request(QUERIES).header("Content-Encoding", "gzip").POST(BodyPublishers.ofByteArray(body)));
    }

    @Test
    void aTableThatIsCopiedOverItselfKeepsItsRows() throws Exception {
        server.client().query(QueryJobConfiguration.of("CREATE TABLE house.t AS SELECT 7 AS x"));
        String table =
                "{\"projectId\":\"%s\",\"datasetId\":\"house\",\"tableId\":\"t\"}".formatted(LocalServer.PROJECT);

        server.send("POST", "/jobs", """
                {"jobReference":{"jobId":"c"},"configuration":{"copy":{"sourceTable":%1$s,"destinationTable":%1$s,
                "writeDisposition":"WRITE_TRUNCATE"}}}""".formatted(table));

        assertThat(server.end("c")).contains("\"copiedRows\":\"1\"", "\"copiedLogicalBytes\":\"8\"");
        assertThat(server.rows("t")).containsExactly("{f=[{v=7}]}");
    }

    @Test
    void whatHasNoRowsHasNoneToList() throws Exception {
        server.send("POST", "/datasets/house/tables", "{\"tableReference\":{\"tableId\":\"t\"}}");
        server.client().query(QueryJobConfiguration.of("CREATE VIEW house.v AS SELECT 7 AS x"));

        assertThat(server.send("GET", "/datasets/house/tables/t/data", "").body())
                .contains("\"totalRows\":\"0\"");
        assertThat(server.send("GET", "/datasets/house/tables/v/data", "").body())
                .contains("Cannot list a table of type VIEW.");
        server.send("POST", "/jobs", """
                {"jobReference":{"jobId":"e"},"configuration":{"extract":{"destinationUris":["gs://bucket/v.csv"],
                "sourceTable":{"datasetId":"house","tableId":"v"}}}}""");
        assertThat(server.end("e")).contains("is not allowed for this operation because of its type");
    }
}
