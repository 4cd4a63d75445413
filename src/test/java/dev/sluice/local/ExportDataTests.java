package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.services.bigquery.model.ExportDataStatistics;
import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.QueryParameterType;
import com.google.api.services.bigquery.model.QueryParameterValue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** EXPORT DATA. */
class ExportDataTests extends OwnWarehouse {

    @BeforeEach
    void fill() {
        warehouse.query("CREATE TABLE ds.t AS SELECT 3 AS id, 'c,c' AS name UNION ALL SELECT 1, NULL");
    }

    private String exported(String options, String query) throws Exception {
        export(options, query);
        return Files.readString(file());
    }

    private Warehouse.Result export(String options, String query) {
        return warehouse.query(
                "EXPORT DATA OPTIONS (uri = 'gs://bucket/out/*.txt', %s) AS %s".formatted(options, query));
    }

    private Path file() {
        return folder.resolve("objects/bucket/out/000000000000.txt");
    }

    @Test
    void writesRowsInTheirOrder() throws Exception {
        assertThat(exported("format = 'CSV'", "SELECT id, name FROM ds.t ORDER BY id"))
                .isEqualTo("1,\n3,\"c,c\"\n");
        assertThat(exported(
                        "format = 'json', overwrite = TRUE",
                        "SELECT id, name, [1, 2] AS `list` FROM ds.t ORDER BY id DESC"))
                .isEqualTo("""
                        {"id":"3","name":"c,c","list":["1","2"]}
                        {"id":"1","list":["1","2"]}
                        """);
        assertThat(exported(
                        "format = 'CSV', header = true, field_delimiter = '|', overwrite = true",
                        "SELECT id, 1 + 1 FROM ds.t WHERE id = 3"))
                .isEqualTo("id|f0_\n3|2\n");
    }

    @Test
    void packsAndWritesAvro() throws Exception {
        export("format = 'CSV', compression = 'GZIP'", "SELECT 'packed'");
        try (var gzip = new GZIPInputStream(Files.newInputStream(file()))) {
            assertThat(new String(gzip.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("packed\n");
        }

        export("format = 'AVRO', compression = 'SNAPPY', overwrite = true", "SELECT id FROM ds.t ORDER BY id");
        try (var reader = new DataFileReader<GenericRecord>(file().toFile(), new GenericDatumReader<>())) {
            assertThat(reader.next().get("id")).isEqualTo(1L);
            assertThat(reader.next().get("id")).isEqualTo(3L);
            assertThat(reader.hasNext()).isFalse();
        }
    }

    @Test
    void tellsWhatItHasDoneAndCostsWhatItReads() {
        var statistics = export("format = 'PARQUET'", "SELECT id FROM ds.t").statistics();

        assertThat(statistics.getQuery().getStatementType()).isEqualTo("EXPORT_DATA");
        assertThat(statistics.getQuery().getExportDataStatistics())
                .isEqualTo(new ExportDataStatistics().setFileCount(1L).setRowCount(2L));
        assertThat(statistics.getTotalBytesProcessed()).isEqualTo(16);
    }

    @Test
    void takesParametersAndTemporaryTables() throws Exception {
        warehouse.query(
                "EXPORT DATA OPTIONS (uri = 'gs://bucket/out/*.txt', format = 'CSV') AS SELECT @name",
                new QueryParameter()
                        .setName("name")
                        .setParameterType(new QueryParameterType().setType("STRING"))
                        .setParameterValue(new QueryParameterValue().setValue("given")));
        assertThat(Files.readString(file())).isEqualTo("given\n");

        warehouse.query("DECLARE n INT64 DEFAULT 5; CREATE TEMP TABLE made AS SELECT n AS n;"
                + " EXPORT DATA OPTIONS (uri = 'gs://bucket/out/*.txt', format = 'CSV', overwrite = n = 5) AS"
                + " SELECT n + 1 FROM made");
        assertThat(Files.readString(file())).isEqualTo("6\n");
    }

    @Test
    void leavesObjectsThatAreThere() throws Exception {
        export("format = 'CSV'", "SELECT 1");

        warehouse.refuses(
                "EXPORT DATA OPTIONS (uri = 'gs://bucket/out/*.txt', format = 'CSV') AS SELECT 2",
                "EXPORT DATA replaces them with overwrite = true");

        assertThat(Files.readString(file())).isEqualTo("1\n");
        try (var files = Files.list(file().getParent())) {
            assertThat(files).containsExactly(file());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "uri = 'gs://bucket/*', format = 'ORC'|'ORC' is not a valid value; failed to set 'format' in EXPORT DATA OPTIONS",
                "uri = 'gs://bucket/*'|needs the options uri and format",
                "format = 'CSV'|needs the options uri and format",
                "uri = 'gs://bucket/one', format = 'CSV'|must have one wildcard",
                "uri = 'gs://bucket/*/*', format = 'CSV'|Only one wildcard",
                "uri = 'gs://bucket/../*', format = 'CSV'|Invalid URI",
                "uri = 's3://bucket/*', format = 'CSV'|does not support URIs that do not begin with gs://",
                "uri = 'gs://bucket/*', format = 'CSV', header = 1|Option header must be BOOL, not INT64",
                "uri = 'gs://bucket/*', format = 'CSV', mode = 1|does not support option mode of EXPORT DATA",
                "uri = 'gs://bucket/*', format = 'CSV', compression = 'ZIP'|Compression ZIP",
            })
    void refusesWhatItDoesNotUnderstand(String options, String words) {
        warehouse.refuses("EXPORT DATA OPTIONS (%s) AS SELECT 1 AS one".formatted(options), words);
        assertThat(folder.resolve("objects/bucket")).doesNotExist();
    }

    @Test
    void refusesWhatIsNoExport() {
        warehouse.refuses("EXPORT MODEL ds.m OPTIONS (uri = 'gs://b/*')", "does not support EXPORT MODEL");
        warehouse.refuses("EXPORT DATA AS SELECT 1", "Expected OPTIONS ( but got \"AS\"");
        warehouse.refuses(
                "EXPORT DATA WITH CONNECTION c OPTIONS (uri = 'gs://b/*') AS SELECT 1",
                "does not support EXPORT DATA WITH CONNECTION");
    }
}
