package dev.sluice.item.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bigquery.LoadContent;
import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import dev.sluice.item.BlockContent;
import dev.sluice.item.ContentBlocks;
import dev.sluice.item.RowColumns;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.json.JsonFactory;

class AvroRowsTests {

    private static TableColumn column(String name, ColumnType type, ColumnMode mode, TableColumn... fields) {
        return new TableColumn(name, type, mode, List.of(fields), null);
    }

    private static BlockContent lines(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var content = new BlockContent(new ContentBlocks());
        content.append(bytes, 0, bytes.length);
        return content;
    }

    private static AvroRows rows(TableColumn... columns) {
        return new AvroRows(RowColumns.of(List.of(columns), null, null));
    }

    private static Optional<BlockContent> write(AvroRows rows, String lines) throws IOException {
        return rows.write(
                lines(lines), lines.lines().mapToInt(String::length).max().orElse(0));
    }

    private static byte[] written(AvroRows rows, String lines) throws IOException {
        BlockContent content = write(rows, lines).orElseThrow();
        byte[] bytes = content.open().readAllBytes();
        content.release();
        return bytes;
    }

    /** What another program reads, as JSON. */
    private static List<String> read(AvroRows rows, String lines) throws IOException {
        try (var file = new DataFileStream<GenericRecord>(
                new ByteArrayInputStream(written(rows, lines)), new GenericDatumReader<>())) {
            assertThat(file.getMetaString("avro.codec")).isEqualTo("zstandard");
            return StreamSupport.stream(file.spliterator(), false)
                    .map(GenericRecord::toString)
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        INT64      | "-7"                              | -7
        FLOAT64    | 1e3                               | 1000.0
        BOOL       | "TRUE"                            | true
        DATE       | "1969-12-31"                      | -1
        DATE       | "0001-01-01"                      | -719162
        TIME       | "00:00:01.5"                      | 1500000
        DATETIME   | "1970-01-02 00:00:00.000001"      | 86400000001
        TIMESTAMP  | "1970-01-02"                      | 86400000000
        TIMESTAMP  | "1970-01-01T01:00:00+01"          | 0
        TIMESTAMP  | "1969-12-31T22:30:00.25-01:30"    | 250000
        TIMESTAMP  | "1970-01-01 00:00:01 UTC"         | 1000000
        JSON       | {"a" : 1.50, "b":[1e5,"ä",null]}  | {"a":1.50,"b":[1e5,"ä",null]}
        """)
    void writesValuesAsBigQueryReadsThem(ColumnType type, String json, String value) throws IOException {
        AvroRows rows = rows(column("v", type, ColumnMode.REQUIRED));
        String shown = type == ColumnType.JSON ? "\"" + value.replace("\"", "\\\"") + "\"" : value;
        assertThat(read(rows, "{\"v\":%s}\n".formatted(json))).containsExactly("{\"v\": %s}".formatted(shown));
    }

    @Test
    void knowsTypesOfBigQueryByTheirMarks() {
        String schema = new AvroRecord(
                        RowColumns.of(
                                List.of(
                                        column("n", ColumnType.NUMERIC, ColumnMode.REQUIRED),
                                        column("b", ColumnType.BIGNUMERIC, ColumnMode.NULLABLE),
                                        column("d", ColumnType.DATETIME, ColumnMode.REQUIRED),
                                        column("j", ColumnType.JSON, ColumnMode.REQUIRED)),
                                null,
                                null),
                        new AvroRecord.Shared(() -> 0, new JsonTexts(new JsonFactory()), members -> {}))
                .schema()
                .toString();
        assertThat(schema)
                .contains(
                        "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":38,\"scale\":9}",
                        "[\"null\",{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":77,\"scale\":38}]",
                        "{\"type\":\"long\",\"logicalType\":\"local-timestamp-micros\"}",
                        "{\"type\":\"string\",\"sqlType\":\"JSON\"}");
    }

    @Test
    void findsMembersInAnyCaseAndOrderAndFillsWhatIsMissing() throws IOException {
        AvroRows rows = rows(
                column("id", ColumnType.INT64, ColumnMode.REQUIRED),
                column("name", ColumnType.STRING, ColumnMode.NULLABLE),
                column("marks", ColumnType.INT64, ColumnMode.REPEATED),
                column(
                        "parts",
                        ColumnType.STRUCT,
                        ColumnMode.REPEATED,
                        column("size", ColumnType.FLOAT64, ColumnMode.NULLABLE),
                        column(
                                "row",
                                ColumnType.STRUCT,
                                ColumnMode.NULLABLE,
                                column("x", ColumnType.BOOL, ColumnMode.NULLABLE))));
        assertThat(
                        read(
                                rows,
                                "{\"other\":{\"a\":[1,{}]},\"NAME\":\"\\u00e4\",\"id\":1,\"marks\":[\"2\",3],\"parts\":[{},{\"row\":{\"X\":true},\"size\":2}]}\n{\"id\":2,\"name\":null}\n"))
                .containsExactly(
                        "{\"id\": 1, \"name\": \"ä\", \"marks\": [2, 3], \"parts\": [{\"size\": null, \"row\": null}, {\"size\": 2.0, \"row\": {\"x\": true}}]}",
                        "{\"id\": 2, \"name\": null, \"marks\": [], \"parts\": []}");
    }

    @Test
    void givesTheSameBytesForTheSameRows() throws IOException {
        TableColumn id = column("id", ColumnType.INT64, ColumnMode.REQUIRED);
        String some = IntStream.range(0, 300_000)
                .mapToObj(i -> "{\"id\":" + i * 7919L + "}\n")
                .collect(Collectors.joining());
        AvroRows rows = rows(id);
        byte[] once = written(rows, some);
        assertThat(written(rows, some)).isEqualTo(once);
        assertThat(written(rows(id), some)).isEqualTo(once);
        assertThat(once).hasSizeLessThan(some.length() / 2);
        assertThat(read(rows, some)).hasSize(300_000).last().isEqualTo("{\"id\": %d}".formatted(299_999 * 7919L));
    }

    @Test
    void tellsRecordsApartWhosePathsReadTheSame() throws IOException {
        TableColumn lat = column("lat", ColumnType.FLOAT64, ColumnMode.NULLABLE);
        TableColumn lon = column("lon", ColumnType.FLOAT64, ColumnMode.NULLABLE);
        AvroRows rows = rows(
                column(
                        "a",
                        ColumnType.STRUCT,
                        ColumnMode.NULLABLE,
                        column("b", ColumnType.STRUCT, ColumnMode.NULLABLE, lat, lon)),
                column("a_b", ColumnType.STRUCT, ColumnMode.NULLABLE, lon, lat));
        assertThat(read(rows, "{\"a\":{\"b\":{\"lat\":1,\"lon\":2}},\"a_b\":{\"lat\":3,\"lon\":4}}"))
                .containsExactly(
                        "{\"a\": {\"b\": {\"lat\": 1.0, \"lon\": 2.0}}, \"a_b\": {\"lon\": 4.0, \"lat\": 3.0}}");
    }

    @Test
    void readsNothingIfARowMightNotFitIntoMemory() throws IOException {
        AvroRows rows = rows(column("v", ColumnType.STRING, ColumnMode.NULLABLE));
        String most = "{\"v\":\"%s\"}".formatted("x".repeat(AvroRows.MAX_ROW_BYTES - 8));
        assertThat(most).hasSize(AvroRows.MAX_ROW_BYTES);
        assertThat(read(rows, "{\"v\":\"a\"}\n" + most)).hasSize(2);
        LoadContent unread = new LoadContent() {
            @Override
            public long size() {
                return 1;
            }

            @Override
            public InputStream open() {
                throw new AssertionError("is read");
            }
        };
        assertThat(rows.write(unread, AvroRows.MAX_ROW_BYTES + 1)).isEmpty();
    }

    /** Whose rows are a few bytes of JSON and many of Avro. */
    private static AvroRows sparse(int members) {
        TableColumn[] fields = IntStream.range(0, members)
                .mapToObj(i -> column("f" + i, ColumnType.STRING, ColumnMode.NULLABLE))
                .toArray(TableColumn[]::new);
        return rows(
                column("s", ColumnType.STRUCT, ColumnMode.REPEATED, fields),
                column("n", ColumnType.BIGNUMERIC, ColumnMode.REPEATED));
    }

    private static String sparseRow(int structs, int numbers) {
        return "{\"s\":[%s],\"n\":[%s]}"
                .formatted(
                        String.join(",", Collections.nCopies(structs, "{}")),
                        String.join(",", Collections.nCopies(numbers, "1")));
    }

    @Test
    void writesSparseStructsAsLongAsTheyFitIntoABlock() throws IOException {
        AvroRows rows = sparse(60);
        assertThat(read(rows, "{}\n" + sparseRow(100_000, 0))).hasSize(2);
        assertThat(write(rows, "{}\n" + sparseRow(300_000, 0)))
                .as("more members than memory is for")
                .isEmpty();
        AvroRows wide = sparse(1000);
        assertThat(read(wide, sparseRow(8000, 200_000))).hasSize(1);
        assertThat(write(wide, sparseRow(8000, 500_000)))
                .as("more than 14 MB of Avro")
                .isEmpty();
        assertThat(read(wide, "{}")).hasSize(1);
    }

    @Test
    void hasNoLimitsOfItsOwnForNamesAndDepth() throws IOException {
        AvroRows rows = rows(column("v", ColumnType.JSON, ColumnMode.REQUIRED));
        String named = "{\"%s\":1}".formatted("k".repeat(60_000));
        String deep = "[".repeat(2000) + "]".repeat(2000);
        assertThat(read(rows, "{\"v\":%s}\n{\"v\":%s}".formatted(named, deep)))
                .containsExactly(
                        "{\"v\": \"%s\"}".formatted(named.replace("\"", "\\\"")), "{\"v\": \"%s\"}".formatted(deep));
    }

    @Test
    void leavesToJsonWhatItCannotRead() throws IOException {
        assertThat(write(rows(column("v", ColumnType.STRING, ColumnMode.NULLABLE)), "{\"v\":\"a\"}\n{\"v\":"))
                .isEmpty();
    }
}
