package dev.sluice.item;

import java.io.IOException;
import java.io.InputStream;

/** What has been read of a stream and not been passed over yet, in one piece. Not thread-safe. */
final class RecordBuffer {

    /** What is read at once; so much may be held beside the longest record. */
    private static final int SPARE_BYTES = 1 << 20;

    private final InputStream in;
    private final long most;

    private byte[] bytes = new byte[SPARE_BYTES];
    private int filled;
    private int next;
    private long offset;

    /**
     * @param in the caller's to close
     * @param offset of what the stream yields first
     * @param mostBytes that are wanted at once
     */
    RecordBuffer(InputStream in, long offset, int mostBytes) {
        this.in = in;
        this.offset = offset;
        this.most = (long) mostBytes + SPARE_BYTES;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where in the bytes the first one is that has not been passed over. */
    int next() {
        return next;
    }

    /** Behind the last byte. */
    int filled() {
        return filled;
    }

    /** Where in the stream that byte is. */
    long offset(int at) {
        return offset + at - next;
    }

    void pass(int to) {
        offset = offset(to);
        next = to;
    }

    /**
     * Reads more; what has not been passed over may move. There must be room: less than the most is held.
     *
     * @return false at the end of the stream
     */
    boolean fill() throws IOException {
        if (filled == bytes.length) {
            makeRoom();
        }
        int n = in.read(bytes, filled, bytes.length - filled);
        filled += Math.max(n, 0);
        return n >= 0;
    }

    /** So much that what is held is not moved again for a few bytes. */
    private void makeRoom() {
        int held = filled - next;
        boolean enough = held <= bytes.length / 2 || bytes.length == most;
        byte[] room = enough ? bytes : new byte[(int) Math.min(2L * bytes.length, most)];
        System.arraycopy(bytes, next, room, 0, held);
        bytes = room;
        next = 0;
        filled = held;
    }
}
