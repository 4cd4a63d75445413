package dev.sluice.item;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream into records at line ends, and remembers where each one stands. With {@code quoted}, a line end inside
 * double quotes belongs to the record (RFC 4180). Not thread-safe; does not close the stream.
 */
final class RecordScanner {

    private static final int START_BYTES = 1 << 20;

    private final InputStream in;
    private final boolean quoted;
    private final int maxRecordBytes;

    private byte[] buffer = new byte[START_BYTES];
    private int filled;
    private int next;
    private long nextOffset;
    private long nextLine;

    private int from;
    private int to;
    private long line;

    RecordScanner(InputStream in, long offset, long line, boolean quoted, int maxRecordBytes) {
        this.in = in;
        this.nextOffset = offset;
        this.nextLine = line;
        this.quoted = quoted;
        this.maxRecordBytes = maxRecordBytes;
    }

    /**
     * Moves to the next record; {@link #bytes()} from {@link #from()} to {@link #to()} is it, until the next call.
     *
     * @return false at the end of the stream
     */
    boolean advance() throws IOException {
        line = nextLine;
        int at = next;
        boolean inQuotes = false;
        while (true) {
            for (; at < filled; at++) {
                byte b = buffer[at];
                if (quoted && b == '"') {
                    inQuotes = !inQuotes;
                } else if (b == '\n') {
                    nextLine++;
                    if (!inQuotes) {
                        return take(at, at + 1);
                    }
                }
            }
            int scanned = at - next;
            if (!fill()) {
                return scanned > 0 && take(next + scanned, next + scanned);
            }
            at = next + scanned;
        }
    }

    private boolean take(int end, int behind) {
        from = next;
        to = end > from && buffer[end - 1] == '\r' ? end - 1 : end;
        nextOffset += behind - next;
        next = behind;
        return true;
    }

    private boolean fill() throws IOException {
        if (next > 0) {
            System.arraycopy(buffer, next, buffer, 0, filled - next);
            filled -= next;
            next = 0;
        }
        if (filled == buffer.length) {
            if (filled >= maxRecordBytes) {
                throw new RowTooLong(line, maxRecordBytes);
            }
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * filled, maxRecordBytes));
        }
        int n = in.read(buffer, filled, buffer.length - filled);
        filled += Math.max(n, 0);
        return n >= 0;
    }

    byte[] bytes() {
        return buffer;
    }

    int from() {
        return from;
    }

    /** Behind the last byte, without the line end. */
    int to() {
        return to;
    }

    /** The line on which the current record starts, from 1. */
    long line() {
        return line;
    }

    /** Offset in the source behind the current record and its line end. */
    long offset() {
        return nextOffset;
    }

    /** The line on which the next record starts. */
    long nextLine() {
        return nextLine;
    }
}
