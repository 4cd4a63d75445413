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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad files, plain and compressed: each bad row is set aside with its line, the rest loads, or the file is refused. */
class HostileInputTests {

    private static final int MEGABYTE = 1 << 20;
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

    /** What everybody gets wrong sooner or later, by words in our names for it; bombs are below. */
    @ParameterizedTest
    @CsvSource({
        "BOM, BOM",
        "CRLF, CRLF",
        "lone surrogates, half a",
        "NUL, NUL",
        "a 100 MB row, too long",
        "NaN and 1e308, NaN",
        "1e308 and beyond, 1e308",
        "INT64 overflow, INT64",
        "duplicate JSON keys, a key twice in JSON",
        "depth 10^4, depth 10000",
        "10^5 columns, 100000 columns",
        "a last line cut off, cut off",
        "an empty file, empty",
        "a wrong encoding, instead of UTF-8",
        "unbalanced quotes, never ends",
        "mixed line ends, mixed line ends"
    })
    void knowsEachKindInBothFormats(String kind, String words) {
        assertThat(all())
                .as(kind)
                .filteredOn(input -> input.what().contains(words))
                .extracting(input -> input.layout().format())
                .contains(SourceFormat.NDJSON, SourceFormat.CSV);
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
            assertThatThrownBy(() -> ReadSource.of(file, input.layout(), COLUMNS, HostileInput.MOST_BYTES))
                    .hasMessageContaining(input.fault())
                    .hasMessageContaining(file.toString());
            return;
        }
        ReadSource read = ReadSource.of(file, input.layout(), COLUMNS, HostileInput.MOST_BYTES);
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

    @ParameterizedTest
    @CsvSource({"NDJSON,gz", "NDJSON,zst", "CSV,gz", "CSV,zst"})
    void refusesBombsAndSaysHowFarTheyWereRead(SourceFormat format, String ending) throws IOException {
        String row = format == SourceFormat.CSV ? "id\n1\n" : "{\"id\":1}\n{\"id\":2}\n";
        Path bomb = compressed("bomb." + ending, (row + " ".repeat(20 * MEGABYTE)).getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> ReadSource.of(bomb, SourceLayout.of(format), COLUMNS, HostileInput.MOST_BYTES))
                .hasMessageContaining("grows to more than 200 times its size (at line 3)");
    }

    @Test
    void loadsARowOf100Megabytes() throws IOException {
        Path file = longRow("{\"id\":1}\n{\"id\":2,\"name\":\"", 100, "\"}\n{\"id\":3}\n");
        assertThat(ReadSource.of(file, SourceLayout.of(SourceFormat.NDJSON), COLUMNS, 101 * MEGABYTE)
                        .ids())
                .containsExactly("1", "2", "3");
    }

    /** However long they are, no more than the limit is held. */
    @ParameterizedTest
    @CsvSource({"NDJSON", "CSV"})
    void passesOverRowsThatNobodyCouldHold(SourceFormat format) throws IOException {
        boolean csv = format == SourceFormat.CSV;
        String start = csv ? "id,name\n1,a\n2,\"" : "{\"id\":1}\n\n{\"id\":2,\"name\":\"";
        Path file = longRow(start, 40, csv ? "\"\n3,b\n" : "\"}\n{\"id\":3}\n");
        ReadSource read = ReadSource.of(file, SourceLayout.of(format), COLUMNS, HostileInput.MOST_BYTES);
        assertThat(read.ids()).containsExactly("1", "3");
        assertThat(read.rejected())
                .containsExactly(
                        "3: longer than %d bytes; it stands in the source only".formatted(HostileInput.MOST_BYTES));
    }

    /** Not held in memory here. */
    private Path longRow(String start, int megabytes, String end) throws IOException {
        Path file = folder.resolve("long");
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
}
