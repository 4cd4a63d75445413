package dev.sluice.item;

import dev.sluice.bigquery.LoadContent;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** What a load job carries, gathered in blocks so that growing never copies what is there. Not thread-safe. */
public final class BlockContent implements LoadContent {

    private final ContentBlocks memory;
    private final List<ByteBuffer> blocks = new ArrayList<>();
    private long size;

    public BlockContent(ContentBlocks memory) {
        this.memory = memory;
    }

    public void append(byte[] bytes, int from, int to) {
        for (int at = from; at < to; ) {
            ByteBuffer block = blockWithRoom();
            int n = Math.min(to - at, block.remaining());
            block.put(bytes, at, n);
            at += n;
            size += n;
        }
    }

    private ByteBuffer blockWithRoom() {
        @Nullable ByteBuffer last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
        if (last != null && last.hasRemaining()) {
            return last;
        }
        ByteBuffer block = memory.take();
        blocks.add(block);
        return block;
    }

    /** CRC32C of what is there so far. */
    int checksum() {
        var checksum = new CRC32C();
        blocks.forEach(block -> checksum.update(block.duplicate().flip()));
        return (int) checksum.getValue();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open() {
        return open(0);
    }

    @Override
    public InputStream open(long from) {
        List<ByteBuffer> rest = new ArrayList<>(blocks.size());
        int start = (int) (from % ContentBlocks.BLOCK_BYTES);
        for (int i = (int) (from / ContentBlocks.BLOCK_BYTES); i < blocks.size(); i++) {
            rest.add(blocks.get(i).duplicate().flip().position(start));
            start = 0;
        }
        return new BlockStream(rest);
    }

    /** Gives the memory back; there is nothing to be read any more. */
    public void release() {
        blocks.forEach(memory::give);
        blocks.clear();
        size = 0;
    }
}
