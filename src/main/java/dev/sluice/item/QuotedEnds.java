package dev.sluice.item;

/**
 * Ends of CSV records, where a line end inside quotes belongs to the record (RFC 4180). A quote opens a field only where
 * the field begins; elsewhere it is a character like others. Not thread-safe.
 */
final class QuotedEnds implements RecordEnds {

    private static final int FIELD_START = 0;
    private static final int UNQUOTED = 1;
    private static final int QUOTED = 2;
    private static final int QUOTE_ENDED = 3;

    private final byte delimiter;
    private final byte quote;

    private int state = FIELD_START;
    private boolean lines;

    /** Up to where, and in which state there, a record was looked at that was given up. */
    private long givenUpAt;

    private int givenUpState;

    QuotedEnds(CsvDialect csv) {
        this.delimiter = (byte) csv.delimiter();
        this.quote = (byte) csv.quote();
    }

    @Override
    public void begin() {
        state = FIELD_START;
        lines = false;
    }

    @Override
    public int find(RecordBuffer buffer, int start) {
        byte[] bytes = buffer.bytes();
        int filled = buffer.filled();
        for (int at = next(bytes, start, filled); at < filled; at = next(bytes, at + 1, filled)) {
            byte b = bytes[at];
            if (b == '\n') {
                if (state != QUOTED) {
                    return at;
                }
                lines = true;
                at = pass(buffer, at);
            } else if (state == QUOTED) {
                state = b == quote ? QUOTE_ENDED : QUOTED;
            } else if (b == quote && state != UNQUOTED) {
                state = QUOTED;
            } else {
                state = b == delimiter ? FIELD_START : state == QUOTE_ENDED ? QUOTE_ENDED : UNQUOTED;
            }
        }
        return filled;
    }

    /** The next byte that means something here, or {@code filled}. */
    private int next(byte[] bytes, int at, int filled) {
        return switch (state) {
            case UNQUOTED -> Words.indexOfEither((byte) '\n', delimiter, bytes, at, filled);
            case QUOTED -> Words.indexOfEither((byte) '\n', quote, bytes, at, filled);
            default -> at;
        };
    }

    /**
     * A record that was given up was inside quotes at each of its line ends. Whoever is so at one of them, too, has the
     * same way before it, which need not be gone again: else a file of many such records would take forever.
     *
     * @return the last byte that has been looked at
     */
    private int pass(RecordBuffer buffer, int lineEnd) {
        long ahead = givenUpAt - buffer.offset(lineEnd);
        if (ahead <= 1) {
            return lineEnd;
        }
        state = givenUpState;
        return lineEnd + (int) ahead - 1;
    }

    @Override
    public boolean isOpen() {
        return state == QUOTED;
    }

    @Override
    public boolean hasLines() {
        return lines;
    }

    @Override
    public void giveUp(RecordBuffer buffer, int at) {
        givenUpAt = buffer.offset(at);
        givenUpState = state;
    }
}
