package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** How much of a resource is told. */
class PartialAnswerTests extends HouseOverRest {

    @Test
    void onlyPartsThatAreWantedAreAnswered() throws Exception {
        table("'labels':{'a':'b'}");

        assertThat(send("GET", TABLES + "?fields=tables/tableReference/tableId,kind", "")
                        .body())
                .isEqualTo("{\"kind\":\"bigquery#tableList\",\"tables\":[{\"tableReference\":{\"tableId\":\"t\"}}]}");
        assertThat(send("GET", T + "?fields=labels/*,tableReference(tableId),none", "")
                        .body())
                .isEqualTo("{\"labels\":{\"a\":\"b\"},\"tableReference\":{\"tableId\":\"t\"}}");
        assertThat(send("GET", T + "?fields=labels(a", "").body()).contains("Invalid field selection");
        assertThat(send("GET", TABLES + "/none?fields=id", "").body()).contains("\"reason\":\"notFound\"");
    }

    @Test
    void parametersThatAreTooLongForAUrlAreAForm() throws Exception {
        table("'schema':{'fields':[{'name':'n','type':'INTEGER'},{'name':'m','type':'INTEGER'}]}");
        server.query("INSERT INTO house.t (n, m) VALUES (1, 2), (3, 4)", UnaryOperator.identity());
        var form = server.request("/bigquery/v2/projects/" + LocalServer.PROJECT + T + "/data?prettyPrint=false")
                .header("X-HTTP-Method-Override", "GET")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(LocalServer.text("startIndex=1&fields=rows&selectedFields=" + "m%2C".repeat(1000) + "m"));

        assertThat(server.send(form).body()).isEqualTo("{\"rows\":[{\"f\":[{\"v\":\"4\"}]}]}");
    }

    @Test
    void aColumnThatIsSelectedTwiceIsSelected() throws Exception {
        table("'schema':{'fields':[{'name':'n','type':'INTEGER'}]}");

        assertThat(send("GET", T + "?selectedFields=n,n", "").body()).contains("\"name\":\"n\"");
        assertThat(send("GET", T + "/data?selectedFields=n&selectedFields=n", "")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void nothingIsDoneIfThePartsThatAreWantedCannotBeRead() throws Exception {
        assertThat(send("POST", "/datasets?fields=id(", "{'datasetReference':{'datasetId':'other'}}")
                        .body())
                .contains("Invalid field selection");
        assertThat(send("GET", "/datasets/other", "").statusCode()).isEqualTo(404);
    }
}
