package dev.sluice.item.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceFileTests {

    private static final int MAX_EXPANSION = 100;

    @TempDir
    Path folder;

    private static byte[] compress(String ending, byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out = ending.equals("gz") ? new GZIPOutputStream(bytes) : zstd(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static OutputStream zstd(OutputStream out) throws IOException {
        return new ZstdOutputStreamNoFinalizer(out).setChecksum(true);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private SourceFile file(String name, byte[] content) throws IOException {
        return SourceFile.of(Files.write(folder.resolve(name), content));
    }

    private static String text(SourceFile file, Encoding encoding, long position) throws IOException {
        try (InputStream in = file.openText(encoding, MAX_EXPANSION, position)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    void readsEveryMemberOfACompressedFile(String ending) throws IOException {
        byte[] members = join(
                compress(ending, "one\n".getBytes(StandardCharsets.UTF_8)),
                compress(ending, "two\n".getBytes(StandardCharsets.UTF_8)));
        SourceFile file = file("rows.ndjson." + ending, members);
        assertThat(text(file, Encoding.UTF_8, 0)).isEqualTo("one\ntwo\n");
        assertThat(text(file, Encoding.UTF_8, 5)).isEqualTo("wo\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    void refusesWhateverIsNotWhole(String ending) throws IOException {
        byte[] whole = compress(ending, "1\n2\n3\n".repeat(10_000).getBytes(StandardCharsets.UTF_8));
        byte[] flipped = whole.clone();
        flipped[whole.length - 3] ^= 1;
        for (byte[] broken : new byte[][] {
            new byte[0],
            "plain text".getBytes(StandardCharsets.UTF_8),
            Arrays.copyOf(whole, whole.length - 1),
            Arrays.copyOf(whole, whole.length / 2),
            Arrays.copyOf(whole, 5),
            join(whole, "garbage behind the end of it all".getBytes(StandardCharsets.UTF_8)),
            join(whole, Arrays.copyOf(whole, whole.length / 2)),
            flipped
        }) {
            SourceFile file = file("rows.csv." + ending, broken);
            assertThatExceptionOfType(BrokenSource.class)
                    .as("%d of %d bytes", broken.length, whole.length)
                    .isThrownBy(() -> text(file, Encoding.UTF_8, 0))
                    .withMessageContaining("cannot be decompressed beyond line")
                    .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("(null)"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    void refusesABomb(String ending) throws IOException {
        SourceFile bomb = file("bomb.ndjson." + ending, compress(ending, new byte[32 << 20]));
        assertThatExceptionOfType(BrokenSource.class)
                .isThrownBy(() -> text(bomb, Encoding.UTF_8, 0))
                .withMessageContaining("grows to more than 100 times its size");
    }

    @Test
    void readsOtherEncodingsAsUtf8() throws IOException {
        assertThat(text(file("a", "ü\n".getBytes(StandardCharsets.ISO_8859_1)), Encoding.ISO_8859_1, 0))
                .isEqualTo("\u00c3\u00bc\n");
        String text = "a\ud83d\ude00\n".repeat(50_000);
        String utf8 = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertThat(text(file("b", text.getBytes(StandardCharsets.UTF_16)), Encoding.UTF_16, 0))
                .isEqualTo(utf8);
        assertThat(text(file("c", text.getBytes(StandardCharsets.UTF_16BE)), Encoding.UTF_16, 0))
                .isEqualTo(utf8);
        assertThat(text(file("d", text.getBytes(StandardCharsets.UTF_16LE)), Encoding.UTF_16LE, 6))
                .isEqualTo(utf8.substring(6));
    }

    @Test
    void marksWhatIsNoCharacterAndLosesNothingBehindIt() throws IOException {
        byte[] lone = {0x61, 0x00, 0x00, (byte) 0xd8, 0x0a, 0x00, 0x62, 0x00};
        assertThat(text(file("a", lone), Encoding.UTF_16LE, 0)).isEqualTo("a\u00ff\nb");
        byte[] low = {0x00, (byte) 0xdc, 0x62, 0x00};
        assertThat(text(file("b", low), Encoding.UTF_16LE, 0)).isEqualTo("\u00ffb");
        assertThat(text(file("c", new byte[] {0x61, 0x00, 0x62}), Encoding.UTF_16LE, 0))
                .isEqualTo("a\u00ff");
        assertThat(text(file("d", new byte[] {0x00, (byte) 0xd8}), Encoding.UTF_16LE, 0))
                .isEqualTo("\u00ff");
    }
}
