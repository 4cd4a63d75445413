package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.DatasetInfo;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What resources may say, and how much of them is told. */
class MetadataTests {

    private static final String TABLES = "/datasets/house/tables";
    private static final String T = TABLES + "/t";

    @TempDir
    private static Path folder;

    private static LocalServer server;

    @BeforeAll
    static void open() throws IOException {
        server = LocalServer.open(folder);
        server.client().create(DatasetInfo.of("house"));
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @BeforeEach
    void dropTables() throws Exception {
        server.send("DELETE", "/datasets/house/tables/t", "");
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return server.send(method, path, body.replace('\'', '"'));
    }

    private HttpResponse<String> table(String members) throws Exception {
        return send("POST", TABLES, "{'tableReference':{'tableId':'t'},%s}".formatted(members));
    }

    @Test
    void typesAndModesAreToldAsBigQueryWritesThem() throws Exception {
        String fields = "{'name':'a b','type':'int64'},{'name':'r','type':'STRUCT','mode':'repeated','fields':"
                + "[{'name':'f','type':'Float64'},{'name':'b','type':'BOOL'}]}";

        table("'schema':{'fields':[%s]}".formatted(fields));

        assertThat(send("GET", T + "?fields=schema(fields(name,type,fields/type))", "")
                        .body())
                .isEqualTo(
                        "{'schema':{'fields':[{'name':'a b','type':'INTEGER'},{'fields':[{'type':'FLOAT'},{'type':'BOOLEAN'}],'name':'r','type':'RECORD'}]}}"
                                .replace('\'', '"'));
        assertThat(send("PATCH", T, "{'schema':{'fields':[%s,{'name':'c','type':'bool'}]}}".formatted(fields))
                        .body())
                .contains("\"name\":\"c\",\"type\":\"BOOLEAN\"");
    }

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'type':'NUMERIC','precision':'99999999999'|precision must be from 1 to 29 with scale 0",
                "'type':'NUMERIC','precision':'3','scale':'9'|precision must be from 9 to 38 with scale 9, not 3",
                "'type':'NUMERIC','precision':'39','scale':'9'|precision must be from 9 to 38",
                "'type':'NUMERIC','precision':'12','scale':'10'|scale must be from 0 to 9, not 10",
                "'type':'NUMERIC','precision':'3','scale':'-1'|scale must be from 0 to 9, not -1",
                "'type':'NUMERIC','precision':'0'|precision must be from 1",
                "'type':'NUMERIC','scale':'2'|type NUMERIC cannot have scale without precision",
                "'type':'NUMERIC','maxLength':'2'|type NUMERIC cannot have maxLength",
                "'type':'NUMERIC','roundingMode':'X'|roundingMode must be ROUND_HALF_AWAY_FROM_ZERO or",
                "'type':'BIGNUMERIC','precision':'39'|precision must be from 1 to 38 with scale 0",
                "'type':'BIGNUMERIC','precision':'77','scale':'39'|scale must be from 0 to 38",
                "'type':'STRING','maxLength':'0'|maxLength must be above 0, not 0",
                "'type':'BYTES','maxLength':'-5'|maxLength must be above 0, not -5",
                "'type':'STRING','precision':'3'|type STRING cannot have precision",
                "'type':'STRING','roundingMode':'ROUND_HALF_EVEN'|type STRING cannot have roundingMode",
                "'type':'INT64','maxLength':'3'|type INTEGER cannot have maxLength",
            })
    void limitsAreThoseThatATypeCanHave(String limits, String message) throws Exception {
        String field = "{'name':'n'," + limits + "}";
        String nested = "{'name':'r','type':'RECORD','mode':'REPEATED','fields':[" + field + "]}";

        for (String wrong : new String[] {field, nested}) {
            HttpResponse<String> answer = table("'schema':{'fields':[%s]}".formatted(wrong));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("\"reason\":\"invalid\"", "field n: ", message);
        }
        table("'schema':{'fields':[{'name':'a','type':'DATE'}]}");
        for (String method : new String[] {"PATCH", "PUT"}) {
            String schema = "{'schema':{'fields':[{'name':'a','type':'DATE'}," + field + "]}}";
            assertThat(send(method, T, schema).body()).contains("\"reason\":\"invalid\"", message);
        }
    }

    @Test
    void limitsAreAsTheyWereSaid() throws Exception {
        String fields = "{'name':'n','type':'NUMERIC','precision':'38','scale':'9','roundingMode':'ROUND_HALF_EVEN'},"
                + "{'name':'w','type':'NUMERIC','precision':'9','scale':'9'},"
                + "{'name':'b','type':'BIGNUMERIC','precision':'76','scale':'38'},"
                + "{'name':'s','type':'STRING','maxLength':'1'},{'name':'u','type':'STRING','maxLength':null}";

        assertThat(table("'schema':{'fields':[%s]}".formatted(fields)).statusCode())
                .isEqualTo(200);
        assertThat(send("GET", T + "?fields=schema(fields(maxLength,precision))", "")
                        .body())
                .isEqualTo("{'schema':{'fields':[{'precision':'38'},{'precision':'9'},{'precision':'76'},"
                                .replace('\'', '"')
                        + "{'maxLength':'1'},{}]}}".replace('\'', '"'));
        server.query("INSERT INTO house.t (w, s, u) VALUES (0.5, 'a', 'long')", UnaryOperator.identity());
        assertThat(send("GET", T + "/data", "").body()).contains("{\"v\":\"long\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'type':'INT64','defaultValueExpression':'%abc%'|field d: Cannot coerce",
                "'type':'INT64','defaultValueExpression':'1 2'|field d: Syntax error: Unexpected",
                "'type':'INT64','defaultValueExpression':'1, 2'|field d: Syntax error: Unexpected",
                "'type':'INT64','defaultValueExpression':'1 +'|field d: Syntax error",
                "'type':'INT64','defaultValueExpression':''|field d: Syntax error",
                "'type':'INT64','defaultValueExpression':'(SELECT 1)'|field d: The default value expression must be",
                "'type':'BOOL','defaultValueExpression':'NOT EXISTS (SELECT 1)'|field d: The default value expression",
                "'type':'INT64','defaultValueExpression':'other'|field d: Unrecognized name",
                "'type':'RECORD','fields':[{'name':'f','type':'DATE','defaultValueExpression':'NULL'}]|field f: only a whole",
            })
    void aDefaultValueIsReadAtOnce(String column, String message) throws Exception {
        String field = "{'name':'d'," + column.replace("%", "\\u0027") + "}";

        HttpResponse<String> answer = table("'schema':{'fields':[%s]}".formatted(field));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"reason\":\"invalid\"", message);
        table("'schema':{'fields':[{'name':'a','type':'DATE'}]}");
        for (String method : new String[] {"PATCH", "PUT"}) {
            String schema = "{'schema':{'fields':[{'name':'a','type':'DATE'}," + field + "]}}";
            assertThat(send(method, T, schema).body()).contains("\"reason\":\"invalid\"", message);
        }
    }

    @Test
    void aDefaultValueIsWritten() throws Exception {
        table("'schema':{'fields':[{'name':'a','type':'INTEGER','defaultValueExpression':'-1'},"
                + "{'name':'b','type':'INTEGER','defaultValueExpression':null},{'name':'c','type':'BOOL'}]}");
        assertThat(send(
                                "PATCH",
                                T,
                                "{'schema':{'fields':[{'name':'a','defaultValueExpression':'1 2'},"
                                        + "{'name':'b','type':'INTEGER'},{'name':'c','type':'BOOL'}]}}")
                        .body())
                .contains("field a: ");

        server.query("INSERT INTO house.t (c) VALUES (TRUE)", UnaryOperator.identity());
        assertThat(send("GET", T + "/data", "").body()).contains("[{\"v\":\"-1\"},{\"v\":null},{\"v\":\"true\"}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'type':'STRING'|'type':'STRING','maxLength':'9'|from STRING to STRING(9)",
                "'type':'STRING','maxLength':'9'|'type':'STRING','maxLength':'8'|from STRING(9) to STRING(8)",
                "'type':'NUMERIC'|'type':'NUMERIC','precision':'38','scale':'9'|from NUMERIC to NUMERIC(38, 9)",
                "'type':'NUMERIC','precision':'4','scale':'2'|'type':'NUMERIC','precision':'4','scale':'3'|from NUMERIC(4, 2)",
            })
    void limitsBecomeWiderOnly(String wide, String narrow, String message) throws Exception {
        String nested = "{'schema':{'fields':[{'name':'r','type':'RECORD','fields':[{'name':'n',%s}]}]}}";
        String plain = "{'schema':{'fields':[{'name':'n',%s}]}}";

        for (String schema : new String[] {plain, nested}) {
            send("DELETE", T, "");
            table(schema.formatted(wide).replaceAll("^.|.$", ""));
            for (String method : new String[] {"PATCH", "PUT"}) {
                HttpResponse<String> answer = send(method, T, schema.formatted(narrow));
                assertThat(answer.statusCode()).isEqualTo(400);
                assertThat(answer.body()).contains("Field n has changed type " + message);
            }
            send("DELETE", T, "");
            table(schema.formatted(narrow).replaceAll("^.|.$", ""));
            String type = wide.split(",")[0];
            assertThat(send("PATCH", T, schema.formatted(type)).statusCode()).isEqualTo(200);
        }
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
        assertThat(send("PATCH", house, "{'maxTimeTravelHours':'72','labels':{'a':'b'}}")
                        .body())
                .contains("\"maxTimeTravelHours\":\"72\"", "\"labels\":{\"a\":\"b\"}");
        assertThat(send("PATCH", house, "{'maxTimeTravelHours':null,'labels':{'a':null}}")
                        .body())
                .contains("\"maxTimeTravelHours\":\"168\"")
                .doesNotContain("labels");
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
    void fieldsAreAddedWithinRecords() throws Exception {
        String a = "{'name':'a','type':'INTEGER'}";
        String record = "{'name':'%s','type':'RECORD'%s,'fields':[%s]}";
        table("'schema':{'fields':[%s,%s]}"
                .formatted(record.formatted("r", "", a), record.formatted("l", ",'mode':'REPEATED'", a)));
        server.query(
                "INSERT INTO house.t VALUES (STRUCT(1), [STRUCT(2), STRUCT(3)]), (NULL, [])", UnaryOperator.identity());
        String more = a + ",{'name':'b','type':'STRING'},{'name':'c','type':'STRING','mode':'REPEATED'}";

        assertThat(send(
                                "PATCH",
                                T,
                                "{'schema':{'fields':[%s,%s]}}"
                                        .formatted(
                                                record.formatted("r", "", more),
                                                record.formatted(
                                                        "l", ",'mode':'REPEATED'", "{'name':'b','type':'DATE'}," + a)))
                        .body())
                .contains("\"name\":\"c\"");

        assertThat(server.rows("t"))
                .containsExactly(
                        "{f=[{v={f=[{v=1}, {v=null}, {v=[]}]}}, {v=[{v={f=[{v=2}, {v=null}]}}, {v={f=[{v=3}, {v=null}]}}]}]}",
                        "{f=[{v=null}, {v=[]}]}");
        assertThat(server.column("SELECT ARRAY_LENGTH(r.c) FROM house.t WHERE r IS NOT NULL"))
                .containsExactly("0");
        assertThat(send("PATCH", T, "{'schema':{'fields':[%s]}}".formatted(record.formatted("r", "", a)))
                        .body())
                .contains("Field l is missing in new schema");
        assertThat(send(
                                "PATCH",
                                T,
                                "{'schema':{'fields':[%s,%s]}}"
                                        .formatted(record.formatted("r", "", a), record.formatted("l", "", a)))
                        .body())
                .contains("Field r.b is missing in new schema");
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
    void aViewKeepsItsDialectAndTakesTheColumnsOfItsNewQuery() throws Exception {
        table("'view':{'query':'SELECT 1 AS x','useLegacySql':false}");
        String old = "'schema':{'fields':[{'name':'x','type':'INTEGER','mode':'NULLABLE'}]}";

        assertThat(send("PATCH", T, "{'view':{'query':'SELECT 2 AS y'},%s}".formatted(old))
                        .body())
                .contains("\"name\":\"y\"", "\"useLegacySql\":false");
        assertThat(send("PATCH", T, "{%s}".formatted(old)).body()).contains("Provided Schema does not match Table");
    }
}
