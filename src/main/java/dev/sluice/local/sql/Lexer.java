package dev.sluice.local.sql;

import dev.sluice.local.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a statement into words. */
final class Lexer {

    private static final Pattern TOKEN = Pattern.compile(
            "(?<space>\\s+|--[^\\n]*|#[^\\n]*|/\\*.*?\\*/)"
                    + "|(?<quoted>`[^`\\n]+`)"
                    + "|(?<string>'(?:[^'\\\\\\n]|\\\\.)*'|\"(?:[^\"\\\\\\n]|\\\\.)*\")"
                    + "|(?<number>\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)"
                    + "|(?<parameter>@\\w+)"
                    + "|(?<word>[A-Za-z_]\\w*)"
                    + "|(?<symbol><=|>=|<>|!=|\\|\\||[(),.*=<>+;\\[\\]/-])",
            Pattern.DOTALL);

    private Lexer() {}

    static List<Token> read(String sql) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(sql);
        int line = 1;
        int lineStart = 0;
        int at = 0;
        while (at < sql.length()) {
            matcher.region(at, sql.length());
            if (!matcher.lookingAt()) {
                var place = new Token(Kind.SYMBOL, "", line, at - lineStart + 1);
                throw SqlRefused.syntax("Illegal input character \"" + sql.charAt(at) + "\"", place);
            }
            String text = matcher.group();
            if (matcher.group("space") == null) {
                tokens.add(new Token(kind(matcher), text, line, at - lineStart + 1));
            }
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) == '\n') {
                    line++;
                    lineStart = at + i + 1;
                }
            }
            at = matcher.end();
        }
        tokens.add(new Token(Kind.END, "end of input", line, at - lineStart + 1));
        return tokens;
    }

    private static Kind kind(Matcher matcher) {
        for (Kind kind : new Kind[] {Kind.QUOTED, Kind.STRING, Kind.NUMBER, Kind.PARAMETER, Kind.WORD}) {
            if (matcher.group(kind.name().toLowerCase(java.util.Locale.ROOT)) != null) {
                return kind;
            }
        }
        return Kind.SYMBOL;
    }
}
