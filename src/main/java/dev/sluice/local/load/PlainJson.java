package dev.sluice.local.load;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A cursor over lines of JSON that goes on only over what Jackson and DuckDB read alike: what is false here may well be
 * JSON. It stops at a line's end, which there must be, since nothing that it goes over holds one. Not thread-safe.
 */
final class PlainJson {

    private final PlainCharacters characters = new PlainCharacters();
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private byte[] bytes = {};
    private int at;
    private int line;
    private int text;
    private boolean escaped;

    void begin(byte[] content, int from) {
        bytes = content;
        at = from;
        line = from;
        characters.begin();
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
        return bytes[at++] == '\n' && (characters.areAscii() || isUtf8());
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
        at = characters.end(bytes, at);
        while (bytes[at] != '"') {
            if (bytes[at] != '\\' || !escape()) {
                return false;
            }
            at++;
            at = characters.end(bytes, at);
        }
        at++;
        return true;
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
