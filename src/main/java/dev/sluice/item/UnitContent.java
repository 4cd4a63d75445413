package dev.sluice.item;

import dev.sluice.bigquery.LoadContent;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Accepted rows of one unit, gathered in blocks so that growing never copies what is there. Not thread-safe. */
final class UnitContent implements LoadContent {

    private static final int BLOCK_BYTES = 1 << 20;
    private static final byte[] NEWLINE = {'\n'};

    private final List<byte[]> blocks = new ArrayList<>();
    private final MessageDigest digest = Sha256.start();
    private int used = BLOCK_BYTES;
    private long size;
    private byte[] rowEnd = NEWLINE;

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
            if (used == BLOCK_BYTES) {
                digestLastBlock();
                blocks.add(new byte[BLOCK_BYTES]);
                used = 0;
            }
            int n = Math.min(to - at, BLOCK_BYTES - used);
            System.arraycopy(bytes, at, blocks.get(blocks.size() - 1), used, n);
            used += n;
            at += n;
            size += n;
        }
    }

    private void digestLastBlock() {
        if (!blocks.isEmpty()) {
            digest.update(blocks.get(blocks.size() - 1), 0, used);
        }
    }

    /** Ends the digest; to be called once. */
    String digest() {
        digestLastBlock();
        return Sha256.hex(digest.digest());
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
        List<InputStream> streams = new ArrayList<>(blocks.size());
        int start = (int) (from % BLOCK_BYTES);
        for (int i = (int) (from / BLOCK_BYTES); i < blocks.size(); i++) {
            int end = i < blocks.size() - 1 ? BLOCK_BYTES : used;
            streams.add(new ByteArrayInputStream(blocks.get(i), start, end - start));
            start = 0;
        }
        return new SequenceInputStream(Collections.enumeration(streams));
    }
}
