package dev.sluice.local.sql;

import java.util.Map;

/** What a string literal stands for. */
final class StringLiterals {

    private static final Map<Character, Character> ESCAPES = Map.ofEntries(
            Map.entry('a', '\u0007'),
            Map.entry('b', '\b'),
            Map.entry('f', '\f'),
            Map.entry('n', '\n'),
            Map.entry('r', '\r'),
            Map.entry('t', '\t'),
            Map.entry('v', '\u000b'),
            Map.entry('\\', '\\'),
            Map.entry('?', '?'),
            Map.entry('"', '"'),
            Map.entry('\'', '\''),
            Map.entry('`', '`'));
    private static final int HEXADECIMAL = 16;

    private StringLiterals() {}

    static String decode(Token token) {
        String text = token.text();
        boolean raw = text.charAt(0) == 'r' || text.charAt(0) == 'R';
        String body = text.substring(raw ? 2 : 1, text.length() - 1);
        String value = raw || body.indexOf('\\') < 0 ? body : unescape(body, token);
        if (value.indexOf('\0') >= 0) {
            throw SqlRefused.unsupported("NUL in string literals", token);
        }
        return value;
    }

    private static String unescape(String body, Token token) {
        var value = new StringBuilder();
        int at = 0;
        while (at < body.length()) {
            char c = body.charAt(at++);
            if (c != '\\') {
                value.append(c);
                continue;
            }
            char escape = body.charAt(at++);
            Character plain = ESCAPES.get(escape);
            if (plain != null) {
                value.append(plain);
                continue;
            }
            int digits = digits(escape, token);
            value.appendCodePoint(codePoint(body, at, digits, token));
            at += digits;
        }
        return value.toString();
    }

    private static int digits(char escape, Token token) {
        return switch (escape) {
            case 'x', 'X' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            default -> throw SqlRefused.syntax("Illegal escape sequence: \\" + escape, token);
        };
    }

    private static int codePoint(String body, int at, int digits, Token token) {
        try {
            int codePoint = Integer.parseInt(body.substring(at, at + digits), HEXADECIMAL);
            if (Character.isValidCodePoint(codePoint) && (codePoint > Character.MAX_VALUE || notSurrogate(codePoint))) {
                return codePoint;
            }
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            // said below
        }
        throw SqlRefused.syntax("Illegal escape sequence", token);
    }

    private static boolean notSurrogate(int codePoint) {
        return !Character.isSurrogate((char) codePoint);
    }
}
