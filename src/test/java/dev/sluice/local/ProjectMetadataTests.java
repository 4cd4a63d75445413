package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a project tells of itself and of its jobs. */
class ProjectMetadataTests extends HouseOverRest {

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "'1e999999999'", "1e-999999999"})
    void aNumberThatNobodyCanHoldIsRefused(String number) throws Exception {
        assertThat(send("POST", "/queries", "{'query':'SELECT 1','useLegacySql':false,'maxResults':" + number + "}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void listsTellOfJobsWhatTheirProjectionSays() throws Exception {
        send(
                "POST",
                "/jobs",
                "{'jobReference':{'jobId':'j'},'configuration':{'query':{'query':'SELECT 1','useLegacySql':false}}}");
        server.end("j");

        assertThat(send("GET", "/jobs", "").body())
                .contains("\"jobId\":\"j\"", "\"user_email\":\"local@sluice.invalid\"")
                .doesNotContain("configuration");
        assertThat(send("GET", "/jobs?projection=full", "").body()).contains("\"query\":\"SELECT 1\"");
        assertThat(send("GET", "/jobs?projection=most", "").statusCode()).isEqualTo(400);
        assertThat(send("GET", "/jobs?stateFilter=finished", "").statusCode()).isEqualTo(400);
    }

    @Test
    void aJobIsNotFoundAtAnotherPlace() throws Exception {
        send(
                "POST",
                "/jobs",
                "{'jobReference':{'jobId':'k'},'configuration':{'query':{'query':'SELECT 1','useLegacySql':false}}}");
        server.end("k");

        assertThat(send("GET", "/jobs/k?location=us", "").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/jobs/k?location=EU", "").body()).contains("Not found: Job sluice-local:EU.k");
        assertThat(send("POST", "/jobs/k/cancel?location=EU", "").statusCode()).isEqualTo(404);
        assertThat(send("DELETE", "/jobs/k/delete?location=EU", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void thereAreNoModelsAndNoRoutines() throws Exception {
        assertThat(send("GET", "/datasets/house/models", "").body()).isEqualTo("{}");
        assertThat(send("GET", "/datasets/house/routines", "").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/datasets/another/routines", "").body())
                .contains("Not found: Dataset sluice-local:another");
        assertThat(send("GET", "/datasets/house/routines/r", "").body())
                .contains("Not found: Routine sluice-local:house.r");
        assertThat(send("DELETE", "/datasets/house/models/m", "").statusCode()).isEqualTo(404);
        assertThat(send("POST", "/datasets/house/routines", "{}").body()).contains("does not support routines");
    }

    @Test
    void thereIsOneProject() throws Exception {
        assertThat(server.send(server.request("/bigquery/v2/projects")).body())
                .contains("\"kind\":\"bigquery#projectList\"", "\"projectId\":\"sluice-local\"", "\"totalItems\":1");
        assertThat(send("GET", "/serviceAccount", "").body()).contains("\"email\":\"bq-1@sluice-local.invalid\"");
        assertThat(server.send(server.request("/batch/bigquery/v2").POST(LocalServer.text("x")))
                        .body())
                .contains("does not support batches of requests");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/datasets", TABLES, T + "/data", "/queries/none-at-once"})
    void aPageOfNothingIsTheLast(String path) throws Exception {
        table("'schema':{'fields':[{'name':'n','type':'INTEGER'}]}");
        server.query("INSERT INTO house.t (n) VALUES (1)", UnaryOperator.identity());
        send(
                "POST",
                "/jobs",
                "{'jobReference':{'jobId':'none-at-once'},'configuration':{'query':{'query':'SELECT 1','useLegacySql':false}}}");
        server.end("none-at-once");

        assertThat(send("GET", path + "?maxResults=0", "").body())
                .contains("\"kind\"")
                .doesNotContain("ageToken");
    }
}
