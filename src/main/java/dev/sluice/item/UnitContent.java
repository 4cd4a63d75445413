package dev.sluice.item;

import dev.sluice.bigquery.LoadContent;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Accepted rows of one unit, gathered in blocks so that growing never copies what is there. Not thread-safe. */
final class UnitContent implements LoadContent {

    private static final byte[] NEWLINE = {'\n'};

    private final ContentBlocks memory;
    private final List<ByteBuffer> blocks = new ArrayList<>();
    private long size;
    private byte[] rowEnd = NEWLINE;

    UnitContent(ContentBlocks memory) {
        this.memory = memory;
    }

    /** The next row gets one more column: where it stands in the source. */
    void number(String column, long row) {
        rowEnd = (",\"" + column + "\":" + row + "}\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** Appends one row, a JSON object, and the newline that ends it. */
    void row(byte[] bytes, int from, int to) {
        append(bytes, from, rowEnd.length == NEWLINE.length ? to : endOfMembers(bytes, to));
        append(rowEnd, 0, rowEnd.length);
    }

    /** Whoever numbers rows has a key, so that no row is an empty object and a comma fits. */
    private static int endOfMembers(byte[] bytes, int to) {
        int brace = to - 1;
        while (bytes[brace] != '}') {
            brace--;
        }
        return brace;
    }

    private void append(byte[] bytes, int from, int to) {
        for (int at = from; at < to; ) {
            ByteBuffer block = blockWithRoom();
            int n = Math.min(to - at, block.remaining());
            block.put(bytes, at, n);
            at += n;
            size += n;
        }
    }

    private ByteBuffer blockWithRoom() {
        ByteBuffer last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
        if (last != null && last.hasRemaining()) {
            return last;
        }
        ByteBuffer block = memory.take();
        blocks.add(block);
        return block;
    }

    /** CRC32C of the rows so far. */
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
    void release() {
        blocks.forEach(memory::give);
        blocks.clear();
        size = 0;
    }
}
