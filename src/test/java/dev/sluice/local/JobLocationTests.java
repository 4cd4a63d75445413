package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs are where their datasets are. */
class JobLocationTests extends HouseOverRest {

    private static final String ELSEWHERE = "was not found in location ";

    private int jobs;

    @BeforeAll
    void makeDatasetElsewhere() throws Exception {
        send("POST", "/datasets", "{'datasetReference':{'datasetId':'cellar'},'location':'EU'}");
        server.query("CREATE TABLE cellar.wine AS SELECT 1 AS n", UnaryOperator.identity());
    }

    /** @param configuration as JSON members of the job's configuration */
    private String run(String location, String configuration) throws Exception {
        String id = "l" + jobs++;
        String place = location.isEmpty() ? "" : ",'location':'%s'".formatted(location);
        String answer = send(
                        "POST",
                        "/jobs",
                        "{'jobReference':{'jobId':'%s'%s},'configuration':{%s}}".formatted(id, place, configuration))
                .body();
        return answer.contains("\"error\"") ? answer : server.end(id);
    }

    private static String query(String sql) {
        return "'query':{'useLegacySql':false,'useQueryCache':false,'query':'%s'}".formatted(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'query':{'useLegacySql':false,'query':'SELECT 1','defaultDataset':{'datasetId':'cellar'}}",
                "'query':{'useLegacySql':false,'query':'SELECT 1','writeDisposition':'WRITE_TRUNCATE',"
                        + "'destinationTable':{'projectId':'sluice-local','datasetId':'cellar','tableId':'u'}}",
                "'query':{'useLegacySql':false,'query':'SELECT n FROM cellar.wine'}",
                "'query':{'useLegacySql':false,'query':'SELECT # house.\\n 1 FROM `sluice-local.cellar.wine`'}",
                "'query':{'useLegacySql':false,'query':'INSERT `cellar`.wine VALUES (2)'}",
                "'query':{'useLegacySql':false,'query':'SELECT 1; SELECT n FROM cellar.wine'}",
                "'copy':{'writeDisposition':'WRITE_TRUNCATE','sourceTable':{'projectId':'sluice-local','datasetId':"
                        + "'cellar','tableId':'wine'},'destinationTable':{'projectId':'sluice-local','datasetId':"
                        + "'cellar','tableId':'u'}}",
                "'extract':{'destinationUris':['gs://out/wine.csv'],'sourceTable':{'projectId':'sluice-local',"
                        + "'datasetId':'cellar','tableId':'wine'}}",
            })
    void aJobIsWhereItsDatasetsAre(String configuration) throws Exception {
        assertThat(run("", configuration))
                .contains("\"location\":\"EU\"", "sluice-local:EU.l")
                .doesNotContain("errorResult");
        assertThat(run("EU", configuration)).doesNotContain("errorResult");
        assertThat(run("US", configuration)).contains("Not found: Dataset sluice-local:cellar " + ELSEWHERE + "US");
    }

    @Test
    void aQuerySaysWhereItHasLookedForWhatIsNotThere() throws Exception {
        String query = "'query':{'useLegacySql':false,'query':'%s'}";

        assertThat(run("US", query.formatted("SELECT * FROM house.nothing")))
                .contains("Not found: Table sluice-local:house.nothing " + ELSEWHERE + "US");
        assertThat(run("US", query.formatted("DROP TABLE nowhere.t")))
                .contains("Not found: Dataset sluice-local:nowhere " + ELSEWHERE + "US");
        assertThat(run(
                        "US",
                        query.formatted("BEGIN SELECT * FROM house.nothing;"
                                + " EXCEPTION WHEN ERROR THEN RAISE USING MESSAGE = @@error.message; END")))
                .contains("Not found: Table sluice-local:house.nothing " + ELSEWHERE + "US");
        assertThat(run("US", "'dryRun':true," + query.formatted("SELECT * FROM house.nothing")))
                .contains("Not found: Table sluice-local:house.nothing " + ELSEWHERE + "US");
    }

