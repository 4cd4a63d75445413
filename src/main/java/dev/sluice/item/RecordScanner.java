package dev.sluice.item;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into records at line ends, and remembers where each one stands. In CSV a line end inside quotes belongs
 * to the record (RFC 4180). Not thread-safe; does not close the stream.
 */
final class RecordScanner {

    private static final int START_BYTES = 1 << 20;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private static final int FIELD_START = 0;
    private static final int UNQUOTED = 1;
    private static final int QUOTED = 2;
    private static final int QUOTE_ENDED = 3;

    private final InputStream in;
    private final String source;
    private final boolean quoted;
    private final byte delimiter;
    private final byte quote;
    private final int maxRecordBytes;

    private byte[] buffer = new byte[START_BYTES];
    private int filled;
    private int next;
    private long nextOffset;
    private long nextLine;

    private int from;
    private int to;
    private long line;
    private int state = FIELD_START;
    private long quotedLines;

    /**
     * @param in that stands at the start
     * @param source for messages
     * @param csv null if every line is a record
     */
    RecordScanner(InputStream in, String source, SourcePosition start, @Nullable CsvDialect csv, int maxRecordBytes) {
        this.in = in;
        this.source = source;
        this.nextOffset = start.offset();
        this.nextLine = start.line();
        this.quoted = csv != null && csv.quote() != CsvDialect.NO_QUOTE;
        this.delimiter = (byte) (csv == null ? 0 : csv.delimiter());
        this.quote = (byte) (csv == null ? 0 : csv.quote());
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
        state = FIELD_START;
        while (true) {
            int end = quoted ? quotedLineEnd(at) : lineEnd(at);
            if (end < filled) {
                return take(end, end + 1);
            }
            int scanned = filled - next;
            if (!fill()) {
                return takeLast();
            }
            at = next + scanned;
        }
    }

    private int lineEnd(int start) {
        return Words.indexOf((byte) '\n', buffer, start, filled);
    }

    /** A quote opens a field only where the field begins; elsewhere it is a character like others. */
    private int quotedLineEnd(int start) {
        int at = start;
        for (; at < filled; at++) {
            byte b = buffer[at];
            if (state == QUOTED) {
                quotedLines += b == '\n' ? 1 : 0;
                state = b == quote ? QUOTE_ENDED : QUOTED;
            } else if (b == '\n') {
                break;
            } else if (b == quote && state != UNQUOTED) {
                state = QUOTED;
            } else {
                state = b == delimiter ? FIELD_START : state == QUOTE_ENDED ? QUOTE_ENDED : UNQUOTED;
            }
        }
        return at;
    }

    private boolean takeLast() {
        if (state == QUOTED) {
            throw new UnendedQuote(source, line);
        }
        return filled > next && take(filled, filled);
    }

    private boolean take(int end, int behind) {
        from = next;
        nextLine += quotedLines + (behind > end ? 1 : 0);
        quotedLines = 0;
        to = end > from && buffer[end - 1] == '\r' ? end - 1 : end;
        nextOffset += behind - next;
        next = behind;
        return true;
    }

    /** Passes over a byte order mark; to be called once, at the start of the stream. */
    void skipByteOrderMark() throws IOException {
        while (filled < BYTE_ORDER_MARK.length && fill()) {
            // a read may bring less
        }
        if (filled >= BYTE_ORDER_MARK.length
                && Arrays.equals(BYTE_ORDER_MARK, Arrays.copyOf(buffer, BYTE_ORDER_MARK.length))) {
            next = BYTE_ORDER_MARK.length;
            nextOffset += BYTE_ORDER_MARK.length;
        }
    }

    private boolean fill() throws IOException {
        if (next > 0) {
            System.arraycopy(buffer, next, buffer, 0, filled - next);
            filled -= next;
            next = 0;
        }
        if (filled == buffer.length) {
            if (filled >= maxRecordBytes) {
                throw new RowTooLong(source, line, maxRecordBytes);
            }
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * filled, maxRecordBytes));
        }
        int n = in.read(buffer, filled, buffer.length - filled);
        filled += Math.max(n, 0);
        return n >= 0;
    }

    /** A copy of the current record. */
    byte[] record() {
        return Arrays.copyOfRange(buffer, from, to);
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
