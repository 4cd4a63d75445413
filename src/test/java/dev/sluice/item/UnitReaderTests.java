package dev.sluice.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.infrastructure.item.ExecutionContext;

class UnitReaderTests {

    private static final int MAX_ROW_BYTES = 1 << 20;
    private static final RowColumns COLUMNS = RowColumns.of(
            List.of(
                    column("id", ColumnType.INT64, ColumnMode.REQUIRED),
                    column("org", ColumnType.STRING, ColumnMode.NULLABLE)),
            "org",
            "acme");

    @TempDir
    Path folder;

    private static TableColumn column(String name, ColumnType type, ColumnMode mode) {
        return new TableColumn(name, type, mode, List.of(), null);
    }

    private UnitReader reader(String content, SourceFormat format, long unitBytes) throws IOException {
        Path file = Files.writeString(folder.resolve("source"), content);
        var source = new UnitReader.Source(file, format, COLUMNS, unitBytes, MAX_ROW_BYTES, null);
        return new UnitReader(source, position -> OptionalLong.empty());
    }

    private static String text(LoadUnit unit) throws IOException {
        try (var in = unit.content().open()) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    @Test
    void passesRightRowsThroughAndSetsWrongOnesAsideWithTheirLines() throws Exception {
        UnitReader reader = reader(
                "{\"id\":1,\"org\":\"acme\"}\n{\"id\":\"x\"}\n{\"id\":2,\"org\":\"other\"}\nnonsense\n{\"org\":\"acme\"}\n"
                        + "{\"id\":3,\"more\":1}\n{\"id\" : 4, \"org\":\"acme\"}",
                SourceFormat.NDJSON,
                10_000);
        reader.open(new ExecutionContext());
        LoadUnit unit = reader.read();
        assertThat(text(unit)).isEqualTo("{\"id\":1,\"org\":\"acme\"}\n{\"id\" : 4, \"org\":\"acme\"}\n");
        assertThat(unit.rejected()).extracting(RejectedRow::line).containsExactly(2L, 3L, 4L, 5L, 6L);
        assertThat(unit.rowsRead()).isEqualTo(7);
        assertThat(reader.read()).isNull();
        reader.close();
    }

    @Test
    void continuesBehindTheLastCommitWhateverTheUnitSizeIsThen() throws Exception {
        String content =
                "{\"id\":1,\"org\":\"acme\"}\n{\"id\":2,\"org\":\"acme\"}\n{\"id\":3,\"org\":\"acme\"}\n{\"id\":4,\"org\":\"acme\"}\n";
        UnitReader first = reader(content, SourceFormat.NDJSON, 1);
        var context = new ExecutionContext();
        first.open(context);
        first.read();
        first.update(context);
        first.read();
        first.close();
        UnitReader second = reader(content, SourceFormat.NDJSON, 10_000);
        second.open(context);
        assertThat(text(second.read()))
                .isEqualTo("{\"id\":2,\"org\":\"acme\"}\n{\"id\":3,\"org\":\"acme\"}\n{\"id\":4,\"org\":\"acme\"}\n");
        second.close();
    }

    @Test
    void writesCsvAsJsonAndFillsTheTenantColumn() throws Exception {
        UnitReader reader = reader("id\n1\n\"2\"\nx\n1,2\n", SourceFormat.CSV, 1);
        reader.open(new ExecutionContext());
        List<String> rows = new ArrayList<>();
        List<Long> rejected = new ArrayList<>();
        for (LoadUnit unit = reader.read(); unit != null; unit = reader.read()) {
            rows.add(text(unit));
            unit.rejected().forEach(row -> rejected.add(row.line()));
        }
        reader.close();
        assertThat(rows).startsWith("{\"id\":\"1\",\"org\":\"acme\"}\n", "{\"id\":\"2\",\"org\":\"acme\"}\n");
        assertThat(rejected).containsExactly(4L, 5L);
    }

    @Test
    void numbersRowsOfEveryFormatAndFindsThemAgainByTheirNumbers() throws Exception {
        Path file = Files.writeString(folder.resolve("numbered"), "id\n1\nx\n2\n3\n");
        var source = new UnitReader.Source(file, SourceFormat.CSV, COLUMNS, 1, MAX_ROW_BYTES, "row");
        List<String> texts = new ArrayList<>();
        var first = new UnitReader(source, position -> OptionalLong.empty());
        first.open(new ExecutionContext());
        for (LoadUnit unit = first.read(); unit != null; unit = first.read()) {
            texts.add(text(unit));
        }
        first.close();
        assertThat(texts)
                .containsExactly(
                        "{\"id\":\"1\",\"org\":\"acme\",\"row\":1}\n",
                        "",
                        "{\"id\":\"2\",\"org\":\"acme\",\"row\":3}\n",
                        "{\"id\":\"3\",\"org\":\"acme\",\"row\":4}\n");

        List<String> rejected = new ArrayList<>();
        UnitReader again = UnitReader.again(source, row -> row == 3 ? "late" : null);
        again.open(new ExecutionContext());
        for (LoadUnit unit = again.read(); unit != null; unit = again.read()) {
            unit.rejected().forEach(row -> rejected.add(row.line() + " " + row.reason()));
        }
        again.close();
        assertThat(rejected).containsExactly("3 column id: not a valid INT64", "4 late");
    }

    @Test
    void numbersAJsonRowBehindItsLastColumn() throws Exception {
        Path file = Files.writeString(folder.resolve("numbered"), "{\"id\":1,\"org\":\"acme\"} \t\n");
        var source = new UnitReader.Source(file, SourceFormat.NDJSON, COLUMNS, 100, MAX_ROW_BYTES, "row");
        var reader = new UnitReader(source, position -> OptionalLong.empty());
        reader.open(new ExecutionContext());
        assertThat(text(reader.read())).isEqualTo("{\"id\":1,\"org\":\"acme\",\"row\":1}\n");
        reader.close();
    }
}
