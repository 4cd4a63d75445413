package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.ExtractJobConfiguration;
import com.google.cloud.bigquery.FormatOptions;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobConfiguration;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobInfo.CreateDisposition;
import com.google.cloud.bigquery.LoadJobConfiguration;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.TableId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvroExtractTests {

    private static final TableId TABLE = TableId.of("house", "t");
    private static final TableId AGAIN = TableId.of("house", "again");
    private static final String URI = "gs://out/t.avro";

    @TempDir
    private Path folder;

    private LocalServer server;
    private BigQuery client;

    @BeforeEach
    void open() throws IOException {
        server = LocalServer.open(folder);
        client = server.client();
        client.create(DatasetInfo.of("house"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void bringsNestedRowsBackAsTheyWere() throws Exception {
        query("""
                CREATE TABLE house.t (id INT64 NOT NULL, tags ARRAY<STRING>, price NUMERIC(10, 2), wide BIGNUMERIC,
                  who STRUCT<name STRING NOT NULL, born DATE, seen ARRAY<TIMESTAMP>, raw BYTES>,
                  stops ARRAY<STRUCT<wall DATETIME, clock TIME, cost NUMERIC, doc JSON, more ARRAY<STRUCT<x FLOAT64, ok BOOL>>>>)""");
        query("""
                INSERT INTO house.t VALUES
                (1, ['a', 'b'], 12.30, BIGNUMERIC '0.00000000000000000000000000000000000001',
                  ('Zoë', DATE '1969-12-31', [TIMESTAMP '2024-01-31 10:20:30.123456'], b'\\x00\\xff'),
                  [(DATETIME '2024-02-29 01:02:03.5', TIME '23:59:59.999999', -1.5, JSON '{"k": [1, null]}', [(0.1, TRUE), (NULL, NULL)]),
                   (NULL, NULL, NULL, NULL, [])]),
                (2, [], NULL, NULL, NULL, [])""");
        query("CREATE TABLE house.again LIKE house.t");

        extract(true);
        run(LoadJobConfiguration.newBuilder(AGAIN, URI)
                .setFormatOptions(FormatOptions.avro())
                .setUseAvroLogicalTypes(true)
                .setDecimalTargetTypes(List.of("NUMERIC", "BIGNUMERIC"))
                .setCreateDisposition(CreateDisposition.CREATE_NEVER)
                .build());

        assertThat(rows("again")).hasSize(2).isEqualTo(rows("t"));
    }

    @Test
    void tellsTypesAndNestedRecordsInItsSchema() throws Exception {
        query("""
                CREATE TABLE house.t (day DATE, wall DATETIME, doc JSON, price NUMERIC(10, 2), plain NUMERIC, wide BIGNUMERIC,
                  hits ARRAY<STRUCT<page STRUCT<path STRING NOT NULL>>>)""");

        extract(true);
        Schema typed = schema();
        assertThat(type(typed, "day")).hasToString("{\"type\":\"int\",\"logicalType\":\"date\"}");
        assertThat(type(typed, "wall")).hasToString("{\"type\":\"string\",\"logicalType\":\"datetime\"}");
        assertThat(type(typed, "doc")).hasToString("{\"type\":\"string\",\"sqlType\":\"JSON\"}");
        assertThat(type(typed, "price").toString()).contains("\"precision\":10,\"scale\":2");
        assertThat(type(typed, "plain").toString()).contains("\"precision\":38,\"scale\":9");
        assertThat(type(typed, "wide").toString()).contains("\"precision\":77,\"scale\":38");
        Schema hit = typed.getField("hits").schema().getElementType();
        assertThat(hit.getFullName()).isEqualTo("root.Hits");
        assertThat(type(hit, "page").getFullName()).isEqualTo("root.hits.Page");
        assertThat(type(hit, "page").getField("path").schema().getType()).isEqualTo(Schema.Type.STRING);

        extract(false);
        assertThat(type(schema(), "day")).hasToString("\"string\"");
    }

    private static Schema type(Schema record, String field) {
        return record.getField(field).schema().getTypes().get(1);
    }

    private Schema schema() throws IOException {
        try (var reader =
                new DataFileReader<GenericRecord>(server.object("out/t.avro").toFile(), new GenericDatumReader<>())) {
            return reader.getSchema();
        }
    }

    private void extract(boolean logicalTypes) throws InterruptedException {
        run(ExtractJobConfiguration.newBuilder(TABLE, URI)
                .setFormat("AVRO")
                .setUseAvroLogicalTypes(logicalTypes)
                .build());
    }

    private void run(JobConfiguration configuration) throws InterruptedException {
        Job job = client.create(JobInfo.of(configuration)).waitFor();
        assertThat(job.getStatus().getError()).isNull();
    }

    private List<String> rows(String table) throws InterruptedException {
        return query("SELECT TO_JSON_STRING(r) FROM house.%s AS r ORDER BY id".formatted(table));
    }

    private List<String> query(String sql) throws InterruptedException {
        return client.query(QueryJobConfiguration.of(sql))
                .streamAll()
                .map(row -> row.get(0).getStringValue())
                .toList();
    }
}
