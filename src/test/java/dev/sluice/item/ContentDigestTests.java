package dev.sluice.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDigestTests {

    private static final int PIECE = ContentDigest.PIECE_BYTES;

    @TempDir
    Path folder;

    private Path file(int size) throws IOException {
        byte[] content = new byte[size];
        for (int i = 0; i < size; i += 1000) {
            content[i] = (byte) (i / 1000);
        }
        return Files.write(folder.resolve("content"), content);
    }

    private static ContentDigest streamed(Path file, int atOnce) throws IOException {
        try (InputStream in = new FilterInputStream(Files.newInputStream(file)) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return super.read(bytes, offset, Math.min(length, atOnce));
            }
        }) {
            return ContentDigest.of(in);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PIECE - 1, PIECE, PIECE + 1})
    void isTheSameOfAFileAndOfAStream(int size) throws IOException {
        Path file = file(size);
        ContentDigest whole = ContentDigest.of(file);
        assertThat(whole.size()).isEqualTo(size);
        assertThat(streamed(file, 1 << 20)).isEqualTo(whole);
        assertThat(streamed(file, 999_999)).isEqualTo(whole);
    }

    @Test
    void isThatOfThePieces() throws IOException {
        byte[] content = Files.readAllBytes(file(PIECE + 1));
        String first = Sha256.of(Arrays.copyOf(content, PIECE));
        String second = Sha256.of(Arrays.copyOfRange(content, PIECE, content.length));
        assertThat(ContentDigest.of(folder.resolve("content")).sha256()).isEqualTo(Sha256.of(first + "\n" + second));
        assertThat(ContentDigest.of(file(5)).sha256()).isEqualTo(Sha256.of(Arrays.copyOf(content, 5)));
    }

    @Test
    void stopsIfNobodyWaitsForItAnyMore() throws IOException {
        Path file = file(5);
        try (InputStream in = Files.newInputStream(file)) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(() -> ContentDigest.of(in));
            assertThatIOException().isThrownBy(() -> ContentDigest.of(file));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
