package dev.sluice.local.load;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A cursor over lines of JSON that goes on only over what Jackson and DuckDB read alike: what is false here may well be
 * JSON. It stops at a line's end, which there must be, since nothing that it goes over holds one.
 */
final class PlainJson {

    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private byte[] bytes = {};
    private int at;
    private int line;
    private int text;
    private boolean escaped;
    /** Of all bytes in strings: negative if one is not of ASCII. */
    private int union;

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
        return bytes[at++] == '\n' && (union >= 0 || isUtf8());
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
        for (byte b = bytes[at]; b != '"'; b = bytes[at]) {
            if (b == '\\' ? !escape() : b >= 0 && b < ' ') {
                return false;
            }
            union |= b;
            at++;
        }
        at++;
        return true;
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
