package dev.sluice.local.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A cursor over lines of JSON that goes on only over what Jackson and DuckDB read alike: what is false here may well be
 * JSON. It stops at a line's end, which there must be, since nothing that it goes over holds one. Not thread-safe.
 */
final class PlainJson {

    /** How many bytes there must be after the last line. */
    static final int BEYOND = Long.BYTES;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHEST = ONES << 7;

    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private byte[] bytes = {};
    private int at;
    private int line;
    private int text;
    private boolean escaped;
    /** Of all bytes in strings but known names, eight by eight: one is not of ASCII if one has its highest bit. */
    private long union;

    void begin(byte[] content, int from) {
        bytes = content;
        at = from;
        line = from;
        union = 0;
    }

    int at() {
        return at;
    }

    /** Goes over the end of a line, the whole of which has been gone over. */
    boolean endOfLine() {
        blanks();
        if (bytes[at] == '\r') {
            at++;
        }
        return bytes[at++] == '\n' && ((union & HIGHEST) == 0 || isUtf8());
    }

    private boolean isUtf8() {
        try {
            utf8.decode(ByteBuffer.wrap(bytes, line, at - line));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private void blanks() {
        while (bytes[at] == ' ' || bytes[at] == '\t') {
            at++;
        }
    }

    char peek() {
        blanks();
        return (char) bytes[at];
    }

    boolean take(char c) {
        blanks();
        if (bytes[at] != c) {
            return false;
        }
        at++;
        return true;
    }

    boolean take(PlainWord word) {
        blanks();
        return goTo(word.end(bytes, at));
    }

    boolean integer() {
        blanks();
        return goTo(PlainNumber.integerEnd(bytes, at));
    }

    boolean number() {
        blanks();
        return goTo(PlainNumber.end(bytes, at));
    }

    private boolean goTo(int end) {
        if (end == 0) {
            return false;
        }
        at = end;
        return true;
    }

    boolean string() {
        if (!take('"')) {
            return false;
        }
        text = at;
        escaped = false;
        goToSpecial();
        while (bytes[at] != '"') {
            if (bytes[at] != '\\' || !escape()) {
                return false;
            }
            at++;
            goToSpecial();
        }
        at++;
        return true;
    }

    /** Goes over what stands for itself, eight bytes at a time: <https://graphics.stanford.edu/~seander/bithacks.html>. */
    private void goToSpecial() {
        long word = (long) WORDS.get(bytes, at);
        long special = special(word);
        while (special == 0) {
            union |= word;
            at += Long.BYTES;
            word = (long) WORDS.get(bytes, at);
            special = special(word);
        }
        int bits = Long.numberOfTrailingZeros(special) + 1 - Byte.SIZE;
        union |= word & ((1L << bits) - 1);
        at += bits / Byte.SIZE;
    }

    /** The highest bit of the first byte that is a quote, a backslash or a control character, and bits of later ones; or 0. */
    private static long special(long word) {
        long quote = word ^ ONES * '"';
        long backslash = word ^ ONES * '\\';
        return ((word - ONES * ' ') & ~word | (quote - ONES) & ~quote | (backslash - ONES) & ~backslash) & HIGHEST;
    }

    /**
     * Goes over a string that is this name, which has no byte that a string cannot have as it is.
     *
     * @return false if something else is there
     */
    boolean takeString(byte[] name) {
        blanks();
        int end = at + 1 + name.length;
        boolean found = bytes[at] == '"'
                && end < bytes.length
                && bytes[end] == '"'
                && Arrays.equals(bytes, at + 1, end, name, 0, name.length);
        return found && goTo(end + 1);
    }

    /** Stops at its last character. Surrogates and control characters are left to others. */
    private boolean escape() {
        escaped = true;
        at++;
        if (bytes[at] != 'u') {
            return "\"\\/bfnrt".indexOf(bytes[at]) >= 0;
        }
        int code = 0;
        for (int i = 0; i < 4; i++) {
            at++;
            int digit = Character.digit(bytes[at], 16);
            if (digit < 0) {
                return false;
            }
            code = code * 16 + digit;
        }
        return code >= ' ' && !Character.isSurrogate((char) code);
    }

    /** A string without escapes; the questions below are about it. */
    boolean simpleString() {
        return string() && !escaped;
    }

    boolean isText(byte[] name) {
        return Arrays.equals(bytes, text, at - 1, name, 0, name.length);
    }

    byte[] text() {
        return Arrays.copyOfRange(bytes, text, at - 1);
    }

    boolean isTime(PlainTime time) {
        return time.fits(bytes, text, at - 1);
    }
}
