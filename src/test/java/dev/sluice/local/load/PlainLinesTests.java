package dev.sluice.local.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are looked at in parts; where they are cut must not matter. */
class PlainLinesTests {

    private static final int LINES = 9;

    @TempDir
    private Path folder;

    /** Lines of 10 to 18 bytes. */
    private static List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            lines.add("{\"s\":\"%s\"}".formatted("x".repeat(i)));
        }
        return lines;
    }

    private SourceFile file(String content) throws IOException {
        return new SourceFile(Files.writeString(folder.resolve("lines"), content), "");
    }

    private static OptionalLong count(SourceFile file, int partBytes) throws IOException {
        return PlainLines.count(List.of(file, file), RandomRows.FIELDS, partBytes, () -> {});
    }

    @Test
    void countsThemWhereverTheFileIsCut() throws IOException {
        for (String end : List.of("", "\n")) {
            SourceFile file = file(String.join("\n", lines()) + end);
            for (int bytes = 1; bytes < 200; bytes++) {
                assertThat(count(file, bytes)).as("parts of %d bytes", bytes).hasValue(2 * LINES);
            }
        }
        assertThat(count(file(""), 1)).hasValue(0);
    }

    @Test
    void findsOneThatIsNotPlainWhereverTheFileIsCut() throws IOException {
        for (int line = 0; line < LINES; line++) {
            List<String> lines = lines();
            lines.set(line, "{\"s\":1.5}");
            SourceFile file = file(String.join("\n", lines));
            for (int bytes = 1; bytes < 200; bytes++) {
                assertThat(count(file, bytes))
                        .as("line %d, parts of %d bytes", line, bytes)
                        .isEmpty();
            }
        }
    }

    @Test
    void partsAreTheWholeFileAndEndWithItsLines() throws IOException {
        String content = String.join("\n", lines());
        Path path = file(content).path();
        for (int bytes = 1; bytes < 200; bytes++) {
            var all = new StringBuilder();
            for (LinesPart part : LinesPart.of(path, bytes, 100)) {
                assertThat(part.from()).isEqualTo(all.length());
                all.append(content, (int) part.from(), (int) part.to());
                assertThat(all.charAt(all.length() - 1) == '\n' || part.to() == content.length())
                        .isTrue();
            }
            assertThat(all.toString()).isEqualTo(content);
        }
    }

    @Test
    void aLineThatDoesNotEndIsCutAndNotPlain() throws IOException {
        SourceFile file = file("{}" + " ".repeat(3 * PlainLines.LONGEST) + "{}");

        assertThat(LinesPart.of(file.path(), 1, PlainLines.LONGEST)).hasSize(4);
        assertThat(count(file, 1)).isEmpty();
    }

    @Test
    void whoStopsTheJobEndsTheLook() throws IOException {
        SourceFile file = file("{}\n");
        Runnable stopped = () -> {
            throw new IllegalStateException("stopped");
        };

        assertThatThrownBy(() -> PlainLines.count(List.of(file), RandomRows.FIELDS, 1, stopped))
                .hasMessageContaining("stopped");
        Files.delete(file.path());
        assertThatThrownBy(() -> count(file, 1)).isInstanceOf(IOException.class);
    }
}