    @Test
    void aQueryReadsOnePlace() throws Exception {
        server.query("CREATE OR REPLACE TABLE house.people (n INT64)", UnaryOperator.identity());

        assertThat(run("", query("SELECT w.n FROM cellar.wine AS w JOIN house.people AS p ON w.n = p.n")))
                .contains("Not found: Dataset sluice-local:house " + ELSEWHERE + "EU");
        assertThat(run("", query("SELECT cellar.n FROM house.people AS cellar")))
                .contains("sluice-local:US.l")
                .doesNotContain("errorResult");
        assertThat(run("US", query("CREATE TABLE cellar.t (n INT64)"))).contains(ELSEWHERE + "US");
        assertThat(run("", query("SELECT 1"))).contains("sluice-local:US.l");
        assertThat(send(
                                "POST",
                                "/queries",
                                "{'useLegacySql':false,'location':'US','query':'SELECT n FROM cellar.wine'}")
                        .body())
                .contains("\"code\":404", ELSEWHERE + "US");
        assertThat(send(
                                "POST",
                                "/queries",
                                "{'useLegacySql':false,'dryRun':true,'location':'US','query':'SELECT n FROM cellar.wine'}")
                        .body())
                .contains(ELSEWHERE + "US");
    }

    private static String copy(String to, String more) {
        String table = "{'projectId':'sluice-local','datasetId':'%s','tableId':'%s'}";
        return "'copy':{'sourceTable':%s,'destinationTable':%s%s}"
                .formatted(table.formatted("house", "grapes"), table.formatted("cellar", to), more);
    }

    @Test
    void aCopyMayGoElsewhereButNotAppend() throws Exception {
        server.query("CREATE OR REPLACE TABLE house.grapes AS SELECT 1 AS n", UnaryOperator.identity());

        assertThat(run("", copy("juice", ""))).contains("\"location\":\"EU\"").doesNotContain("errorResult");
        assertThat(run("", copy("juice", ",'writeDisposition':'WRITE_TRUNCATE'")))
                .doesNotContain("errorResult");
        assertThat(run("", copy("juice", ",'writeDisposition':'WRITE_APPEND'")))
                .contains("Cross-region table copy with append mode (--append_table or WRITE_APPEND) is unsupported.");
    }

    @Test
    void clonesAndSnapshotsStayWithTheirTables() throws Exception {
        server.query("CREATE OR REPLACE TABLE house.grapes AS SELECT 1 AS n", UnaryOperator.identity());

        for (String operation : new String[] {"CLONE", "SNAPSHOT"}) {
            assertThat(run("", copy("stays", ",'operationType':'%s'".formatted(operation))))
                    .contains("does not support " + operation + " of a table at another location");
        }
        for (String statement : new String[] {"TABLE cellar.stays COPY", "TABLE cellar.stays CLONE"}) {
            assertThat(run("", query("CREATE " + statement + " house.grapes")))
                    .contains("Not found: Dataset sluice-local:house " + ELSEWHERE + "EU");
        }
    }

    @Test
    void aDatasetIsMadeWhereItsStatementRuns() throws Exception {
        run("asia-east2", query("CREATE SCHEMA IF NOT EXISTS far"));

        assertThat(send("GET", "/datasets/far", "").body()).contains("\"location\":\"asia-east2\"");
        send("DELETE", "/datasets/far", "");
    }

    @Test
    void aDatasetThatIsMadeAnewIsAtItsNewPlace() throws Exception {
        for (String place : new String[] {"asia-east2", "EU", "asia-east2"}) {
            send("DELETE", "/datasets/moved?deleteContents=true", "");
            send("POST", "/datasets", "{'datasetReference':{'datasetId':'moved'},'location':'%s'}".formatted(place));

            assertThat(run("", query("CREATE TABLE moved.t AS SELECT 1 AS n")))
                    .contains("sluice-local:" + place + ".l");
            assertThat(run(place, query("SELECT n FROM moved.t"))).doesNotContain("errorResult");
        }
    }

    @Test
    void aJobIsNowhereElse() throws Exception {
        assertThat(run("mars", query("SELECT 1")))
                .contains("\"code\":400", "Invalid value for: mars is not a valid value");
        assertThat(run("europe-west3", query("SELECT 1"))).doesNotContain("rror");
        assertThat(send("POST", "/queries", "{'query':'SELECT 1','useLegacySql':false,'location':'mars'}")
                        .statusCode())
                .isEqualTo(400);
    }
}
