package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.WriteChannelConfiguration;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTests {

    private static final String PROJECT = "/bigquery/v2/projects/sluice-local";
    private static final String UPLOADS = "/upload" + PROJECT + "/jobs";
    private static final String LOAD = """
            {"jobReference":{"projectId":"sluice-local","jobId":"load"},
             "configuration":{"load":{"sourceFormat":"NEWLINE_DELIMITED_JSON","destinationTable":
              {"projectId":"sluice-local","datasetId":"house","tableId":"people"}}}}""";

    @TempDir
    Path folder;

    private LocalServer server;

    @BeforeEach
    void open() throws IOException {
        server = LocalServer.open(folder);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /bigquery/v2/projects/another/datasets, 404",
        "GET, /bigquery/v2/projects/sluice-local/datasets/house/tables/people/rows, 404",
        "GET, /bigquery/v2/projects/sluice-local/datasets/house/views, 404",
        "POST, /bigquery/v2/projects/sluice-local/jobs/one/stop, 404",
        "GET, /bigquery/v2/projects/sluice-local/queries/a/b, 404",
        "GET, /bigquery/v2/projects/sluice-local/jobs?parentJobId=one, 501",
        "GET, /bigquery/v3/projects/sluice-local/jobs, 404",
        "DELETE, /bigquery/v2/projects/sluice-local/jobs, 501",
        "GET, /bigquery/v2/projects/sluice-local/jobs?maxResults=x, 400",
        "GET, /, 404"
    })
    void anAddressThatIsNotServedIsRefused(String method, String path, int status) throws Exception {
        server.people();

        HttpResponse<String> answer = server.send(server.request(path).method(method, BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"reason\":", "\"status\":\"");
    }

    @Test
    void anotherProjectIsNotFoundWhereverItIsNamed() throws Exception {
        server.people();
        String elsewhere = LOAD.replace("\"projectId\":\"sluice-local\",\"dat", "\"projectId\":\"another\",\"dat");

        assertThat(begin(elsewhere).body()).contains("\"reason\":\"notFound\"", "Project another");
        assertThat(server.send(
                                "POST",
                                "/datasets/house/tables",
                                "{\"tableReference\":{\"projectId\":\"another\",\"datasetId\":\"house\",\"tableId\":\"t\"}}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void anUnknownSettingIsRefusedBeforeAnythingHappens() throws Exception {
        assertThat(begin(LOAD.replace("{\"sourceFormat\"", "{\"columnNameCharacterMap\":\"V2\",\"sourceFormat\""))
                        .body())
                .contains("notImplemented", "columnNameCharacterMap");
        assertThat(server.send(
                                "POST",
                                "/jobs",
                                "{\"configuration\":{\"query\":{\"query\":\"SELECT 1\",\"useLegacySql\":false,\"scriptOptions\":{\"statementTimeoutMs\":\"1\"}}}}")
                        .body())
                .contains("notImplemented", "scriptOptions");
    }

    @Test
    void theResultsOfALoadAreRefused() throws Exception {
        server.load(server.people(), FormatOptions.json(), "{\"id\":1}\n");
        String id = server.client()
                .listJobs()
                .iterateAll()
                .iterator()
                .next()
                .getJobId()
                .getJob();

        HttpResponse<String> answer = server.send("GET", "/queries/" + id, "");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("is not a query job");
    }

    private HttpResponse<String> begin(String job) throws IOException, InterruptedException {
        return server.send(server.request(UPLOADS + "?uploadType=resumable").POST(BodyPublishers.ofString(job)));
    }

    private HttpResponse<String> put(String session, String range, String content)
            throws IOException, InterruptedException {
        return server.send(
                server.request(session).header("Content-Range", range).method("PUT", LocalServer.text(content)));
    }

    @Test
    void anUploadTakesChunksWhoseTotalIsNotKnownYet() throws Exception {
        server.people();
        String session = begin(LOAD).headers().firstValue("Location").orElseThrow();

        HttpResponse<String> first = put(session, "bytes 0-9/*", "{\"id\":1}\n{");
        HttpResponse<String> asked = put(session, "bytes */*", "");
        HttpResponse<String> early = put(session, "bytes 15-16/*", "xx");
        HttpResponse<String> last = put(session, "bytes 10-17/18", "\"id\":2}\n");
        HttpResponse<String> again = put(session, "bytes */18", "");

        assertThat(first.statusCode()).isEqualTo(308);
        assertThat(asked.headers().firstValue("Range")).contains("bytes=0-9");
        assertThat(early.headers().firstValue("Range")).contains("bytes=0-9");
        assertThat(last.statusCode()).isEqualTo(200);
        assertThat(again.body()).contains("\"jobId\":\"load\"");
        assertThat(server.end("load")).contains("\"outputRows\":\"2\"");
    }

    @Test
    void anUnknownUploadIsNotFound() throws Exception {
        assertThat(put(UPLOADS + "?upload_id=nobody", "bytes 0-0/1", "x").statusCode())
                .isEqualTo(404);
    }

    @Test
    void lostBytesAreAFaultOfTheServerNotOfTheirOwner() throws Exception {
        server.populate(20_000);
        var configuration = WriteChannelConfiguration.newBuilder(
                        com.google.cloud.bigquery.TableId.of("house", "people"))
                .setFormatOptions(FormatOptions.json())
                .setWriteDisposition(JobInfo.WriteDisposition.WRITE_TRUNCATE) // waits for those who change the table
                .build();
        server.running(
                "endless",
                com.google.cloud.bigquery.QueryJobConfiguration.of(
                        "INSERT INTO house.people (id) SELECT COUNT(*) AS n FROM house.people AS x"
                                + " CROSS JOIN house.people AS y CROSS JOIN house.people AS z WHERE x.id + y.id + z.id = 7"));
        server.begin("lost", configuration, LocalServer.numbered(1));
        try (var files = Files.list(folder.resolve("uploads"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }

        server.send("POST", "/jobs/endless/cancel", "");

        assertThat(server.end("lost")).contains("\"reason\":\"internalError\"");
    }

    @Test
    void aStatementThatCannotBeExecutedIsAnInvalidQueryWithoutValues() throws Exception {
        server.load(server.people(), FormatOptions.json(), "{\"id\":9223372036854775807,\"name\":\"Ada\"}\n");
        String id = "overflow";
        server.send("POST", "/jobs", """
                {"jobReference":{"jobId":"%s"},"configuration":{"query":
                {"query":"INSERT INTO house.people (id) SELECT id + id FROM house.people","useLegacySql":false}}}""".formatted(id));

        assertThat(server.end(id)).contains("\"reason\":\"invalidQuery\"").doesNotContain("Exception");
        assertThat(server.query("SELECT COUNT(*) AS n FROM house.people", UnaryOperator.identity())
                        .getStatus()
                        .getError())
                .isNull();
    }
}
