package dev.sluice.local.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.TableFieldSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJsonTests {

    private static final String COLUMNS =
            "s VARCHAR, \"Näme x\" VARCHAR, j JSON, i BIGINT, f DOUBLE, b BOOLEAN, t TIMESTAMPTZ, dt TIMESTAMP, d DATE, ti TIME";
    private static final List<TableFieldSchema> FIELDS = RandomRows.FIELDS;

    @TempDir
    private Path folder;

    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone='UTC'");
            statement.execute("CREATE SCHEMA data");
            for (String table : List.of("plain", "any")) {
                statement.execute(
                        "CREATE TABLE data.%s (%s, _sluice_from BIGINT, _sluice_to BIGINT)".formatted(table, COLUMNS));
            }
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private static LoadTarget target(String table) {
        return new LoadTarget(table, FIELDS, 7, () -> {});
    }

    private SourceFile file(String name, byte[] content) throws IOException {
        return new SourceFile(Files.write(folder.resolve(name), content), "");
    }

    /** Which Jackson reads, since DuckDB is not given what is packed. */
    private SourceFile packed(String name, byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return file(name, bytes.toByteArray());
    }

    private List<String> rows(String table) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("FROM data." + table)) {
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= FIELDS.size() + 2; i++) {
                    values.add(result.getString(i));
                }
                rows.add(values.toString());
            }
        }
        return rows;
    }

    private long loadAny(SourceFile... files) throws IOException, SQLException {
        var format = new JsonFormat(new JobConfigurationLoad());
        return format.load(connection, target("any"), List.of(files), new BadRecords("JSON", 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void plainRowsHaveTheValuesThatJacksonReads(long seed) throws Exception {
        var random = new RandomRows(seed);
        var row = new PlainRow(FIELDS);
        var content = new ByteArrayOutputStream();
        int plain = 0;
        for (int i = 0; i < 60_000; i++) {
            byte[] line = random.line();
            if (row.end(Arrays.copyOf(line, line.length + PlainCharacters.BEYOND), 0) == line.length) {
                content.write(line);
                plain++;
            }
        }

        byte[] bytes = content.toByteArray();
        assertThat(PlainJsonFiles.load(connection, target("plain"), List.of(file("a.json", bytes))))
                .hasValue(plain);
        assertThat(loadAny(packed("a.gz", bytes))).isEqualTo(plain).isGreaterThan(10_000);
        List<String> found = rows("plain");
        List<String> expected = rows("any");
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i)).as("seed %d, row %d", seed, i).isEqualTo(expected.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"S\":\"x\"}",
                "{\"s\":\"x\",\"s\":\"x\"}",
                "{\"s\":\"x\"} {}",
                "{\"s\":\"x\"}\r\r",
                "{\"s\":\r\"x\"}",
                "",
                "\uFEFF{}",
                "{\"s\":\"\\ud83d\\ude00\"}",
                "{\"s\":\"\\u0000\"}",
                "{\"s\":1.5}",
                "{\"s\":-0}",
                "{\"other\":1}",
                "{\"i\":\"1\"}",
                "{\"i\":1234567890123456789}",
                "{\"f\":-0.0}",
                "{\"f\":1e3}",
                "{\"j\":{\"a\":1,\"a\":2}}",
                "{\"j\":1.50}",
                "{\"t\":1}",
                "{\"t\":\"2023-02-29T00:00:00Z\"}",
                "{\"t\":\"2023-02-28\"}",
                "{\"d\":\"0000-01-01\"}",
                "{\"s\":\"x\"",
                "[]"
            })
    void whatJacksonMayReadOtherwiseIsLeftToIt(String line) throws Exception {
        byte[] content = ("{\"s\":\"first\"}\n" + line + "\n{}").getBytes(UTF_8);

        assertThat(PlainJsonFiles.load(connection, target("plain"), List.of(file("a.json", content))))
                .isEmpty();
        assertThat(rows("plain")).isEmpty();
    }

    @Test
    void rowsKeepTheOrderOfFilesAndOfTheirLines() throws Exception {
        var first = new StringBuilder();
        for (int i = 0; i < 300_000; i++) {
            first.append("{\"i\":").append(i).append(",\"s\":\"a text of some length\"}\r\n");
        }
        byte[] second = "{\"i\":300000}\n{\"i\":300001}".getBytes(UTF_8);
        List<SourceFile> files = List.of(file("b.json", first.toString().getBytes(UTF_8)), file("a'.json", second));

        assertThat(PlainJsonFiles.load(connection, target("plain"), files)).hasValue(300_002);

        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT COUNT(*) FILTER (i <> rowid OR _sluice_from <> 7), COUNT(*) FROM data.plain")) {
            result.next();
            assertThat(List.of(result.getLong(1), result.getLong(2))).containsExactly(0L, 300_002L);
        }
    }

    @Test
    void aLineOfAMegabyteIsLeftToJackson() throws Exception {
        String longest = "{\"s\":\"" + "x".repeat(PlainLines.LONGEST - 10) + "\"}";

        assertThat(PlainJsonFiles.load(connection, target("plain"), List.of(file("a.json", longest.getBytes(UTF_8)))))
                .hasValue(1);
        assertThat(PlainJsonFiles.load(
                        connection, target("plain"), List.of(file("b.json", (longest + "\n{}").getBytes(UTF_8)))))
                .hasValue(2);
        assertThat(PlainJsonFiles.load(
                        connection, target("plain"), List.of(file("c.json", (longest + "  {}").getBytes(UTF_8)))))
                .isEmpty();
    }

    @Test
    void aNameThatDuckDbWouldReadAsAPatternIsLeftToJackson() throws Exception {
        SourceFile file = file("a[1].json", "{}".getBytes(UTF_8));

        assertThat(PlainJsonFiles.load(connection, target("plain"), List.of(file)))
                .isEmpty();
    }

    @Test
    void duckDbReadsNothingWhereItHasLittleMemory() throws Exception {
        SourceFile file = file("a.json", "{}".getBytes(UTF_8));
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET memory_limit = '64MB'");
        }

        assertThat(PlainJsonFiles.load(connection, target("plain"), List.of(file)))
                .isEmpty();
    }

    @Test
    void aRequiredColumnMustHaveAValueInEveryRow() throws Exception {
        var field = new TableFieldSchema().setName("i").setType("INTEGER").setMode("REQUIRED");
        var target = new LoadTarget("plain", List.of(field), 7, () -> {});

        assertThat(PlainJsonFiles.load(connection, target, List.of(file("a.json", "{\"i\":1}\n{}".getBytes(UTF_8)))))
                .isEmpty();
        assertThat(PlainJsonFiles.load(
                        connection, target, List.of(file("b.json", "{\"i\":1}\n{\"i\":null}".getBytes(UTF_8)))))
                .isEmpty();
        assertThat(PlainJsonFiles.load(connection, target, List.of(file("c.json", "{\"i\":1}".getBytes(UTF_8)))))
                .hasValue(1);
    }

    @Test
    void aStoppedLoadIsNotBegun() throws Exception {
        var stopped = new LoadTarget("plain", FIELDS, 7, () -> {
            throw new IllegalStateException("stopped");
        });
        SourceFile file = file("a.json", "{\"s\":\"x\"}".getBytes(UTF_8));

        assertThatThrownBy(() -> PlainJsonFiles.load(connection, stopped, List.of(file)))
                .hasMessage("stopped");
        assertThat(rows("plain")).isEmpty();
    }
}
