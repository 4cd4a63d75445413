package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What tables, views and datasets may say, and what is told of them. */
class TableMetadataTests extends HouseOverRest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'schema':{'fields':[{'name':'a','type':'FOO'}]}|Invalid value for type: FOO is not a valid value",
                "'schema':{'fields':[{'name':'a'}]}|Required parameter is missing: type of field a",
                "'schema':{'fields':[{'type':'DATE'}]}|Invalid field name",
                "'schema':{'fields':[{'name':'a.b','type':'DATE'}]}|Fields must contain the allowed characters",
                "'schema':{'fields':[{'name':'a','type':'DATE','mode':'FOO'}]}|Invalid value for mode: FOO",
                "'schema':{'fields':[{'name':'r','type':'RECORD','fields':[{'name':'x','type':'DATE'},"
                        + "{'name':'X','type':'DATE'}]}]}|duplicate field name",
                "'schema':{'fields':[{'name':'a','type':'DATE'}]},'timePartitioning':{'type':'HOUR','field':'a'}"
                        + "|can only be of type TIMESTAMP or DATETIME",
                "'schema':{'fields':[{'name':'a','type':'DATE'}]},'timePartitioning':{'type':'WEEK','field':'a'}"
                        + "|Invalid value for timePartitioning.type: WEEK",
                "'schema':{'fields':[{'name':'a','type':'INTEGER'}]},'rangePartitioning':{'field':'a','range':"
                        + "{'start':'0','end':'9','interval':'0'}}|interval must be above 0",
                "'schema':{'fields':[{'name':'a','type':'INTEGER'}]},'rangePartitioning':{'field':'a'}|needs start",
                "'schema':{'fields':[{'name':'a','type':'INTEGER'}]},'rangePartitioning':{'field':'a','range':"
                        + "{'start':'0','end':'20001','interval':'2'}}|it makes 10001 partitions, 10000 are allowed",
                "'schema':{'fields':[{'name':'a','type':'INTEGER'}]},'timePartitioning':{'type':'DAY'},"
                        + "'rangePartitioning':{'field':'a'}|Cannot specify both",
                "'schema':{'fields':[{'name':'a','type':'FLOAT'}]},'clustering':{'fields':['a']}|for clustering",
                "'schema':{'fields':[{'name':'a','type':'DATE'}]},'clustering':{'fields':['a','a']}|different fields",
                "'requirePartitionFilter':true|Either interval partition or range partition should be specified.",
                "'schema':{'fields':[{'name':'a','type':'DATE'}]},'requirePartitionFilter':false"
                        + "|Either interval partition or range partition should be specified.",
                "'expirationTime':'1000'|Invalid value for expirationTime",
                "'labels':{'Upper':'x'}|Invalid label key",
                "'labels':{'lower':'X'}|Invalid label value",
            })
    void noTableIsMadeOfWhatIsWrong(String members, String message) throws Exception {
        HttpResponse<String> answer = table(members);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(message);
        assertThat(send("GET", T, "").statusCode()).isEqualTo(404);
    }

    @Test
    void aTableIsOfTheDatasetOfItsPath() throws Exception {
        assertThat(send("POST", TABLES, "{'tableReference':{'datasetId':'other','tableId':'t'}}")
                        .body())
                .contains("Value 'other' in content does not agree with value 'house'.");
    }

    @Test
    void datasetsHaveTheirLimits() throws Exception {
        String house = "/datasets/house";

        assertThat(send("PATCH", house, "{'maxTimeTravelHours':'50'}").statusCode())
                .isEqualTo(400);
        assertThat(send("PATCH", house, "{'defaultTableExpirationMs':'3599999'}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(send("PATCH", house, "{'labels':{'a':'B'}}").statusCode()).isEqualTo(400);
        assertThat(send("PATCH", house, "{'storageBillingModel':'FREE'}").statusCode())
                .isEqualTo(400);
        assertThat(send("PATCH", house, "{'storageBillingModel':'PHYSICAL'}").statusCode())
                .isEqualTo(200);
        assertThat(send("PATCH", house, "{'maxTimeTravelHours':'72','labels':{'a':'b'}}")
                        .body())
                .contains("\"maxTimeTravelHours\":\"72\"", "\"labels\":{\"a\":\"b\"}");
        assertThat(send("PATCH", house, "{'maxTimeTravelHours':null,'labels':{'a':null}}")
                        .body())
                .contains("\"maxTimeTravelHours\":\"168\"")
                .doesNotContain("labels");
    }

    @Test
    void datasetsAreToldAndChangedInParts() throws Exception {
        String access = "'access':[{'role':'READER','userByEmail':'a@b.c'}]".replace('\'', '"');
        String parts = "/datasets/parts";
        send("POST", "/datasets", "{'datasetReference':{'datasetId':'parts'},'labels':{'a':'b'},%s}".formatted(access));

        assertThat(send("GET", parts + "?datasetView=METADATA", "").body())
                .contains("labels")
                .doesNotContain("access");
        assertThat(send("GET", parts + "?datasetView=ACL", "").body())
                .contains(access, "etag")
                .doesNotContain("labels", "location");
        assertThat(send("GET", parts + "?datasetView=SOME", "").body()).contains("Invalid value for datasetView: SOME");
        assertThat(send("PUT", parts + "?updateMode=UPDATE_METADATA", "{'description':'d','access':[]}")
                        .body())
                .contains(access, "\"description\":\"d\"")
                .doesNotContain("labels");
        assertThat(send("PATCH", parts + "?updateMode=UPDATE_ACL", "{'description':'e','access':[{'role':'OWNER'}]}")
                        .body())
                .contains("\"description\":\"d\"", "\"access\":[{\"role\":\"OWNER\"}]");
        assertThat(send("PATCH", parts + "?updateMode=ALL", "{}").statusCode()).isEqualTo(400);
        assertThat(send("POST", parts + ":undelete", "{}").body()).contains("does not support undeleting datasets");
    }

    @Test
    void datasetsTellWhoMayUseThem() throws Exception {
        send("POST", "/datasets", "{'datasetReference':{'datasetId':'open'}}");
        assertThat(send("GET", "/datasets/open", "").body()).contains("""
                        "access":[{"role":"WRITER","specialGroup":"projectWriters"},\
                        {"role":"OWNER","specialGroup":"projectOwners"},\
                        {"role":"OWNER","userByEmail":"local@sluice.invalid"},\
                        {"role":"READER","specialGroup":"projectReaders"}]""");
        String roles = "'access':[{'role':'roles/bigquery.data%s','domain':'a.b'},{'role':'roles/x','domain':'a.b'}]";
        String told = "'access':[{'domain':'a.b','role':'%s'},{'domain':'a.b','role':'roles/x'}]";

        assertThat(send("PATCH", "/datasets/open", "{" + roles.formatted("Editor") + "}")
                        .body())
                .contains(told.formatted("WRITER").replace('\'', '"'));
        assertThat(send("PUT", "/datasets/open", "{" + roles.formatted("Viewer") + "}")
                        .body())
                .contains(told.formatted("READER").replace('\'', '"'));
        String made = "{'datasetReference':{'datasetId':'made'}," + roles.formatted("Owner") + "}";
        assertThat(send("POST", "/datasets", made).body())
                .contains(told.formatted("OWNER").replace('\'', '"'));
    }

    @Test
    void whatIsKeptInStepWithAnotherIsRefused() throws Exception {
        String linked = "{'datasetReference':{'datasetId':'linked'},'linkedDatasetSource':"
                + "{'sourceDataset':{'projectId':'p','datasetId':'d'}}}";

        assertThat(send("POST", "/datasets", linked).body())
                .contains("does not support datasets with linkedDatasetSource");
        assertThat(table("'tableReplicationInfo':{'sourceTable':{'datasetId':'house','tableId':'s'}}")
                        .body())
                .contains("does not support tables with tableReplicationInfo");
    }

    @Test
    void aTableIsPartitionedForEver() throws Exception {
        table("'schema':{'fields':[{'name':'n','type':'INTEGER'}]}");
        assertThat(send("PATCH", T, "{'timePartitioning':null,'rangePartitioning':null,'view':null}")
                        .statusCode())
                .isEqualTo(200);
        send("DELETE", T, "");
        table(
                "'timePartitioning':{'type':'DAY','expirationMs':'3600000'},'schema':{'fields':[{'name':'n','type':'INTEGER'}]}");

        assertThat(send("PATCH", T, "{'timePartitioning':null}").body()).contains("Cannot change partitioning");
        assertThat(send("PATCH", T, "{'timePartitioning':{'type':'DAY','expirationMs':null}}")
                        .body())
                .contains("\"timePartitioning\":{\"type\":\"DAY\"}");
    }

    @Test
    void aTableIsToldInTheViewThatIsAskedFor() throws Exception {
        table("'schema':{'fields':[{'name':'a','type':'DATE'},{'name':'b','type':'DATE'}]}");

        assertThat(send("GET", T, "").body()).contains("\"numRows\":\"0\"", "\"name\":\"b\"");
        assertThat(send("GET", T + "?view=BASIC&selectedFields=A", "").body())
                .contains("\"name\":\"a\"")
                .doesNotContain("numRows", "\"name\":\"b\"");
        assertThat(send("GET", T + "?view=ALL", "").statusCode()).isEqualTo(400);
    }

    @Test
    void whatWouldNotBeKeptToIsRefused() throws Exception {
        for (String members : new String[] {
            "'defaultCollation':'und:ci'",
            "'isCaseInsensitive':true",
            "'defaultRoundingMode':'ROUND_HALF_EVEN'",
            "'externalDatasetReference':{'externalSource':'x'}"
        }) {
            assertThat(send("POST", "/datasets", "{'datasetReference':{'datasetId':'refused'},%s}".formatted(members))
                            .statusCode())
                    .isEqualTo(501);
        }
        assertThat(send("GET", "/datasets/refused", "").statusCode()).isEqualTo(404);
        for (String members : new String[] {
            "'defaultCollation':'und:ci'",
            "'schema':{'fields':[{'name':'r','type':'RECORD','fields':[{'name':'s','type':'STRING','collation':'und:ci'}]}]}",
            "'schema':{'fields':[{'name':'m','type':'TIMESTAMP','timestampPrecision':'12'}]}"
        }) {
            assertThat(table(members).statusCode()).isEqualTo(501);
        }
    }

    @Test
    void aTableTellsItsPartitionsAndBytes() throws Exception {
        table("'schema':{'fields':[{'name':'a','type':'DATE'}]},'timePartitioning':{'type':'MONTH','field':'a'}");
        server.query("INSERT INTO house.t VALUES ('2024-01-01'), ('2024-02-01')", UnaryOperator.identity());
        String zeros =
                "'numActiveLogicalBytes':'%1$s','numBytes':'%1$s','numLongTermBytes':'0','numLongTermLogicalBytes':'0',";

        assertThat(send("GET", T, "").body())
                .contains((zeros.formatted(16) + "'numPartitions':'2','numRows':'2','numTotalLogicalBytes':'16'")
                        .replace('\'', '"'))
                .contains("\"partitionDefinition\":{\"partitionedColumn\":[{\"field\":\"a\"}]}");
        assertThat(send("GET", T + "?view=BASIC", "").body()).doesNotContain("num");
        send("DELETE", T, "");
        table("'view':{'query':'SELECT 1 AS x','useLegacySql':false}");
        assertThat(send("GET", T, "").body()).contains((zeros.formatted(0) + "'numRows':'0'").replace('\'', '"'));
    }

    @Test
    void aMaterializedViewSaysWhatItIs() throws Exception {
        server.query("CREATE OR REPLACE TABLE house.base AS SELECT 1 AS x", UnaryOperator.identity());
        String query = "SELECT SUM(x) AS total FROM house.base";

        assertThat(table("'materializedView':{'query':'%s','refreshIntervalMs':'60000'}".formatted(query))
                        .body())
                .contains(
                        "\"type\":\"MATERIALIZED_VIEW\"",
                        "\"enableRefresh\":true",
                        "\"refreshIntervalMs\":\"60000\"",
                        "\"name\":\"total\"")
                .doesNotContain("\"view\"");
        server.query("INSERT house.base VALUES (2)", UnaryOperator.identity());
        assertThat(server.column("SELECT total FROM house.t")).containsExactly("3");
        assertThat(send("PATCH", T, "{'description':'d'}").body()).contains("MATERIALIZED_VIEW", query);
        assertThat(send("PATCH", T, "{'materializedView':{'query':'%s','enableRefresh':false}}".formatted(query))
                        .body())
                .contains("\"enableRefresh\":false", "\"refreshIntervalMs\":\"60000\"");
        assertThat(send("PATCH", T, "{'materializedView':{'refreshIntervalMs':null,'lastRefreshTime':'1'}}")
                        .body())
                .contains("\"enableRefresh\":false", "\"refreshIntervalMs\":\"1800000\"")
                .doesNotContain("\"lastRefreshTime\":\"1\"");
        assertThat(send("PUT", T, "{'materializedView':{'query':'%s'}}".formatted(query))
                        .body())
                .contains("\"enableRefresh\":true");
        assertThat(send("PATCH", T, "{'materializedView':{'query':'SELECT 1 AS total'}}")
                        .body())
                .contains("Cannot change materializedView.query of an existing table");
        assertThat(send("GET", T + "/data", "").body()).contains("Cannot list a table of type MATERIALIZED_VIEW.");
        assertThat(server.column("SELECT table_type FROM house.INFORMATION_SCHEMA.TABLES WHERE table_name = 't'"))
                .containsExactly("MATERIALIZED VIEW");
        assertThat(server.column("SELECT COUNT(*) FROM house.INFORMATION_SCHEMA.VIEWS WHERE table_name = 't'"))
                .containsExactly("0");
        send("DELETE", T, "");
        server.query("CREATE MATERIALIZED VIEW house.t AS " + query, UnaryOperator.identity());
        assertThat(send("GET", TABLES, "").body()).contains("\"type\":\"MATERIALIZED_VIEW\"");
        assertThat(send("POST", "/queries", "{'useLegacySql':false,'query':'DROP VIEW house.t'}")
                        .body())
                .contains("which has type MATERIALIZED VIEW; use DROP MATERIALIZED VIEW");
        server.query("DROP MATERIALIZED VIEW house.t", UnaryOperator.identity());
        assertThat(send("GET", T, "").statusCode()).isEqualTo(404);
        assertThat(table("'materializedView':{'query':'%s','maxStaleness':'0-0 0 1:0:0'}".formatted(query))
                        .statusCode())
                .isEqualTo(501);
    }

    @Test
    void clusteringByNothingIsNone() throws Exception {
        String fields = "'schema':{'fields':[{'name':'a','type':'DATE'}]},";
        assertThat(table(fields + "'clustering':{'fields':[]}").body()).doesNotContain("clustering");
        assertThat(send("PATCH", T, "{'clustering':{'fields':['a']}}").body()).contains("clustering");
        assertThat(send("PATCH", T, "{'clustering':{'fields':[]}}").body()).doesNotContain("clustering");
    }

    @Test
    void aViewKeepsItsDialectAndTakesTheColumnsOfItsNewQuery() throws Exception {
        table("'view':{'query':'SELECT 1 AS x','useLegacySql':false}");
        String old = "'schema':{'fields':[{'name':'x','type':'INTEGER','mode':'NULLABLE'}]}";

        assertThat(send("PATCH", T, "{'view':{'query':'SELECT 2 AS y'},%s}".formatted(old))
                        .body())
                .contains("\"name\":\"y\"", "\"useLegacySql\":false");
        assertThat(send("PATCH", T, "{%s}".formatted(old)).body()).contains("Provided Schema does not match Table");
    }
}
