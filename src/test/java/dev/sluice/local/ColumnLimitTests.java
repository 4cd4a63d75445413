package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.bigquery.storage.v1.Exceptions;
import com.google.cloud.bigquery.storage.v1.JsonStreamWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits of columns as loads, insertAll and the Storage Write API keep to them. */
class ColumnLimitTests {

    private static final String TOO_LONG = "STRING(2) has maximum length 2 but got a value with length 3";

    @TempDir
    private static Path folder;

    private static LocalServer server;
    private static StorageClient storage;

    @BeforeAll
    static void open() throws IOException {
        server = LocalServer.openForWrites(folder);
        server.people();
        storage = StorageClient.of(server);
    }

    @AfterAll
    static void close() {
        storage.close();
        server.close();
    }

    @BeforeEach
    void createTable() throws Exception {
        server.query(
                "CREATE OR REPLACE TABLE house.events (s STRING(2), b BYTES(1), n NUMERIC(4, 1), l ARRAY<STRUCT<t"
                        + " STRING(2), m NUMERIC(3)>>)",
                settings -> settings);
    }

    private static String loadJson(String row) throws Exception {
        Files.writeString(server.object("limits/a"), row + "\n");
        return server.load("\"sourceFormat\":\"NEWLINE_DELIMITED_JSON\",\"sourceUris\":[\"gs://limits/a\"]");
    }

    @Test
    void aLoadRefusesLimitsThatNoColumnHas() throws Exception {
        Files.writeString(server.object("limits/a"), "{}\n");

        assertThat(
                        server.load(
                                "\"sourceFormat\":\"NEWLINE_DELIMITED_JSON\",\"sourceUris\":[\"gs://limits/a\"],"
                                        + "\"schema\":{\"fields\":[{\"name\":\"n\",\"type\":\"NUMERIC\",\"precision\":\"99999999999\"}]}"))
                .contains("\"reason\":\"invalid\"", "field n: precision must be from 1 to 29 with scale 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'s':'äöü'}|Field s: STRING(2) has maximum length 2 but got a value with length 3",
                "{'b':'AAA='}|Field b: BYTES(1) has maximum length 1 but got a value with length 2",
                "{'n':'999.95'}|Field n: NUMERIC(4, 1) has precision 4 and scale 1",
                "{'n':-1000}|not in range of [-999.9, 999.9]",
                "{'l':[{'t':'abc'}]}|Field l.t: STRING(2)",
                "{'l':[{'m':1},{'m':999.5}]}|Field l.m: NUMERIC(3, 0)"
            },
            quoteCharacter = '`')
    void aLoadRefusesWhatIsTooLongOrTooLarge(String row, String message) throws Exception {
        assertThat(loadJson(row.replace('\'', '"'))).contains("\"reason\":\"invalid\"", message);
        assertThat(server.rows("events")).isEmpty();
    }

    @Test
    void decimalsAreRoundedToTheirColumn() throws Exception {
        loadJson("{\"s\":\"😀b\",\"n\":\"-1.25\",\"l\":[{\"m\":998.5},{\"t\":\"ab\"}]}");

        assertThat(server.rows("events"))
                .containsExactly(
                        "{f=[{v=😀b}, {v=null}, {v=-1.3}, {v=[{v={f=[{v=null}, {v=999}]}}, {v={f=[{v=ab}, {v=null}]}}]}]}");
    }

    @Test
    void aStreamedRowIsRefusedWithItsColumn() throws Exception {
        assertThat(server.send(
                                "POST",
                                "/datasets/house/tables/events/insertAll",
                                "{\"rows\":[{\"json\":{\"s\":\"abc\"}}]}")
                        .body())
                .contains("\"location\":\"s\"", TOO_LONG);
    }

    @Test
    void anAppendedRowIsRefusedWithItsNumber() throws Exception {
        try (JsonStreamWriter writer = storage.writer(StorageClient.table("events"))) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> StorageClient.append(writer, -1, "{\"s\":\"ab\"}", "{\"s\":\"abc\"}"))
                    .havingCause()
                    .isInstanceOfSatisfying(
                            Exceptions.AppendSerializationError.class,
                            e -> assertThat(e.getRowIndexToErrorMessage())
                                    .containsExactly(Map.entry(1, "Field s: " + TOO_LONG + " on field s.")));
        }
        assertThat(server.rows("events")).isEmpty();
    }

    @Test
    void copiesKeepToThem() throws Exception {
        server.query("CREATE OR REPLACE TABLE house.free (s STRING)", settings -> settings);
        server.query("CREATE OR REPLACE TABLE house.short (s STRING(1))", settings -> settings);
        server.query("CREATE OR REPLACE TABLE house.long (s STRING(2))", settings -> settings);

        assertThat(copied("free", "WRITE_APPEND")).contains("Provided Schema does not match");
        assertThat(copied("short", "WRITE_APPEND")).doesNotContain("errorResult");
        assertThat(copied("free", "WRITE_TRUNCATE")).doesNotContain("errorResult");
        assertThat(server.send("GET", "/datasets/house/tables/long", "").body()).doesNotContain("maxLength");
    }

    private static String copied(String source, String disposition) throws Exception {
        String id = "copy_" + source + disposition;
        server.send("POST", "/jobs", """
                {"jobReference":{"jobId":"%s"},"configuration":{"copy":{"writeDisposition":"%s","sourceTable":
                {"projectId":"sluice-local","datasetId":"house","tableId":"%s"},"destinationTable":
                {"projectId":"sluice-local","datasetId":"house","tableId":"long"}}}}""".formatted(id, disposition, source));
        return server.end(id);
    }
}
