package dev.sluice.item;

import java.nio.charset.StandardCharsets;

/**
 * Goes through JSON that is plainly written, token by token. Every method says false about what is wrong, and about what
 * is right but takes a parser to tell; the place is undefined then. Not thread-safe.
 */
final class RowCursor {

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = {};
    private int at;
    private int to;

    private int textFrom;
    private int textTo;
    private boolean escaped;

    private int digits;
    private int decimals;

    void begin(byte[] newBytes, int from, int newTo) {
        bytes = newBytes;
        at = from;
        to = newTo;
    }

    boolean isAtEnd() {
        return at == to;
    }

    /** The next byte that is no space; 0 at the end. */
    byte peek() {
        if (at < to && bytes[at] > ' ') {
            return bytes[at];
        }
        while (at < to && bytes[at] == ' ') {
            at++;
        }
        return at < to ? bytes[at] : 0;
    }

    boolean take(char expected) {
        boolean there = peek() == expected;
        at += there ? 1 : 0;
        return there;
    }

    boolean takeNull() {
        return take(NULL);
    }

    boolean takeBoolean() {
        return peek() == 't' ? take(TRUE) : take(FALSE);
    }

    private boolean take(byte[] word) {
        boolean there = matches(word, at);
        at += word.length;
        return there;
    }

    private boolean matches(byte[] word, int from) {
        return from + word.length <= to && Words.are(word, bytes, from);
    }

    /** Those very bytes, which have no blank around them; the place stays if there are others. */
    boolean takeWord(byte[] word) {
        boolean there = matches(word, at);
        at += there ? word.length : 0;
        return there;
    }

    /** A string without Unicode escapes. */
    boolean takeText() {
        if (!take('"')) {
            return false;
        }
        textFrom = at;
        escaped = false;
        for (at = Words.endOfText(bytes, at, to); at < to; at = Words.endOfText(bytes, at, to)) {
            if (bytes[at] == '"') {
                textTo = at++;
                return true;
            }
            if (bytes[at] != '\\' || at + 1 == to || "\"\\/bfnrt".indexOf(bytes[at + 1]) < 0) {
                return false;
            }
            escaped = true;
            at += 2;
        }
        return false;
    }

    /** A number without an exponent. */
    boolean takeNumber() {
        if (peek() == '-') {
            at++;
        }
        int from = at;
        int integers = takeDigits();
        boolean right = integers == 1 || integers > 1 && bytes[from] != '0';
        decimals = 0;
        if (at < to && bytes[at] == '.') {
            at++;
            decimals = takeDigits();
            right &= decimals > 0;
        }
        digits = integers + decimals;
        return right && (at == to || (bytes[at] | 0x20) != 'e');
    }

    private int takeDigits() {
        int from = at;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at - from;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the text begins that was taken last. */
    int textFrom() {
        return textFrom;
    }

    int textTo() {
        return textTo;
    }

    /** Whether that text has escapes, and so is shorter than it looks. */
    boolean isEscaped() {
        return escaped;
    }

    boolean textIs(byte[] text) {
        return textTo - textFrom == text.length && matches(text, textFrom);
    }

    /** Of the number that was taken last, leading zeros and decimals included. */
    int digits() {
        return digits;
    }

    int decimals() {
        return decimals;
    }
}
