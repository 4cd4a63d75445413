package dev.sluice.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad files, plain and compressed: each bad row is set aside with its line, the rest loads, or the file is refused. */
class HostileInputTests {

    private static final int MEGABYTE = 1 << 20;
    private static final int MAX_ROW_BYTES = 101 * MEGABYTE;
    private static final RowColumns COLUMNS = RowColumns.of(
            List.of(
                    column("id", ColumnType.INT64, ColumnMode.REQUIRED),
                    column("name", ColumnType.STRING, ColumnMode.NULLABLE),
                    column("n", ColumnType.FLOAT64, ColumnMode.NULLABLE),
                    column("doc", ColumnType.JSON, ColumnMode.NULLABLE)),
            null,
            null);

    @TempDir
    Path folder;

    private static TableColumn column(String name, ColumnType type, ColumnMode mode) {
        return new TableColumn(name, type, mode, List.of(), null);
    }

    static List<HostileInput> all() {
        return HostileInput.all();
    }

    @Test
    void knowsAtLeastSixtyOfThem() {
        assertThat(all()).hasSizeGreaterThanOrEqualTo(60);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void setsAsideWhatIsBadAndLoadsTheRest(HostileInput input) throws IOException {
        require(input, Files.write(folder.resolve("rows"), input.content()));
        require(input, compressed("rows.gz", input.content()));
        require(input, compressed("rows.zst", input.content()));
    }

    private static void require(HostileInput input, Path file) throws IOException {
        if (!input.fault().isEmpty()) {
            assertThatThrownBy(() -> ReadSource.of(file, input.layout(), COLUMNS, MAX_ROW_BYTES))
                    .hasMessageContaining(input.fault())
                    .hasMessageContaining(file.toString());
            return;
        }
        ReadSource read = ReadSource.of(file, input.layout(), COLUMNS, MAX_ROW_BYTES);
        assertThat(read.ids()).isEqualTo(input.loads());
        assertThat(read.rejected()).hasSameSizeAs(input.rejects());
        for (int i = 0; i < input.rejects().size(); i++) {
            assertThat(read.rejected().get(i)).startsWith(input.rejects().get(i));
        }
    }

    private Path compressed(String name, byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out =
                name.endsWith(".gz") ? new GZIPOutputStream(bytes) : new ZstdOutputStreamNoFinalizer(bytes)) {
            out.write(content);
        }
        return Files.write(folder.resolve(name), bytes.toByteArray());
    }

    /** Not held in memory here. */
    private Path longRow(String name, String start, String end, int megabytes) throws IOException {
        Path file = folder.resolve(name);
        byte[] megabyte = "x".repeat(MEGABYTE).getBytes(StandardCharsets.US_ASCII);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(start.getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < megabytes; i++) {
                out.write(megabyte);
            }
            out.write(end.getBytes(StandardCharsets.US_ASCII));
        }
        return file;
    }

    @Test
    void loadsARowOf100Megabytes() throws IOException {
        Path json = longRow("json", "{\"id\":1}\n{\"id\":2,\"name\":\"", "\"}\n{\"id\":3}\n", 100);
        assertThat(ReadSource.of(json, SourceLayout.of(SourceFormat.NDJSON), COLUMNS, MAX_ROW_BYTES)
                        .ids())
                .containsExactly("1", "2", "3");
    }

    @Test
    void endsAtARowThatIsTooLongAndNamesItsLine() throws IOException {
        Path json = longRow("json", "{\"id\":1}\n{\"id\":2,\"name\":\"", "\"}\n{\"id\":3}\n", 9);
        assertThatThrownBy(() -> ReadSource.of(json, SourceLayout.of(SourceFormat.NDJSON), COLUMNS, 8 * MEGABYTE))
                .hasMessageContaining("the row at line 2 is longer than 8388608 bytes");
        Path csv = longRow("csv", "id,name\n1,a\n2,", "\n3,b\n", 9);
        assertThatThrownBy(() -> ReadSource.of(csv, SourceLayout.of(SourceFormat.CSV), COLUMNS, 8 * MEGABYTE))
                .hasMessageContaining("the row at line 3 is longer");
    }
}
