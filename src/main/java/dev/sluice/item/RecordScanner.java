package dev.sluice.item;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into records, and remembers where each one stands. What is too long to be one is passed over without being
 * held; of a CSV record whose quote does not end, the first line is set aside, and the next line begins another one.
 * Not thread-safe; does not close the stream.
 */
final class RecordScanner {

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final RecordBuffer buffer;
    private final RecordEnds ends;
    private final int maxRecordBytes;

    private long nextLine;
    private int from;
    private int to;
    private long line;
    private @Nullable String fault;
    private @Nullable String digest;

    /**
     * @param in that stands at the start
     * @param csv null if every line is a record
     * @param maxRecordBytes how far its end is looked for
     */
    RecordScanner(InputStream in, SourcePosition start, @Nullable CsvDialect csv, int maxRecordBytes) {
        this.buffer = new RecordBuffer(in, start.offset(), maxRecordBytes);
        this.nextLine = start.line();
        this.ends = csv == null || csv.quote() == CsvDialect.NO_QUOTE ? new RecordEnds.Lines() : new QuotedEnds(csv);
        this.maxRecordBytes = maxRecordBytes;
    }

    /**
     * Moves to the next record; {@link #bytes()} from {@link #from()} to {@link #to()} is it, until the next call, or
     * {@link #fault()} says why it is none.
     *
     * @return false at the end of the stream
     */
    boolean advance() throws IOException {
        begin();
        int at = buffer.next();
        while (true) {
            int end = ends.find(buffer, at);
            int looked = end - buffer.next();
            if (looked > maxRecordBytes) {
                return giveUp(end, "a quote that does not end within %d bytes".formatted(maxRecordBytes));
            }
            if (end < buffer.filled()) {
                return take(end, ends.hasLines());
            }
            if (!buffer.fill()) {
                return looked > 0 && takeLast();
            }
            at = buffer.next() + looked;
        }
    }

    private void begin() {
        line = nextLine;
        fault = null;
        digest = null;
        ends.begin();
    }

    private boolean takeLast() throws IOException {
        int end = buffer.filled();
        return ends.isOpen() ? giveUp(end, "a quote that never ends") : take(end, ends.hasLines());
    }

    private boolean take(int end, boolean severalLines) {
        from = buffer.next();
        to = end > from && buffer.bytes()[end - 1] == '\r' ? end - 1 : end;
        nextLine += severalLines ? lines(from, end) : 0;
        passTo(end);
        return true;
    }

    private long lines(int start, int end) {
        long lines = 0;
        for (int at = lineEnd(start, end); at < end; at = lineEnd(at + 1, end)) {
            lines++;
        }
        return lines;
    }

    private int lineEnd(int start, int end) {
        return Words.indexOf((byte) '\n', buffer.bytes(), start, end);
    }

    /** The line end goes with what it ends; the last line may lack one. */
    private void passTo(int end) {
        nextLine += end < buffer.filled() ? 1 : 0;
        buffer.pass(Math.min(end + 1, buffer.filled()));
    }

    /** @param end up to where it has been looked for the end */
    private boolean giveUp(int end, String openQuote) throws IOException {
        ends.giveUp(buffer, end);
        int lineEnd = lineEnd(buffer.next(), end);
        if (lineEnd - buffer.next() > maxRecordBytes) {
            return passOver();
        }
        fault = openQuote;
        return take(lineEnd, false);
    }

    /** A line that is longer than anything that may be held. */
    private boolean passOver() throws IOException {
        MessageDigest passed = Sha256.start();
        int end = lineEnd(buffer.next(), buffer.filled());
        while (end == buffer.filled()) {
            passed.update(buffer.bytes(), buffer.next(), end - buffer.next());
            buffer.pass(end);
            if (!buffer.fill()) {
                break;
            }
            end = lineEnd(buffer.next(), buffer.filled());
        }
        end = lineEnd(buffer.next(), buffer.filled());
        passed.update(buffer.bytes(), buffer.next(), end - buffer.next());
        from = end;
        to = end;
        fault = "longer than %d bytes; it stands in the source only".formatted(maxRecordBytes);
        digest = Sha256.hex(passed.digest());
        passTo(end);
        return true;
    }

    /** Passes over a byte order mark; to be called once, at the start of the stream. */
    void skipByteOrderMark() throws IOException {
        while (buffer.filled() < BYTE_ORDER_MARK.length && buffer.fill()) {
            // a read may bring less
        }
        if (buffer.filled() >= BYTE_ORDER_MARK.length
                && Arrays.equals(BYTE_ORDER_MARK, Arrays.copyOf(buffer.bytes(), BYTE_ORDER_MARK.length))) {
            buffer.pass(BYTE_ORDER_MARK.length);
        }
    }

    /** Why the current record is none; null if it is one. */
    @Nullable
    String fault() {
        return fault;
    }

    /** A copy of the current record. */
    byte[] record() {
        return Arrays.copyOfRange(buffer.bytes(), from, to);
    }

    /** The current record, to be set aside; without its bytes if it was passed over. */
    RejectedRow reject(Path file, String reason) {
        byte[] raw = record();
        return new RejectedRow(file, line, reason, raw, digest == null ? Sha256.of(raw) : digest);
    }

    byte[] bytes() {
        return buffer.bytes();
    }

    int from() {
        return from;
    }

    /** Behind the last byte, without the line end. */
    int to() {
        return to;
    }

    /** Offset in the source behind the current record and its line end. */
    long offset() {
        return buffer.offset(buffer.next());
    }

    /** The line on which the next record starts. */
    long nextLine() {
        return nextLine;
    }
}
