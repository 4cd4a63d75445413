package dev.sluice.item;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class UnitContentTests {

    private static final int BLOCK_BYTES = 1 << 20;
    private static final int ROWS = 3_000;

    /** Somewhat more than two blocks, no two of whose rows are the same. */
    private static byte[] fill(UnitContent content) throws IOException {
        for (int i = 0; i < ROWS; i++) {
            byte[] row = "{\"v\":\"%0750d\"}".formatted(i).getBytes(StandardCharsets.US_ASCII);
            content.row(row, 0, row.length);
        }
        try (var in = content.open()) {
            return in.readAllBytes();
        }
    }

    @Test
    void opensAnywhere() throws IOException {
        var content = new UnitContent();
        byte[] all = fill(content);
        assertThat(all).hasSizeGreaterThan(2 * BLOCK_BYTES).hasSize((int) content.size());
        for (int from : new int[] {1, BLOCK_BYTES - 1, BLOCK_BYTES, 2 * BLOCK_BYTES + 5, all.length - 1, all.length}) {
            try (var in = content.open(from)) {
                assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(all, from, all.length));
            }
        }
    }

    @Test
    void digestsEverything() throws IOException {
        var content = new UnitContent();
        assertThat(Sha256.of(fill(content))).isEqualTo(content.digest());
        assertThat(new UnitContent().digest()).isEqualTo(Sha256.of(""));
    }
}
