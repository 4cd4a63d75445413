package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What columns may be, and how they are told. */
class ColumnMetadataTests extends HouseOverRest {

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
                "'name':'n','type':'NUMERIC','precision':'99999999999'|field n: precision must be from 1 to 29 with scale 0",
                "'name':'n','type':'NUMERIC','precision':'3','scale':'9'|field n: precision must be from 9 to 38 with scale 9, not 3",
                "'name':'n','type':'NUMERIC','precision':'39','scale':'9'|field n: precision must be from 9 to 38",
                "'name':'n','type':'NUMERIC','precision':'12','scale':'10'|field n: scale must be from 0 to 9, not 10",
                "'name':'n','type':'NUMERIC','precision':'3','scale':'-1'|field n: scale must be from 0 to 9, not -1",
                "'name':'n','type':'NUMERIC','precision':'0'|field n: precision must be from 1",
                "'name':'n','type':'NUMERIC','scale':'2'|field n: type NUMERIC cannot have scale without precision",
                "'name':'n','type':'NUMERIC','maxLength':'2'|field n: type NUMERIC cannot have maxLength",
                "'name':'n','type':'NUMERIC','roundingMode':'X'|field n: roundingMode must be ROUND_HALF_AWAY_FROM_ZERO or",
                "'name':'n','type':'BIGNUMERIC','precision':'39'|field n: precision must be from 1 to 38 with scale 0",
                "'name':'n','type':'BIGNUMERIC','precision':'77','scale':'39'|field n: scale must be from 0 to 38",
                "'name':'n','type':'STRING','maxLength':'0'|field n: maxLength must be above 0, not 0",
                "'name':'n','type':'BYTES','maxLength':'-5'|field n: maxLength must be above 0, not -5",
                "'name':'n','type':'STRING','precision':'3'|field n: type STRING cannot have precision",
                "'name':'n','type':'STRING','roundingMode':'ROUND_HALF_EVEN'|field n: type STRING cannot have roundingMode",
                "'name':'n','type':'INT64','maxLength':'3'|field n: type INTEGER cannot have maxLength",
                "'name':'r','type':'RECORD','mode':'REPEATED','fields':[{'name':'n','type':'STRING','maxLength':'0'}]|field n: maxLength must be above 0",
                "'name':'r','type':'RECORD','mode':'REPEATED','fields':[{'name':'n','type':'NUMERIC','precision':'39','scale':'9'}]|field n: precision must be from 9 to 38",
                "'name':'d','type':'INT64','defaultValueExpression':'%abc%'|field d: Cannot coerce",
                "'name':'d','type':'INT64','defaultValueExpression':'1 2'|field d: Syntax error: Unexpected",
                "'name':'d','type':'INT64','defaultValueExpression':'1, 2'|field d: Syntax error: Unexpected",
                "'name':'d','type':'INT64','defaultValueExpression':'1 +'|field d: Syntax error",
                "'name':'d','type':'INT64','defaultValueExpression':''|field d: Syntax error",
                "'name':'d','type':'INT64','defaultValueExpression':'(SELECT 1)'|field d: The default value expression must be",
                "'name':'d','type':'BOOL','defaultValueExpression':'NOT EXISTS (SELECT 1)'|field d: The default value expression",
                "'name':'d','type':'INT64','defaultValueExpression':'other'|field d: Unrecognized name",
                "'name':'d','type':'RECORD','fields':[{'name':'f','type':'DATE','defaultValueExpression':'NULL'}]|field f: only a whole",
            })
    void aColumnIsReadAtOnce(String column, String message) throws Exception {
        String field = "{" + column.replace("%", "\\u0027") + "}";

        HttpResponse<String> made = table("'schema':{'fields':[%s]}".formatted(field));
        assertThat(made.statusCode()).isEqualTo(400);
        assertThat(made.body()).contains("\"reason\":\"invalid\"", message);
        table("'schema':{'fields':[{'name':'a','type':'DATE'}]}");
        for (String method : new String[] {"PATCH", "PUT"}) {
            HttpResponse<String> changed =
                    send(method, T, "{'schema':{'fields':[{'name':'a','type':'DATE'},%s]}}".formatted(field));
            assertThat(changed.statusCode()).isEqualTo(400);
            assertThat(changed.body()).contains("\"reason\":\"invalid\"", message);
        }
    }

    @Test
    void tagsThatAreTakenAwayAreToldNoMore() throws Exception {
        String fields = "'schema':{'fields':[{'name':'a','type':'STRING','policyTags':{'names':[%s]}}]}";

        assertThat(table(fields.formatted("'projects/p/locations/us/taxonomies/1/policyTags/2'"))
                        .body())
                .contains("policyTags/2");
        assertThat(send("PATCH", T, "{" + fields.formatted("") + "}").body())
                .contains("\"name\":\"a\"")
                .doesNotContain("policyTags");
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
}
