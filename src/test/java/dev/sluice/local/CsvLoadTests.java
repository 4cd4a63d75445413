package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.CsvOptions;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobStatistics.LoadStatistics;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.StandardSQLTypeName;
import com.google.cloud.bigquery.StandardTableDefinition;
import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.TableInfo;
import com.google.cloud.bigquery.TimePartitioning;
import com.google.cloud.bigquery.WriteChannelConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLoadTests {

    private static final TableId TABLE = TableId.of("house", "prices");
    private static final Schema PRICES = Schema.of(
            Field.newBuilder("id", StandardSQLTypeName.INT64)
                    .setMode(Field.Mode.REQUIRED)
                    .build(),
            Field.of("name", StandardSQLTypeName.STRING),
            Field.of("price", StandardSQLTypeName.NUMERIC),
            Field.of("open", StandardSQLTypeName.BOOL),
            Field.of("day", StandardSQLTypeName.DATE));

    @TempDir
    Path folder;

    private LocalServer server;

    @BeforeEach
    void open() throws IOException {
        server = LocalServer.open(folder);
        server.client().create(DatasetInfo.of("house"));
        server.client().create(TableInfo.of(TABLE, StandardTableDefinition.of(PRICES)));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Job load(CsvOptions csv, String content) throws IOException, InterruptedException {
        return server.load(TABLE, csv, content);
    }

    private List<List<Object>> rows() {
        List<List<Object>> rows = new ArrayList<>();
        server.client().listTableData(TABLE, PRICES).iterateAll().forEach(row -> {
            List<Object> values = new ArrayList<>();
            row.forEach(value -> values.add(value.getValue()));
            rows.add(values);
        });
        return rows;
    }

    private static List<Object> row(Object... values) {
        return Arrays.asList(values);
    }

    @Test
    void valuesAreReadByTheirColumnsTypes() throws Exception {
        Job load = load(CsvOptions.newBuilder().setSkipLeadingRows(1).build(), """
                id,name,price,open,day
                1,Ada,1.5,true,2026-01-02
                2,"a ""quoted"", name",,F,
                3,,0.000000001,1,
                4,"",0e50,no,
                """);

        assertThat(rows())
                .containsExactly(
                        row("1", "Ada", "1.5", "true", "2026-01-02"),
                        row("2", "a \"quoted\", name", null, "false", null),
                        row("3", null, "0.000000001", "true", null),
                        row("4", "", "0", "false", null));
        LoadStatistics statistics = load.getStatistics();
        assertThat(statistics.getOutputRows()).isEqualTo(4);
        // 4 INT64, texts of 3 + 16 + 0 characters, 3 NUMERIC, 4 BOOL, 1 DATE
        assertThat(statistics.getOutputBytes()).isEqualTo(4 * 8 + (2 + 3 + 2 + 16 + 2) + 3 * 16 + 4 + 8);
    }

    @Test
    void delimiterQuoteAndNullMarkerAreSettings() throws Exception {
        var csv = CsvOptions.newBuilder()
                .setFieldDelimiter("\t")
                .setQuote("'")
                .setAllowQuotedNewLines(true)
                .build();

        server.load(
                WriteChannelConfiguration.newBuilder(TABLE)
                        .setFormatOptions(csv)
                        .setNullMarker("\\N")
                        .build(),
                "1\t'two\nlines'\t\\N\t\\N\t\\N\n2\t'\\N'\t\\N\t\\N\t\\N\n3\t\t\\N\t\\N\t\\N\n");

        assertThat(rows())
                .containsExactly(
                        row("1", "two\nlines", null, null, null),
                        row("2", "\\N", null, null, null),
                        row("3", "", null, null, null));
    }

    @Test
    void anEmptyQuoteMeansThatNothingIsQuoted() throws Exception {
        load(CsvOptions.newBuilder().setQuote("").build(), "1,\"Ada\",,,\n");

        assertThat(rows()).containsExactly(row("1", "\"Ada\"", null, null, null));
    }

    @Test
    void theFirstBadRowFailsTheLoad() {
        assertBad("1,a,,,\n2,b,x,,\n", "Rows: 2", "Could not convert value to NUMERIC. Field: price;");
        assertBad("1,a,1e999999999,,\n", "Rows: 1", "Could not convert value to NUMERIC. Field: price;");
        assertBad("1,a,0.0000000001,,\n", "Rows: 1", "Could not convert value to NUMERIC. Field: price;");
        assertBad("1,a,,\n", "Rows: 1", "Too few values: 4; expected 5.");
        assertBad("1,a,,,,\n", "Rows: 1", "Too many values in row: 6; expected 5.");
        assertBad(",a,,,\n", "Rows: 1", "Missing required field: id.");
        assertBad("1,\"a\nb\",,,\n", "Rows: 1", "A quoted value has a newline");
        assertBad("1,\"a\"b,,,\n", "Rows: 1", "the row is not CSV.");
        assertBad("1,a,,,\n2,b,,,\"2026-01-01", "Rows: 2", "Missing close quote character.");
        assertBad("1,a,,,\n2,\"b,,,\n3,c,,,\n", "Rows: 2", "Missing close quote character.");
        assertThat(rows()).isEmpty();
    }

    private void assertBad(String content, String... message) {
        assertThatExceptionOfType(BigQueryException.class)
                .isThrownBy(() -> load(CsvOptions.newBuilder().build(), content))
                .withMessageContainingAll(message)
                .satisfies(e -> assertThat(e.getError().getReason()).isEqualTo("invalid"));
    }

    @Test
    void theColumnsOfAFileHaveTheOrderOfTheLoadsSchema() throws Exception {
        var configuration = WriteChannelConfiguration.newBuilder(TABLE)
                .setFormatOptions(CsvOptions.newBuilder().build())
                .setSchema(Schema.of(
                        Field.of("name", StandardSQLTypeName.STRING),
                        PRICES.getFields().get("id")))
                .build();

        server.load(configuration, "Ada,1\n");

        assertThat(rows()).containsExactly(row("1", "Ada", null, null, null));
    }

    @Test
    void aLoadCreatesItsTableWithItsPartitioning() throws Exception {
        var fresh = TableId.of("house", "fresh");
        var partitioning = TimePartitioning.newBuilder(TimePartitioning.Type.MONTH)
                .setField("day")
                .build();

        server.load(
                WriteChannelConfiguration.newBuilder(fresh)
                        .setFormatOptions(CsvOptions.newBuilder().build())
                        .setSchema(PRICES)
                        .setTimePartitioning(partitioning)
                        .build(),
                "1,Ada,,,2026-01-02\n");

        StandardTableDefinition definition = server.client().getTable(fresh).getDefinition();
        assertThat(definition.getTimePartitioning()).isEqualTo(partitioning);
        assertThat(definition.getNumRows()).isEqualTo(1);
    }

    @Test
    void keepsNulIfAskedForAndReplacesWhatIsNoText() throws Exception {
        var load = WriteChannelConfiguration.newBuilder(TABLE)
                .setFormatOptions(CsvOptions.newBuilder().build());
        assertThatExceptionOfType(BigQueryException.class)
                .isThrownBy(() -> server.load(load.build(), "1,a\0b,,,\n"))
                .withMessageContaining("ASCII 0");
        server.load(
                load.setFormatOptions(CsvOptions.newBuilder()
                                .setPreserveAsciiControlCharacters(true)
                                .build())
                        .build(),
                "1,a\0b,,,\n");
        assertThat(server.column("SELECT name FROM house.prices")).containsExactly("a\0b");
    }

    @Test
    void whatALoadCannotHonourIsRefused() {
        var configuration = WriteChannelConfiguration.newBuilder(TABLE);
        assertRefused(configuration
                .setFormatOptions(CsvOptions.newBuilder().build())
                .setDecimalTargetTypes(List.of("BIGNUMERIC")));
        assertRefused(WriteChannelConfiguration.newBuilder(TABLE)
                .setFormatOptions(CsvOptions.newBuilder().setFieldDelimiter("þ").build()));
    }

    @Test
    void delimiterAndQuoteAreTwoCharactersWithinALine() {
        for (String delimiter : List.of("\"", "\n", "\r")) {
            assertThatExceptionOfType(BigQueryException.class)
                    .isThrownBy(() -> load(
                            CsvOptions.newBuilder().setFieldDelimiter(delimiter).build(), "1\n"))
                    .withMessageContaining("fieldDelimiter and quote must differ");
        }
    }

    @Test
    void theLastRowNeedsNoLineEnd() throws Exception {
        load(CsvOptions.newBuilder().build(), "1,a,,,\n2,\"b\",,,\"2026-01-01\"");

        assertThat(rows()).containsExactly(row("1", "a", null, null, null), row("2", "b", null, null, "2026-01-01"));
    }

    private void assertRefused(WriteChannelConfiguration.Builder configuration) {
        assertThatExceptionOfType(BigQueryException.class)
                .isThrownBy(() -> server.load(configuration.build(), "1,a,,,\n"))
                .withMessageContaining("The local BigQuery does not support");
    }
}
