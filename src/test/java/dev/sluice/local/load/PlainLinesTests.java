package dev.sluice.local.load;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files are looked at in parts; where they are cut must not matter. */
class PlainLinesTests {

    private static final int LINES = 9;
    private static final int LEAD = "{\"s\":\"".length();

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

    @ParameterizedTest
    @ValueSource(strings = {"\u007f", "é", "\u20ac", "\\n", "\\\"", "\\\\", "\\u00e9", "!", "#", "[", "]"})
    void whatAStringMayHoldIsPlainWhereverItIs(String some) throws IOException {
        for (int before = 0; before < 20; before++) {
            for (int after = 0; after < 9; after++) {
                assertThat(count(file(line(before, some, after)), 1)).hasValue(2);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "\t", "\u001f", "\\x", "\\", "\\u000a", "\"", "\\ud800"})
    void whatItMayNotHoldIsNotPlainWhereverItIs(String some) throws IOException {
        for (int before = 0; before < 20; before++) {
            for (int after = 0; after < 9; after++) {
                assertThat(count(file(line(before, some, after)), 1)).isEmpty();
            }
        }
    }

    @Test
    void aByteThatIsNotUtf8IsNotPlainWhereverItIs() throws IOException {
        for (int before = 0; before < 20; before++) {
            byte[] bytes = line(before, "!", 9).getBytes(UTF_8);
            bytes[LEAD + before] = (byte) 0xff;
            SourceFile file = new SourceFile(Files.write(folder.resolve("lines"), bytes), "");
            assertThat(count(file, 1)).isEmpty();
        }
    }

    private static String line(int before, String some, int after) {
        return "{\"s\":\"%s%s%s\"}".formatted("x".repeat(before), some, "x".repeat(after));
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
