package dev.sluice.item;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Memory for the contents of units, taken again and again, and outside the heap: inside, a collector that moves two units
 * at every turn would cost as much as checking their rows. Thread-safe.
 */
public final class ContentBlocks {

    static final int BLOCK_BYTES = 1 << 20;

    private final Queue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

    /** An empty one. */
    ByteBuffer take() {
        ByteBuffer block = free.poll();
        return block == null ? ByteBuffer.allocateDirect(BLOCK_BYTES) : block.clear();
    }

    /** @param block that nobody looks at any more */
    void give(ByteBuffer block) {
        free.add(block);
    }
}
