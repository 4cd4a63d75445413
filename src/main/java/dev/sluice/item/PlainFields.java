package dev.sluice.item;

/**
 * Goes through the fields of a CSV record without making objects. Every method says false about what is broken, and about
 * what is right but takes a parser to tell; the place is undefined then. Not thread-safe.
 */
final class PlainFields {

    private static final int FIRST_ROOM = 1 << 10;

    private final byte delimiter;
    private final byte quote;
    private final boolean quoting;

    private byte[] record = {};
    private int at;
    private int to;

    private byte[] unquoted = new byte[FIRST_ROOM];

    private byte[] bytes = {};
    private int textFrom;
    private int textTo;
    private boolean escapable;

    PlainFields(CsvDialect dialect) {
        this.delimiter = (byte) dialect.delimiter();
        this.quote = (byte) dialect.quote();
        this.quoting = dialect.quote() != CsvDialect.NO_QUOTE;
    }

    void begin(byte[] newRecord, int from, int newTo) {
        record = newRecord;
        at = from;
        to = newTo;
        if (unquoted.length < to - from) {
            unquoted = new byte[to - from];
        }
    }

    /** The field that begins here. */
    boolean take() {
        escapable = false;
        bytes = record;
        return quoting && at < to && record[at] == quote ? takeQuoted() : takeUnquoted();
    }

    /** What stands between two fields; false at the record's end. */
    boolean takeDelimiter() {
        return at++ < to;
    }

    private boolean takeUnquoted() {
        textFrom = at;
        for (at = end(delimiter); at < to && record[at] != delimiter; at = end(delimiter)) {
            // that ends a record for the parser
            if (record[at] == quote || isLineEnd(record[at]) || !hasLetter(record[at])) {
                return false;
            }
            at++;
        }
        textTo = at;
        return true;
    }

    private static boolean isLineEnd(byte b) {
        return b == '\r' || b == '\n';
    }

    private boolean takeQuoted() {
        int copied = 0;
        int begun = ++at;
        for (at = end(quote); at < to; at = end(quote)) {
            if (record[at] != quote) {
                if (!hasLetter(record[at])) {
                    return false;
                }
                at++;
            } else if (at + 1 < to && record[at + 1] == quote) {
                copied = copy(begun, at + 1, copied);
                escapable |= quote == '"';
                at += 2;
                begun = at;
            } else {
                return endQuoted(begun, copied);
            }
        }
        return false;
    }

    /** @param copied how much of the text has been copied, because a quote in it is written twice */
    private boolean endQuoted(int begun, int copied) {
        boolean inPlace = copied == 0;
        textFrom = inPlace ? begun : 0;
        textTo = inPlace ? at : copy(begun, at, copied);
        bytes = inPlace ? record : unquoted;
        at++;
        return at == to || record[at] == delimiter;
    }

    private int copy(int from, int end, int copied) {
        System.arraycopy(record, from, unquoted, copied, end - from);
        return copied + end - from;
    }

    private int end(byte wanted) {
        return Words.endOfText(record, at, to, wanted);
    }

    /** Whether JSON writes it with a backslash and a letter; if not, it is none that can be loaded, or a rare one. */
    private boolean hasLetter(byte b) {
        escapable = true;
        return b == '"' || b == '\\' || b == '\n' || b == '\r' || b == '\t';
    }

    /** In which the text of the field stands that was taken last. */
    byte[] bytes() {
        return bytes;
    }

    int textFrom() {
        return textFrom;
    }

    int textTo() {
        return textTo;
    }

    /** Whether the text has characters that JSON escapes. */
    boolean isEscapable() {
        return escapable;
    }
}
