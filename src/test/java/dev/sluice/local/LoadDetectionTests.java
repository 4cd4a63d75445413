package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.DatasetInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadDetectionTests {

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

    private String csv(String content, String settings) throws IOException, InterruptedException {
        Files.writeString(server.object("things/a.csv"), content);
        return server.load(
                "\"sourceFormat\":\"CSV\",\"sourceUris\":[\"gs://things/a.csv\"],\"autodetect\":true" + settings);
    }

    @Test
    void aHeaderOfACsvFileNamesItsColumns() throws Exception {
        assertThat(csv(
                        "id,full name,price,ok,day,at\n1,Ada,1.5,true,2024-01-01,2024-01-01 10:00:00\n2,,2,false,,\n",
                        ""))
                .contains("\"outputRows\":\"2\"");

        assertThat(server.schema("events"))
                .isEqualTo("id INTEGER NULLABLE, full_name STRING NULLABLE, price FLOAT NULLABLE,"
                        + " ok BOOLEAN NULLABLE, day DATE NULLABLE, at TIMESTAMP NULLABLE");
        assertThat(server.rows("events"))
                .containsExactly(
                        "{f=[{v=1}, {v=Ada}, {v=1.5}, {v=true}, {v=2024-01-01}, {v=1704103200.000000}]}",
                        "{f=[{v=2}, {v=null}, {v=2.0}, {v=false}, {v=null}, {v=null}]}");
    }

    @Test
    void aCsvFileOfTextOnlyHasNoHeader() throws Exception {
        csv("a,b\nc,d\n", "");

        assertThat(server.schema("events")).isEqualTo("string_field_0 STRING NULLABLE, string_field_1 STRING NULLABLE");
        assertThat(server.rows("events")).hasSize(2);
    }

    @Test
    void aColumnWithoutAHeaderIsNamedByItsTypeAndPlace() throws Exception {
        csv(",name,\n1,Ada,0.5\n", "");

        assertThat(server.schema("events"))
                .isEqualTo("int64_field_0 INTEGER NULLABLE, name STRING NULLABLE, double_field_2 FLOAT NULLABLE");
        assertThat(csv("a,A\n1,2\n", "")).contains("does not support headers of CSV files that name two columns A");
    }

    @Test
    void columnsOfAnExistingTableAreFoundByTheirNames() throws Exception {
        csv("id,name\n1,Ada\n", "");

        assertThat(csv("name,id\nBob,2\n", "")).doesNotContain("errorResult");

        assertThat(server.rows("events")).containsExactly("{f=[{v=1}, {v=Ada}]}", "{f=[{v=2}, {v=Bob}]}");
    }

    @Test
    void csvOptionsAreObeyed() throws Exception {
        Files.write(
                server.object("things/a.csv"),
                "id;name\r\n1;'a\nb'\r\n2;NIL\r\n3\r\n4;é;more\r\n"
                        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        String job = server.load("""
                "sourceFormat":"CSV","sourceUris":["gs://things/a.csv"],"skipLeadingRows":1,"fieldDelimiter":";","quote":"'",
                "allowQuotedNewlines":true,"nullMarker":"NIL","allowJaggedRows":true,"ignoreUnknownValues":true,
                "encoding":"ISO-8859-1","schema":{"fields":[{"name":"id","type":"INTEGER"},{"name":"name","type":"STRING"}]}""");

        assertThat(job).doesNotContain("errorResult");
        assertThat(server.rows("events"))
                .containsExactly(
                        "{f=[{v=1}, {v=a\nb}]}",
                        "{f=[{v=2}, {v=null}]}",
                        "{f=[{v=3}, {v=null}]}",
                        "{f=[{v=4}, {v=é}]}");
    }

    @Test
    void jsonMembersBecomeColumns() throws Exception {
        Files.writeString(
                server.object("things/a.json"),
                "{\"id\":1,\"who\":{\"name\":\"Ada\",\"ages\":[1,2.5]}}\n{\"id\":2.5,\"day\":\"2024-01-01\"}\n");

        server.load(
                "\"sourceFormat\":\"NEWLINE_DELIMITED_JSON\",\"sourceUris\":[\"gs://things/a.json\"],\"autodetect\":true");

        assertThat(server.schema("events"))
                .isEqualTo(
                        "id FLOAT NULLABLE, who RECORD NULLABLE(name STRING NULLABLE, ages FLOAT REPEATED), day DATE NULLABLE");
    }

    @Test
    void valuesInQuotesAreWhatTheyWouldBeWithout() throws Exception {
        Files.writeString(server.object("things/a.json"), """
                {"i":"1","f":"1.5","b":"true","s":"1","big":"9223372036854775808","l":["1","2"]}
                {"i":2,"f":"2","b":false,"s":"x","big":"1","l":[3]}
                """);

        server.load(
                "\"sourceFormat\":\"NEWLINE_DELIMITED_JSON\",\"sourceUris\":[\"gs://things/a.json\"],\"autodetect\":true");

        assertThat(server.schema("events"))
                .isEqualTo(
                        "i INTEGER NULLABLE, f FLOAT NULLABLE, b BOOLEAN NULLABLE, s STRING NULLABLE, big FLOAT NULLABLE,"
                                + " l INTEGER REPEATED");
        assertThat(server.rows("events"))
                .containsExactly(
                        "{f=[{v=1}, {v=1.5}, {v=true}, {v=1}, {v=9.223372036854776e+18}, {v=[{v=1}, {v=2}]}]}",
                        "{f=[{v=2}, {v=2.0}, {v=false}, {v=x}, {v=1.0}, {v=[{v=3}]}]}");
    }

    @Test
    void parquetFilesBringTheirColumns() throws Exception {
        try (var duckDb = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duckDb.createStatement()) {
            statement.execute("SET TimeZone='UTC'");
            statement.execute("""
                    COPY (SELECT 1 AS id, 'a' AS name, 1.25::DECIMAL(10,2) AS price, TIMESTAMPTZ '2024-01-01 00:00:00' AS at,
                    {'x': 1, 'y': 'z'} AS pair, 'ab'::BLOB AS raw, [1, 2] AS list)
                    TO '%s' (FORMAT parquet)""".formatted(server.object("things/a.parquet")));
        }
        String parquet = "\"sourceFormat\":\"PARQUET\",\"sourceUris\":[\"gs://things/*.parquet\"]";

        assertThat(server.load(parquet)).contains("notImplemented", "enableListInference");
        assertThat(server.load(parquet + ",\"parquetOptions\":{\"enableListInference\":true}"))
                .contains("\"outputRows\":\"1\"");

        assertThat(server.schema("events"))
                .isEqualTo(
                        "id INTEGER NULLABLE, name STRING NULLABLE, price NUMERIC NULLABLE, at TIMESTAMP NULLABLE,"
                                + " pair RECORD NULLABLE(x INTEGER NULLABLE, y STRING NULLABLE), raw BYTES NULLABLE, list INTEGER REPEATED");
        assertThat(server.rows("events"))
                .containsExactly(
                        "{f=[{v=1}, {v=a}, {v=1.25}, {v=1704067200.000000}, {v={f=[{v=1}, {v=z}]}}, {v=YWI=}, {v=[{v=1}, {v=2}]}]}");
    }

    @Test
    void whatIsNotParquetIsRefused() throws Exception {
        Files.writeString(server.object("things/a.parquet"), "nonsense");

        assertThat(server.load("\"sourceFormat\":\"PARQUET\",\"sourceUris\":[\"gs://things/a.parquet\"]"))
                .contains("\"reason\":\"invalid\"", "not Parquet");
    }
}
