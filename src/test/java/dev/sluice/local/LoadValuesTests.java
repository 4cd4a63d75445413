package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.QueryJobConfiguration;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of files, one column at a time, and what loads are told of them. */
class LoadValuesTests {

    private static final String FILE = "\"sourceUris\":[\"gs://things/a\"],\"maxBadRecords\":1000";

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
        server.send("DELETE", "/datasets/house/tables/events", "");
        server.send("DELETE", "/datasets/house/tables/wide", "");
    }

    private String load(String content, String settings) throws Exception {
        Files.writeString(server.object("things/a"), content);
        return server.load(FILE + settings.replace('\'', '"'));
    }

    private static String column(String type) {
        return ",'schema':{'fields':[{'name':'x','type':'%s'}]}".formatted(type);
    }

    @ParameterizedTest
    @CsvSource({
        "TIMESTAMP, 2020-01-02 03:04, 1577934240.000000",
        "TIMESTAMP, 2020/01/02 03:04:05, 1577934245.000000",
        "TIMESTAMP, 2020-01-02 03:04:05.5 -05:00, 1577952245.500000",
        "TIMESTAMP, 2020-01-02T03:04:05-8:00, 1577963045.000000",
        "TIMESTAMP, 1577934245, 1577934245.000000",
        "TIMESTAMP, -1.5, -1.500000",
        "FLOAT, inf, Infinity",
        "FLOAT, -Infinity, -Infinity",
        "FLOAT, nan, NaN",
        "TIME, 03:04:05.5, 03:04:05.500000",
        "TIME, 03:04:05, 03:04:05",
        "DATE, 9999-12-31, 9999-12-31",
        "INTEGER, +7, 7",
        "BYTES, YQ, YQ==",
    })
    void aTextIsAValueOfItsColumn(String type, String text, String cell) throws Exception {
        load(text + "\n", column(type));

        assertThat(server.rows("events")).containsExactly("{f=[{v=%s}]}".formatted(cell));
    }

    @ParameterizedTest
    @CsvSource({
        "TIMESTAMP, 2020/01-02 03:04:05",
        "TIMESTAMP, 0001-01-01 00:00:00+01:00",
        "TIMESTAMP, 253402300800",
        "DATE, 0000-01-01",
        "DATETIME, 0000-01-01 00:00:00",
        "DATETIME, 2020-01-02 03:04:05.1234567",
        "TIME, 03:04:05.1234567",
        "JSON, '\"\"'",
        "INTEGER, 1.0",
        "INTEGER, 1e3",
        "FLOAT, 1.5f",
        "FLOAT, 1e400",
        "BYTES, YW!",
    })
    void whatIsNoValueOfTheColumnIsABadRow(String type, String text) throws Exception {
        assertThat(load(text + "\n", column(type)))
                .contains("\"badRecords\":\"1\"", "Could not convert value to " + type);
    }

    @Test
    void aJsonStringIsATimestampAsACsvFieldIs() throws Exception {
        String json = "{'x':'1577934245'}\n{'x':'2020/01/02 03:04'}\n{'x':253402300800}\n".replace('\'', '"');

        assertThat(load(json, column("TIMESTAMP") + ",'sourceFormat':'NEWLINE_DELIMITED_JSON'"))
                .contains("\"badRecords\":\"1\"", "JSON row 3");
        assertThat(server.rows("events")).containsExactly("{f=[{v=1577934245.000000}]}", "{f=[{v=1577934240.000000}]}");
    }

    @Test
    void allNullMarkersAreNull() throws Exception {
        load("NA\nNULL\n\"NA\"\nx\n", column("STRING") + ",'nullMarkers':['NA','NULL']");

        assertThat(server.rows("events"))
                .containsExactly("{f=[{v=null}]}", "{f=[{v=null}]}", "{f=[{v=NA}]}", "{f=[{v=x}]}");
        assertThat(load("x\n", column("STRING") + ",'nullMarkers':['NA'],'nullMarker':'N'"))
                .contains("cannot both be set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"|", "\t", ","})
    void theDelimiterIsDetected(String delimiter) throws Exception {
        load("a%1$sb\n1%1$s\"x\ny\"\n".formatted(delimiter), ",'autodetect':true");

        assertThat(server.rows("events")).containsExactly("{f=[{v=1}, {v=x\ny}]}");
    }

    @Test
    void aDelimiterThatIsGivenIsNotDetected() throws Exception {
        load("a,1|b,2\na,3|b,4\n", ",'autodetect':true,'fieldDelimiter':'|'");

        assertThat(server.rows("events")).containsExactly("{f=[{v=a,1}, {v=b,2}]}", "{f=[{v=a,3}, {v=b,4}]}");
    }

    @Test
    void aTableThatALoadMakesHasItsProperties() throws Exception {
        load(
                "1\n",
                column("int64")
                        + ",'destinationTable':{'datasetId':'house','tableId':'events'},'destinationTableProperties':{'description':'D','labels':{'a':'b'}}");

        assertThat(server.send("GET", "/datasets/house/tables/events", "").body())
                .contains("\"description\":\"D\"", "\"labels\":{\"a\":\"b\"}", "\"type\":\"INTEGER\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "'createDisposition':'CREATE';Invalid value for createDisposition: CREATE",
                "'writeDisposition':'WRITE';Invalid value for writeDisposition: WRITE",
                "'schemaUpdateOptions':['ADD'];Invalid value for schemaUpdateOptions: ADD",
                "'schemaUpdateOptions':['ALLOW_FIELD_ADDITION'],'writeDisposition':'WRITE_TRUNCATE'"
                        + ";Schema update options should only be specified with WRITE_APPEND",
            })
    void anUnknownDispositionIsRefused(String settings, String message) throws Exception {
        assertThat(load("1\n", column("INTEGER") + "," + settings)).contains(message, "\"code\":400");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AVRO", "PARQUET"})
    void columnsThatTheTableLacksAreLeftOutIfTheyMayBe(String format) throws Exception {
        server.client().query(QueryJobConfiguration.of("CREATE TABLE house.wide AS SELECT 7 AS x, 'y' AS y"));
        server.client().query(QueryJobConfiguration.of("CREATE TABLE house.events (z STRING, X INT64)"));
        server.send("POST", "/jobs", """
                {"jobReference":{"jobId":"e%1$s"},"configuration":{"extract":{"sourceTable":{"datasetId":"house","tableId":
                "wide"},"destinationUris":["gs://things/a"],"destinationFormat":"%1$s"}}}""".formatted(format));
        assertThat(server.end("e" + format)).doesNotContain("errorResult");
        String settings = "\"sourceUris\":[\"gs://things/a\"],\"sourceFormat\":\"%s\"".formatted(format);

        assertThat(server.load(settings)).contains("Cannot add fields (field: y)");
        assertThat(server.load(settings + ",\"ignoreUnknownValues\":true")).contains("\"outputRows\":\"1\"");
        assertThat(server.rows("events")).containsExactly("{f=[{v=null}, {v=7}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CSV", "NEWLINE_DELIMITED_JSON"})
    void aGzipFileThatIsCutOffIsNotReadAgain(String format) throws Exception {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"x\":1}\n".getBytes(StandardCharsets.UTF_8));
        }
        Files.write(server.object("things/a"), Arrays.copyOf(packed.toByteArray(), packed.size() - 9));

        assertThat(server.load(FILE + (column("STRING") + ",'sourceFormat':'%s'".formatted(format)).replace('\'', '"')))
                .contains("\"reason\":\"invalid\"", "a gzip file is damaged or cut off");
    }

    @Test
    void anErrorTellsWhereItHappened() throws Exception {
        Files.writeString(server.object("things/a"), "1\n");
        Files.writeString(server.object("things/b"), "x\n");
        assertThat(server.load(
                        "\"sourceUris\":[\"gs://things/*\"]" + column("INTEGER").replace('\'', '"')))
                .contains("\"errorResult\":{\"location\":\"gs://things/b\"");

        server.send("POST", "/jobs", """
                {"jobReference":{"jobId":"q"},"configuration":{"query":{"query":"SELECT 1 / 0","useLegacySql":false}}}""");
        assertThat(server.end("q")).contains("\"errorResult\":{\"location\":\"query\"");
    }
}
