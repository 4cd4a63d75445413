package dev.sluice.local.sql;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
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
        String body = body(raw ? text.substring(1) : text);
        return withoutNul(raw || body.indexOf('\\') < 0 ? body : unescape(body, token, false), token);
    }

    private static String withoutNul(String value, Token token) {
        if (value.indexOf('\0') >= 0) {
            throw SqlRefused.unsupported("NUL in literals and names", token);
        }
        return value;
    }

    /** A name in back quotes. */
    static String decodeName(Token token) {
        String body = token.text().substring(1, token.text().length() - 1);
        return body.indexOf('\\') < 0 ? body : withoutNul(unescape(body, token, false), token);
    }

    /** One character for each byte. */
    static String decodeBytes(Token token) {
        String text = token.text();
        int quote = Math.min(first(text, '\''), first(text, '"'));
        boolean raw = text.substring(0, quote).toLowerCase(Locale.ROOT).contains("r");
        String body = body(text.substring(quote));
        String bytes = new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return raw || bytes.indexOf('\\') < 0 ? bytes : unescape(bytes, token, true);
    }

    private static int first(String text, char quote) {
        int at = text.indexOf(quote);
        return at < 0 ? text.length() : at;
    }

    private static String body(String quoted) {
        int quotes = quoted.length() >= 6 && (quoted.startsWith("\"\"\"") || quoted.startsWith("'''")) ? 3 : 1;
        return quoted.substring(quotes, quoted.length() - quotes);
    }

    private static String unescape(String body, Token token, boolean bytes) {
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
            if (escape >= '0' && escape <= '3') {
                value.append(octal(body, at - 1, token));
                at += 2;
                continue;
            }
            if (bytes && (escape == 'u' || escape == 'U')) {
                throw SqlRefused.syntax("Illegal escape sequence: \\" + escape, token);
            }
            int digits = digits(escape, token);
            value.appendCodePoint(codePoint(body, at, digits, token));
            at += digits;
        }
        return value.toString();
    }

    private static char octal(String body, int at, Token token) {
        if (!body.substring(at, Math.min(body.length(), at + 3)).matches("[0-3][0-7]{2}")) {
            throw SqlRefused.syntax("Illegal escape sequence", token);
        }
        return (char) Integer.parseInt(body.substring(at, at + 3), 8);
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
