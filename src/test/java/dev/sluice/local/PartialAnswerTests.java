package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

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
