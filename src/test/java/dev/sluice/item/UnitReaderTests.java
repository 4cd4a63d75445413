package dev.sluice.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import dev.sluice.item.source.Encoding;
import dev.sluice.item.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
        return reader(List.of(Files.writeString(folder.resolve("source"), content)), format, unitBytes);
    }

    private static UnitReader reader(List<Path> files, SourceFormat format, long unitBytes) {
        var source = new UnitReader.Source(
                files.stream().map(SourceFile::of).toList(),
                SourceLayout.of(format),
                COLUMNS,
                new SourceLimits(unitBytes, MAX_ROW_BYTES, 100),
                null);
        return new UnitReader(source, position -> OptionalLong.empty());
    }

    private static UnitReader.Source numbered(Path file, SourceFormat format) {
        return new UnitReader.Source(
                List.of(SourceFile.of(file)),
                SourceLayout.of(format),
                COLUMNS,
                new SourceLimits(1, MAX_ROW_BYTES, 100),
                "row");
    }

    private static List<LoadUnit> readAll(UnitReader reader, ExecutionContext context) throws IOException {
        List<LoadUnit> units = new ArrayList<>();
        reader.open(context);
        for (LoadUnit unit = reader.read(); unit != null; unit = reader.read()) {
            units.add(unit);
        }
        reader.close();
        return units;
    }

    private static String texts(List<LoadUnit> units) throws IOException {
        var all = new StringBuilder();
        for (LoadUnit unit : units) {
            all.append(text(unit));
        }
        return all.toString();
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
        var source = numbered(file, SourceFormat.CSV);
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
        var source = numbered(file, SourceFormat.NDJSON);
        var reader = new UnitReader(source, position -> OptionalLong.empty());
        reader.open(new ExecutionContext());
        assertThat(text(reader.read())).isEqualTo("{\"id\":1,\"org\":\"acme\",\"row\":1}\n");
        reader.close();
    }

    @Test
    void readsSeveralFilesAsOneAndTellsThemApart() throws Exception {
        Path first = Files.writeString(folder.resolve("1"), "id\n1\nx");
        Path empty = Files.writeString(folder.resolve("2"), "");
        Path last = Files.writeString(folder.resolve("3"), "org,id\nacme,2\n\nother,3\nacme,4");
        List<LoadUnit> units =
                readAll(reader(List.of(first, empty, last), SourceFormat.CSV, 1_000), new ExecutionContext());
        assertThat(units).singleElement().extracting(LoadUnit::range).isEqualTo("bytes 0-35");
        assertThat(texts(units))
                .isEqualTo(
                        "{\"id\":\"1\",\"org\":\"acme\"}\n{\"org\":\"acme\",\"id\":\"2\"}\n{\"org\":\"acme\",\"id\":\"4\"}\n");
        assertThat(units.get(0).rejected())
                .extracting(row -> row.file().getFileName() + ":" + row.line())
                .containsExactly("1:3", "3:4");
    }

    @Test
    void continuesInTheFileInWhichItStopped() throws Exception {
        List<Path> files = List.of(
                Files.writeString(folder.resolve("1"), "id\n1\n2"),
                Files.writeString(folder.resolve("2"), "id\n3\n4\n"));
        String whole = texts(readAll(reader(files, SourceFormat.CSV, 1_000), new ExecutionContext()));
        for (int stop = 0; stop < 4; stop++) {
            var context = new ExecutionContext();
            UnitReader dying = reader(files, SourceFormat.CSV, 1);
            dying.open(context);
            List<LoadUnit> units = new ArrayList<>();
            for (int i = 0; i <= stop; i++) {
                units.add(dying.read());
                dying.update(context);
            }
            dying.read();
            dying.close();
            units.addAll(readAll(reader(files, SourceFormat.CSV, 1_000), context));
            assertThat(texts(units)).as("stopped behind unit %d", stop).isEqualTo(whole);
            assertThat(units.get(stop).to())
                    .isEqualTo(
                            stop < 3
                                    ? units.get(stop + 1).from()
                                    : units.get(stop).to());
        }
    }

    @Test
    void cutsAnInterruptedUnitWhereItEnded() throws Exception {
        List<Path> files = List.of(
                Files.writeString(folder.resolve("1"), "id\n1\n2\n\n"),
                Files.writeString(folder.resolve("2"), "id\n3\n4"));
        for (LoadUnit unit : readAll(reader(files, SourceFormat.CSV, 4), new ExecutionContext())) {
            UnitReader again = new UnitReader(
                    new UnitReader.Source(
                            files.stream().map(SourceFile::of).toList(),
                            SourceLayout.of(SourceFormat.CSV),
                            COLUMNS,
                            new SourceLimits(1_000, MAX_ROW_BYTES, 100),
                            null),
                    position -> position.total() == unit.from() ? OptionalLong.of(unit.to()) : OptionalLong.empty());
            var context = new ExecutionContext();
            for (LoadUnit before : readAll(reader(files, SourceFormat.CSV, 4), new ExecutionContext())) {
                if (before.to() == unit.from()) {
                    before.behind().save(context);
                }
            }
            again.open(context);
            LoadUnit same = again.read();
            again.close();
            assertThat(same)
                    .extracting(LoadUnit::range, LoadUnit::checksum)
                    .containsExactly(unit.range(), unit.checksum());
        }
    }

    @Test
    void readsCsvAsItsDialectSays() throws Exception {
        Path file = Files.write(
                folder.resolve("odd.csv"), "1;'acme'\n\\N;acme\n2;'ac''me'\n".getBytes(StandardCharsets.UTF_16LE));
        var layout = new SourceLayout(SourceFormat.CSV, new CsvDialect(';', '\'', false, "\\N"), Encoding.UTF_16LE);
        var source = new UnitReader.Source(
                List.of(SourceFile.of(file)), layout, COLUMNS, new SourceLimits(1_000, MAX_ROW_BYTES, 100), null);
        List<LoadUnit> units =
                readAll(new UnitReader(source, position -> OptionalLong.empty()), new ExecutionContext());
        assertThat(texts(units)).isEqualTo("{\"id\":\"1\",\"org\":\"acme\"}\n");
        assertThat(units.get(0).rejected())
                .extracting(row -> row.line() + ": " + row.reason())
                .containsExactly("2: column id: REQUIRED and NULL", "3: column org: belongs to another organization");
    }
}
