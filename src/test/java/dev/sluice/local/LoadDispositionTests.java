package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.TableId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadDispositionTests {

    private static final String JSON = "\"sourceFormat\":\"NEWLINE_DELIMITED_JSON\",\"sourceUris\":[\"gs://things/*\"]";
    private static final String SCHEMA =
            ",\"schema\":{\"fields\":[{\"name\":\"id\",\"type\":\"INTEGER\"},{\"name\":\"day\",\"type\":\"DATE\"}]}";

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

    private void file(String name, String content) throws IOException {
        Files.writeString(server.object("things/" + name), content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"WRITE_APPEND", "WRITE_EMPTY", "WRITE_TRUNCATE", "WRITE_TRUNCATE_DATA"})
    void aTableWithoutColumnsHasThoseOfItsFirstLoad(String disposition) throws Exception {
        server.send("POST", "/datasets/house/tables", "{\"tableReference\":{\"tableId\":\"events\"}}");
        file("a.json", "{\"id\":1}\n");
        String load = JSON + ",\"createDisposition\":\"CREATE_NEVER\",\"writeDisposition\":\"" + disposition + "\"";

        assertThat(server.load(load)).contains("No schema specified on job or table.");
        assertThat(server.load(load + SCHEMA.replace("\"INTEGER\"", "\"INTEGER\",\"mode\":\"REQUIRED\"")))
                .contains("\"outputRows\":\"1\"");
        assertThat(server.rows("events")).containsExactly("{f=[{v=1}, {v=null}]}");
        assertThat(server.send("GET", "/datasets/house/tables/events", "").body())
                .contains("{\"mode\":\"REQUIRED\",\"name\":\"id\",\"type\":\"INTEGER\"}");
    }

    @Test
    void aTableWithoutColumnsHasThoseOfItsFirstQuery() throws Exception {
        server.send("POST", "/datasets/house/tables", "{\"tableReference\":{\"tableId\":\"events\"}}");
        String job = server.send("POST", "/jobs", """
                {"jobReference":{"jobId":"q"},"configuration":{"query":{"query":"SELECT 1 AS x","useLegacySql":false,
                "destinationTable":{"datasetId":"house","tableId":"events"},"writeDisposition":"WRITE_APPEND"}}}""").body();

        assertThat(job).contains("\"kind\":\"bigquery#job\"");
        assertThat(server.end("q")).doesNotContain("errorResult");
        assertThat(server.rows("events")).containsExactly("{f=[{v=1}]}");
    }

    @Test
    void compressedAndPlainObjectsAreOneLoad() throws Exception {
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(server.object("things/a.json.gz")))) {
            gzip.write("{\"id\":1}\n".getBytes(StandardCharsets.UTF_8));
        }
        file("deeper/b.json", "\uFEFF{\"id\":2}\n");

        String job = server.load(JSON + SCHEMA);

        assertThat(job).contains("\"inputFiles\":\"2\"", "\"outputRows\":\"2\"", "\"outputBytes\":\"16\"");
        assertThat(server.rows("events")).containsExactly("{f=[{v=1}, {v=null}]}", "{f=[{v=2}, {v=null}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gs://things/../../secret",
                "gs://../secret",
                "gs://things/a*b*c",
                "gs://things",
                "gs://things//etc",
                "file:///etc/passwd",
                "https://host/x"
            })
    void whatIsNoObjectIsRefusedBeforeAJobIsThere(String uri) throws Exception {
        String answer = server.load("\"sourceFormat\":\"CSV\",\"sourceUris\":[\"%s\"]%s".formatted(uri, SCHEMA));

        assertThat(answer)
                .contains("\"error\"", uri.startsWith("gs:") ? "URI" : "gs://")
                .doesNotContain("jobReference");
    }

    @Test
    void aLinkThatLeadsOutOfTheFolderIsNoObject() throws Exception {
        Path outside = Files.writeString(folder.resolve("secret"), "{\"id\":1}\n");
        Files.createSymbolicLink(server.object("things/link.json"), outside);

        assertThat(server.load(JSON + SCHEMA)).contains("\"reason\":\"notFound\"", "gs://things/*");
    }

    @Test
    void aRecordGetsNewFieldsIfTheLoadMayAddThem() throws Exception {
        String schema = ",\"schema\":{\"fields\":[{\"name\":\"r\",\"type\":\"RECORD\",\"fields\":[%s]}]}";
        String x = "{\"name\":\"x\",\"type\":\"INTEGER\"}";
        file("a", "{\"r\":{\"x\":1}}\n");
        server.load(JSON + schema.formatted(x));
        file("a", "{\"r\":{\"x\":2,\"y\":\"b\"}}\n");
        String wider = JSON + schema.formatted(x + ",{\"name\":\"y\",\"type\":\"STRING\"}");

        assertThat(server.load(wider)).contains("Provided Schema does not match Table");
        assertThat(server.load(wider + ",\"schemaUpdateOptions\":[\"ALLOW_FIELD_ADDITION\"]"))
                .contains("\"outputRows\":\"1\"");
        assertThat(server.rows("events"))
                .containsExactly("{f=[{v={f=[{v=1}, {v=null}]}}]}", "{f=[{v={f=[{v=2}, {v=b}]}}]}");
        assertThat(server.schema("events")).isEqualTo("r RECORD NULLABLE(x INTEGER NULLABLE, y STRING NULLABLE)");
        server.query(
                "SELECT STRUCT(3 AS x, 'c' AS y, [4] AS z) AS r",
                settings -> settings.setDestinationTable(TableId.of("house", "events"))
                        .setWriteDisposition(JobInfo.WriteDisposition.WRITE_APPEND)
                        .setSchemaUpdateOptions(List.of(JobInfo.SchemaUpdateOption.ALLOW_FIELD_ADDITION)));
        assertThat(server.column("SELECT ARRAY_LENGTH(r.z) FROM house.events ORDER BY r.x"))
                .containsExactly("0", "0", "1");
    }

    @Test
    void truncateReplacesRowsAndColumnsAndTruncateDataOnlyRows() throws Exception {
        file("a", "{\"id\":1}\n");
        server.load(JSON + SCHEMA);
        server.load(JSON + ",\"writeDisposition\":\"WRITE_APPEND\"");
        assertThat(server.rows("events")).hasSize(2);

        server.load(JSON + ",\"writeDisposition\":\"WRITE_TRUNCATE_DATA\"");
        assertThat(server.rows("events")).hasSize(1);

        file("a", "{\"id\":\"one\",\"x\":true}\n");
        String others =
                ",\"schema\":{\"fields\":[{\"name\":\"id\",\"type\":\"STRING\"},{\"name\":\"x\",\"type\":\"BOOLEAN\"}]}";
        server.load(JSON + ",\"writeDisposition\":\"WRITE_TRUNCATE\"" + others);
        assertThat(server.load(JSON + ",\"writeDisposition\":\"WRITE_TRUNCATE\""))
                .doesNotContain("errorResult");
        assertThat(server.rows("events")).containsExactly("{f=[{v=one}, {v=true}]}");
        assertThat(server.load(JSON + ",\"writeDisposition\":\"WRITE_EMPTY\""))
                .contains("\"reason\":\"duplicate\"", "Already Exists: Table");
    }

    @Test
    void aTruncationThatFailsLeavesTheOldRows() throws Exception {
        file("a", "{\"id\":1}\n");
        server.load(JSON + SCHEMA);
        file("a", "{\"id\":1}\n{\"id\":\"x\"}\n");

        assertThat(server.load(JSON + ",\"writeDisposition\":\"WRITE_TRUNCATE\""))
                .contains(
                        "\"reason\":\"invalid\"",
                        "Rows: 2; errors: 1. Could not convert value to INTEGER. Field: id;",
                        "\"location\":\"gs://things/a\"");
        assertThat(server.rows("events")).containsExactly("{f=[{v=1}, {v=null}]}");
    }

    @Test
    void badRecordsUpToTheLimitAreLeftOutAndTold() throws Exception {
        file("a", "{\"id\":1}\nnonsense\n{\"id\":2,\"day\":\"2024-13-01\"}\n{\"id\":3}\n");

        String strict = server.load(JSON + SCHEMA + ",\"maxBadRecords\":1");
        String lenient = server.load(JSON + SCHEMA + ",\"maxBadRecords\":2");

        assertThat(strict).contains("errors: 2");
        assertThat(lenient)
                .contains(
                        "\"badRecords\":\"2\"", "\"outputRows\":\"2\"", "JSON row 2: JSON parsing error", "JSON row 3:")
                .doesNotContain("errorResult", "2024-13-01");
        assertThat(server.rows("events")).hasSize(2);
    }

    @Test
    void fieldsAreAddedOnlyWhereTheLoadAllowsIt() throws Exception {
        file("a", "{\"id\":1}\n");
        server.load(JSON + SCHEMA);
        file("a", "{\"id\":2,\"tags\":[\"a\"]}\n");
        String wider =
                ",\"schema\":{\"fields\":[{\"name\":\"id\",\"type\":\"INTEGER\"},{\"name\":\"tags\",\"type\":\"STRING\",\"mode\":\"REPEATED\"}]}";

        assertThat(server.load(JSON + wider)).contains("Cannot add fields (field: tags)");
        assertThat(server.load(JSON + ",\"ignoreUnknownValues\":true")).contains("\"outputRows\":\"1\"");
        assertThat(server.load(JSON + wider + ",\"schemaUpdateOptions\":[\"ALLOW_FIELD_ADDITION\"]"))
                .contains("\"outputRows\":\"1\"");
        assertThat(server.rows("events"))
                .containsExactly(
                        "{f=[{v=1}, {v=null}, {v=[]}]}",
                        "{f=[{v=2}, {v=null}, {v=[]}]}",
                        "{f=[{v=2}, {v=null}, {v=[{v=a}]}]}");
        assertThat(server.column("UPDATE house.events SET id = id + 1 WHERE id = 1"))
                .isEmpty();
        assertThat(server.rows("events")).contains("{f=[{v=2}, {v=null}, {v=[]}]}");
    }

    @Test
    void aLoadSaysTheLayoutOfItsTableOrNone() throws Exception {
        file("a", "{\"id\":1,\"day\":\"2024-01-01\"}\n");
        String daily = ",\"timePartitioning\":{\"type\":\"DAY\",\"field\":\"day\"%s}";
        String clustered = ",\"clustering\":{\"fields\":[\"id\"]}";
        server.load(JSON + SCHEMA + daily.formatted(",\"expirationMs\":\"999999999999\"") + clustered);

        assertThat(server.load(JSON + SCHEMA + daily.formatted("") + clustered)).doesNotContain("errorResult");
        assertThat(server.load(JSON + SCHEMA)).doesNotContain("errorResult");
        assertThat(server.load(JSON + SCHEMA + daily.formatted("")))
                .contains("Incompatible table partitioning specification. Expects partitioning specification"
                        + " interval(type:day,field:day) clustering(id), but input partitioning specification is"
                        + " interval(type:day,field:day)");
        assertThat(server.rows("events")).hasSize(3);
    }

    @Test
    void onePartitionIsReplacedAndTakesNoRowsOfOthers() throws Exception {
        file("a", "{\"id\":1,\"day\":\"2024-01-01\"}\n{\"id\":2,\"day\":\"2024-01-02\"}\n");
        server.load(JSON + SCHEMA + ",\"timePartitioning\":{\"type\":\"DAY\",\"field\":\"day\"}");
        file("a", "{\"id\":3,\"day\":\"2024-01-02\"}\n");
        String partition =
                ",\"writeDisposition\":\"WRITE_TRUNCATE\",\"destinationTable\":{\"datasetId\":\"house\",\"tableId\":\"events$%s\"}";

        assertThat(server.load(JSON + partition.formatted("20240102"))).doesNotContain("errorResult");
        assertThat(server.rows("events")).containsExactly("{f=[{v=1}, {v=2024-01-01}]}", "{f=[{v=3}, {v=2024-01-02}]}");
        assertThat(server.load(JSON + partition.formatted("20240101")))
                .contains("Some rows belong to different partitions");
        assertThat(server.load(JSON + partition.formatted("x' OR TRUE --"))).contains("Invalid partition decorator");
        assertThat(server.rows("events")).hasSize(2);
    }

    @Test
    void aPartitionOfArrivalIsLoadedAndListedByItsId() throws Exception {
        file("a", "{\"id\":1,\"day\":null}\n");
        String arrival = ",\"timePartitioning\":{\"type\":\"DAY\"}";
        String partition = ",\"destinationTable\":{\"datasetId\":\"house\",\"tableId\":\"events$20170501\"}";
        assertThat(server.load(JSON + SCHEMA + arrival)).doesNotContain("errorResult");
        file("a", "{\"id\":2}\n");
        assertThat(server.load(JSON + partition)).doesNotContain("errorResult");
        assertThat(server.rows("events$20170501")).containsExactly("{f=[{v=2}, {v=null}]}");
        assertThat(server.client().listPartitions(TableId.of("house", "events")))
                .hasSize(2)
                .contains("20170501");
        file("a", "{\"id\":3}\n");
        assertThat(server.load(JSON + partition + ",\"writeDisposition\":\"WRITE_TRUNCATE\""))
                .doesNotContain("errorResult");
        assertThat(server.rows("events$20170501")).containsExactly("{f=[{v=3}, {v=null}]}");
        assertThat(server.load(JSON + partition.replace("0501", "05"))).contains("Invalid partition decorator");
    }

    @Test
    void aRequiredColumnIsRelaxedIfTheLoadAllowsIt() throws Exception {
        String strict = ",\"schema\":{\"fields\":[{\"name\":\"id\",\"type\":\"INTEGER\",\"mode\":\"REQUIRED\"}]}";
        String loose = ",\"schema\":{\"fields\":[{\"name\":\"id\",\"type\":\"INTEGER\"}]}";
        file("a", "{\"id\":1}\n");
        server.load(JSON + strict);
        file("a", "{\"id\":null}\n");

        assertThat(server.load(JSON + loose)).contains("Field id has changed mode from REQUIRED to NULLABLE");
        assertThat(server.load(JSON + loose + ",\"schemaUpdateOptions\":[\"ALLOW_FIELD_RELAXATION\"]"))
                .doesNotContain("errorResult");
        assertThat(server.rows("events")).containsExactly("{f=[{v=1}]}", "{f=[{v=null}]}");
        assertThat(server.schema("events")).isEqualTo("id INTEGER NULLABLE");
        assertThat(server.load(JSON + strict)).contains("Field id has changed mode from NULLABLE to REQUIRED");
    }

    @Test
    void wholeNumbersBecomeTexts() throws Exception {
        file("a", "{\"id\":12}\n");
        assertThat(server.load(JSON + ",\"schema\":{\"fields\":[{\"name\":\"id\",\"type\":\"STRING\"}]}"))
                .doesNotContain("errorResult");
        assertThat(server.rows("events")).containsExactly("{f=[{v=12}]}");
    }

    @Test
    void nestedRowsAreCheckedToTheirDepth() throws Exception {
        String nested = """
                ,"schema":{"fields":[{"name":"id","type":"INTEGER"},{"name":"items","type":"RECORD","mode":"REPEATED","fields":[
                {"name":"sku","type":"STRING","mode":"REQUIRED"},{"name":"raw","type":"BYTES"},{"name":"extra","type":"JSON"}]}]}""";
        file("a", "{\"id\":1,\"items\":[{\"sku\":\"a\",\"raw\":\"AQI=\",\"extra\":{\"k\":[1]}},{\"sku\":\"b\"}]}\n");
        assertThat(server.load(JSON + nested)).doesNotContain("errorResult");
        assertThat(server.rows("events"))
                .containsExactly(
                        "{f=[{v=1}, {v=[{v={f=[{v=a}, {v=AQI=}, {v={\"k\":[1]}}]}}, {v={f=[{v=b}, {v=null}, {v=null}]}}]}]}");
        file("a", "{\"items\":[{\"raw\":\"AQI=\"}]}\n");
        assertThat(server.load(JSON + nested)).contains("Missing required field: items.sku");
        file("a", "{\"items\":[{\"sku\":\"a\",\"colour\":\"red\"}]}\n");
        assertThat(server.load(JSON + nested)).contains("No such field: items.colour");
        file("a", "{\"items\":[null]}\n");
        assertThat(server.load(JSON + nested)).contains("Only optional fields can be set to NULL");
    }
}
