package dev.sluice.item;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/** Reads blocks, one after the other. Not thread-safe. */
final class BlockStream extends InputStream {

    private final Queue<ByteBuffer> blocks;

    /** @param blocks from position to limit; their positions move */
    BlockStream(Iterable<ByteBuffer> blocks) {
        this.blocks = new ArrayDeque<>();
        blocks.forEach(this.blocks::add);
    }

    private boolean isAtEnd() {
        while (!blocks.isEmpty() && !blocks.element().hasRemaining()) {
            blocks.remove();
        }
        return blocks.isEmpty();
    }

    @Override
    public int read() {
        return isAtEnd() ? -1 : Byte.toUnsignedInt(blocks.element().get());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (isAtEnd()) {
            return length == 0 ? 0 : -1;
        }
        ByteBuffer block = blocks.element();
        int n = Math.min(length, block.remaining());
        block.get(bytes, offset, n);
        return n;
    }
}
