package dev.sluice.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class UnitContentTests {

    private static final int BLOCK_BYTES = 1 << 20;
    private static final int ROWS = 3_000;

    private final ContentBlocks memory = new ContentBlocks();

    /** Somewhat more than two blocks, no two of whose rows are the same. */
    private static byte[] fill(UnitContent content) throws IOException {
        for (int i = 0; i < ROWS; i++) {
            byte[] row = "{\"v\":\"%0750d\"}".formatted(i).getBytes(StandardCharsets.US_ASCII);
            content.row(row, 0, row.length);
        }
        try (var in = content.lines().open()) {
            return in.readAllBytes();
        }
    }

    @Test
    void opensAnywhere() throws IOException {
        var content = new UnitContent(memory);
        byte[] all = fill(content);
        assertThat(all).hasSizeGreaterThan(2 * BLOCK_BYTES).hasSize((int)
                content.lines().size());
        for (int from : new int[] {1, BLOCK_BYTES - 1, BLOCK_BYTES, 2 * BLOCK_BYTES + 5, all.length - 1, all.length}) {
            try (var in = content.lines().open(from)) {
                assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(all, from, all.length));
            }
        }
    }

    @Test
    void sumsEverythingUp() throws IOException {
        var content = new UnitContent(memory);
        var expected = new CRC32C();
        expected.update(fill(content));
        assertThat(content.lines().checksum()).isEqualTo((int) expected.getValue());
    }

    @Test
    void takesReleasedMemoryAgain() throws IOException {
        ByteBuffer block = memory.take().put((byte) 'x');
        memory.give(block);
        assertThat(memory.take())
                .isSameAs(block)
                .extracting(ByteBuffer::position)
                .isEqualTo(0);
        memory.give(block);

        var first = new UnitContent(memory);
        byte[] all = fill(first);
        first.lines().release();
        assertThat(first.lines().size()).isZero();
        assertThat(first.lines().open()).isEmpty();
        assertThat(fill(new UnitContent(memory))).isEqualTo(all);
    }

    @Test
    void knowsItsLongestRow() {
        var content = new UnitContent(memory);
        assertThat(content.longest()).isZero();
        for (String row : List.of("{\"v\":1}", "{\"v\":1000}", "{\"v\":10}")) {
            content.row(row.getBytes(StandardCharsets.US_ASCII), 0, row.length());
        }
        assertThat(content.longest()).isEqualTo("{\"v\":1000}\n".length());
        content.number("n", 7);
        content.row("{\"v\":1000}".getBytes(StandardCharsets.US_ASCII), 0, 10);
        assertThat(content.longest()).isEqualTo("{\"v\":1000,\"n\":7}\n".length());
    }
}
