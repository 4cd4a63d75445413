package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroLoadTests {

    private static final Schema EVENT = new Schema.Parser().parse("""
            {"type": "record", "name": "event", "fields": [
              {"name": "id", "type": "long"},
              {"name": "amount", "type": ["null", {"type": "bytes", "logicalType": "decimal", "precision": 20, "scale": 3}]},
              {"name": "day", "type": ["null", {"type": "int", "logicalType": "date"}]},
              {"name": "at", "type": ["null", {"type": "long", "logicalType": "timestamp-micros"}]},
              {"name": "millis", "type": ["null", {"type": "long", "logicalType": "timestamp-millis"}]},
              {"name": "clock", "type": ["null", {"type": "long", "logicalType": "time-micros"}]},
              {"name": "wall", "type": ["null", {"type": "long", "logicalType": "local-timestamp-micros"}]},
              {"name": "text", "type": ["null", "string"]},
              {"name": "raw", "type": ["null", "bytes"]},
              {"name": "tags", "type": {"type": "array", "items": "string"}},
              {"name": "who", "type": ["null", {"type": "record", "name": "who", "fields": [
                {"name": "name", "type": "string"},
                {"name": "marks", "type": {"type": "array", "items": "double"}}]}]},
              {"name": "counts", "type": {"type": "map", "values": "long"}}]}
            """);

    @TempDir
    private Path folder;

    private LocalServer server;

    @BeforeEach
    void open() throws IOException {
        server = LocalServer.open(folder);
        server.client().create(com.google.cloud.bigquery.DatasetInfo.of("house"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static GenericRecord event(long id) {
        Schema who = EVENT.getField("who").schema().getTypes().get(1);
        var decimal = EVENT.getField("amount").schema().getTypes().get(1);
        return new GenericRecordBuilder(EVENT)
                .set("id", id)
                .set(
                        "amount",
                        new Conversions.DecimalConversion()
                                .toBytes(new BigDecimal("-12.345"), decimal, LogicalTypes.decimal(20, 3)))
                .set("day", 19_753)
                .set("at", 1_706_659_200_123_456L)
                .set("millis", 1_706_659_200_123L)
                .set("clock", 3_661_000_001L)
                .set("wall", 1_706_659_200_000_000L)
                .set("text", "zoë")
                .set("raw", ByteBuffer.wrap(new byte[] {1, 2, 3}))
                .set("tags", List.of("a", "b"))
                .set(
                        "who",
                        new GenericRecordBuilder(who)
                                .set("name", "Ada")
                                .set("marks", List.of(1.5, 2.0))
                                .build())
                .set("counts", Map.of("x", 7L))
                .build();
    }

    private static GenericRecord empty(long id) {
        var builder = new GenericRecordBuilder(EVENT)
                .set("id", id)
                .set("tags", List.of())
                .set("counts", Map.of());
        EVENT.getFields().stream().filter(field -> field.schema().isUnion()).forEach(field -> builder.set(field, null));
        return builder.build();
    }

    private void write(String object, CodecFactory codec, GenericRecord... records) throws IOException {
        Path file = server.object(object);
        try (var writer = new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(EVENT))) {
            writer.setCodec(codec);
            writer.create(EVENT, file.toFile());
            for (GenericRecord each : records) {
                writer.append(each);
            }
        }
    }

    private String load(String settings) throws IOException, InterruptedException {
        return server.load("\"sourceFormat\":\"AVRO\",\"sourceUris\":[\"gs://things/*.avro\"]," + settings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "snappy", "deflate", "zstandard"})
    void everyCodecAndTypeIsRead(String codec) throws Exception {
        write("things/a.avro", CodecFactory.fromString(codec), event(1), empty(2));

        String job = load("\"useAvroLogicalTypes\":true");

        assertThat(job).contains("\"outputRows\":\"2\"").doesNotContain("errorResult");
        assertThat(server.schema("events"))
                .isEqualTo(
                        "id INTEGER REQUIRED, amount NUMERIC NULLABLE, day DATE NULLABLE, at TIMESTAMP NULLABLE,"
                                + " millis TIMESTAMP NULLABLE, clock TIME NULLABLE, wall DATETIME NULLABLE, text STRING NULLABLE,"
                                + " raw BYTES NULLABLE, tags STRING REPEATED, who RECORD NULLABLE(name STRING REQUIRED,"
                                + " marks FLOAT REPEATED), counts RECORD REPEATED(key STRING REQUIRED, value INTEGER REQUIRED)");
        assertThat(server.rows("events"))
                .containsExactly(
                        "{f=[{v=1}, {v=-12.345}, {v=2024-01-31}, {v=1706659200.123456}, {v=1706659200.123000},"
                                + " {v=01:01:01.000001}, {v=2024-01-31T00:00:00}, {v=zoë}, {v=AQID}, {v=[{v=a}, {v=b}]},"
                                + " {v={f=[{v=Ada}, {v=[{v=1.5}, {v=2.0}]}]}}, {v=[{v={f=[{v=x}, {v=7}]}}]}]}",
                        "{f=[{v=2}, {v=null}, {v=null}, {v=null}, {v=null}, {v=null}, {v=null}, {v=null}, {v=null},"
                                + " {v=[]}, {v=null}, {v=[]}]}");
    }

    @Test
    void decimalsAndTextsAreWhatTheyAreMeantFor() throws Exception {
        Schema schema = new Schema.Parser().parse("""
                {"type": "record", "name": "row", "fields": [
                  {"name": "big", "type": {"type": "bytes", "logicalType": "decimal", "precision": 77, "scale": 38}},
                  {"name": "document", "type": {"type": "string", "sqlType": "JSON"}}]}
                """);
        Path file = server.object("things/a.avro");
        try (var writer = new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
            writer.create(schema, file.toFile());
            writer.append(new GenericRecordBuilder(schema)
                    .set("big", ByteBuffer.wrap(BigInteger.TEN.pow(76).negate().toByteArray()))
                    .set("document", "{ \"a\": 1.50 }")
                    .build());
        }
        assertThat(load("\"useAvroLogicalTypes\":true")).contains("Avro decimals that need another type than NUMERIC");

        load("\"decimalTargetTypes\":[\"NUMERIC\",\"BIGNUMERIC\"]");
        assertThat(server.schema("events")).isEqualTo("big BIGNUMERIC REQUIRED, document JSON REQUIRED");
        assertThat(server.rows("events")).containsExactly("{f=[{v=-1" + "0".repeat(38) + "}, {v={\"a\":1.50}}]}");
    }

    @Test
    void withoutLogicalTypesOnlyDecimalsAreMoreThanTheyStandOn() throws Exception {
        write("things/a.avro", CodecFactory.nullCodec(), event(1));

        load("\"useAvroLogicalTypes\":false");

        assertThat(server.schema("events"))
                .startsWith("id INTEGER REQUIRED, amount NUMERIC NULLABLE, day INTEGER NULLABLE, at INTEGER NULLABLE");
    }

    @Test
    void typesOtherThanTheTablesAreRefused() throws Exception {
        server.send("POST", "/datasets/house/tables", """
                {"tableReference":{"datasetId":"house","tableId":"events"},
                 "schema":{"fields":[{"name":"id","type":"INTEGER"},{"name":"at","type":"TIMESTAMP"}]}}""");
        write("things/a.avro", CodecFactory.nullCodec(), event(1));

        assertThat(load("\"writeDisposition\":\"WRITE_APPEND\""))
                .contains("\"reason\":\"invalid\"", "Field at has changed type from TIMESTAMP to INTEGER");
        assertThat(load("\"useAvroLogicalTypes\":true,\"writeDisposition\":\"WRITE_APPEND\""))
                .contains("Cannot add fields (field: amount)");
    }

    @Test
    void aBrokenFileIsRefusedWhole() throws Exception {
        write("things/a.avro", CodecFactory.nullCodec(), event(1), event(2));
        byte[] bytes = Files.readAllBytes(server.object("things/a.avro"));
        Files.write(server.object("things/a.avro"), Arrays.copyOf(bytes, bytes.length - 9));
        Files.writeString(server.object("things/b.avro"), "not Avro", StandardCharsets.UTF_8);

        assertThat(load("\"useAvroLogicalTypes\":true")).contains("failed to parse the header", "gs://things/b.avro");
        Files.delete(server.object("things/b.avro"));
        assertThat(load("\"useAvroLogicalTypes\":true")).contains("failed to read data", "gs://things/a.avro");
        assertThat(server.send("GET", "/datasets/house/tables/events", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void logicalTypesComeBackFromAnExtract() throws Exception {
        server.query(
                "CREATE TABLE house.kinds AS SELECT TIME '23:59:59.000001' AS t, DATETIME '0001-02-03 04:05:06.7' AS dt,"
                        + " DATE '9999-12-31' AS d, TIMESTAMP '1969-12-31 23:59:59.999999 UTC' AS ts, NULL AS n",
                settings -> settings);
        String source = "\"sourceTable\":{\"datasetId\":\"house\",\"tableId\":\"kinds\"}";
        server.send("POST", "/jobs", """
                {"jobReference":{"jobId":"kinds"},"configuration":{"extract":{%s,"destinationUris":["gs://things/k.avro"],
                 "destinationFormat":"AVRO","useAvroLogicalTypes":true}}}""".formatted(source));
        server.end("kinds");
        load("\"useAvroLogicalTypes\":true");

        assertThat(server.schema("events")).isEqualTo(server.schema("kinds"));
        assertThat(server.rows("events")).isEqualTo(server.rows("kinds")).hasSize(1);
    }

    @Test
    void whatBigQueryHasNotIsABadRow() throws Exception {
        for (String beyond : List.of("day", "at", "millis", "wall")) {
            GenericRecord event = event(1);
            Object far = beyond.equals("day") ? (Object) 2_932_897 : (Object) 253_402_300_800_000_000L;
            event.put(beyond, beyond.equals("millis") ? (Object) 253_402_300_800_000L : far);
            write("things/a.avro", CodecFactory.nullCodec(), event);

            assertThat(load("\"useAvroLogicalTypes\":true")).contains("errorResult", "Field: %s;".formatted(beyond));
        }
    }
}
