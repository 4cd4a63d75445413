package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Who names the etag of a resource. */
class EtagTests extends HouseOverRest {

    private String etag(String path) throws Exception {
        return send("GET", path, "").body().replaceAll("(?s).*?\"etag\":\"([^\"]+)\".*", "$1");
    }

    private HttpRequest.Builder known(String path) throws Exception {
        return server.request("/bigquery/v2/projects/" + LocalServer.PROJECT + path)
                .header("If-None-Match", etag(path))
                .GET();
    }

    @Test
    void whatTheClientHasIsNotAnsweredAgain() throws Exception {
        table("'labels':{'a':'b'}");
        var get = known(TABLES);

        assertThat(server.send(get).statusCode()).isEqualTo(304);
        send("PATCH", T, "{'labels':{'a':'c'}}");
        assertThat(server.send(get).body()).contains("\"labels\":{\"a\":\"c\"}");
    }

    @Test
    void rowsAreAnsweredAgain() throws Exception {
        table("'schema':{'fields':[{'name':'n','type':'INTEGER'}]}");
        server.query("INSERT INTO house.t (n) VALUES (1)", UnaryOperator.identity());
        var get = known(T + "/data");

        server.query("UPDATE house.t SET n = 2 WHERE true", UnaryOperator.identity());

        assertThat(server.send(get).body()).contains("{\"v\":\"2\"}");
    }

    @Test
    void whoNamesAnEtagDeletesNothingElse() throws Exception {
        table("'schema':{'fields':[{'name':'a','type':'DATE'}]}");
        var delete = server.request("/bigquery/v2/projects/" + LocalServer.PROJECT + T)
                .DELETE();

        assertThat(server.send(delete.copy().header("If-Match", "another")).statusCode())
                .isEqualTo(412);
        String etag = send("GET", T, "").body().replaceAll(".*\"etag\":\"([^\"]+)\".*", "$1");
        assertThat(server.send(delete.copy().header("If-Match", etag)).statusCode())
                .isEqualTo(204);
    }

    @Test
    void aPolicyIsReplacedByWhoKnowsIt() throws Exception {
        table("'schema':{'fields':[{'name':'a','type':'DATE'}]}");
        String policy = "{'policy':{'bindings':[{'role':'roles/viewer','members':['allUsers']}]%s}}";
        String set = send("POST", T + ":setIamPolicy", policy.formatted(",'etag':'ACAB'"))
                .body();
        String etag = set.replaceAll(".*\"etag\":\"([^\"]+)\".*", "$1");

        assertThat(set).contains("roles/viewer");
        assertThat(send("POST", T + ":setIamPolicy", policy.formatted(",'etag':'ACAB'"))
                        .body())
                .contains("\"code\":409", "\"status\":\"ABORTED\"", "There were concurrent policy changes");
        assertThat(send("POST", T + ":setIamPolicy", "{'policy':{'etag':'" + etag + "'}}")
                        .body())
                .doesNotContain("roles/viewer", "error");
        assertThat(send("POST", T + ":setIamPolicy", policy.formatted("")).statusCode())
                .isEqualTo(200);
    }
}
