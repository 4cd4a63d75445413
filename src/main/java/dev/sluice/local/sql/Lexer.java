package dev.sluice.local.sql;

import dev.sluice.local.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a statement into words. */
final class Lexer {

    /** Without a way back, for which long ones would need a deep stack. */
    private static final String QUOTES = "(?:\"\"\"(?:[^\"\\\\]++|\\\\.|\"(?!\"\"))*+\"\"\""
            + "|'''(?:[^'\\\\]++|\\\\.|'(?!''))*+'''"
            + "|'(?:[^'\\\\\\n]++|\\\\.)*+'|\"(?:[^\"\\\\\\n]++|\\\\.)*+\")";

    private static final Pattern TOKEN = Pattern.compile(
            "(?<space>\\s++|--[^\\n]*+|#[^\\n]*+|/\\*.*?\\*/)"
                    + "|(?<quoted>`(?:[^`\\\\\\n]++|\\\\.)++`)"
                    + "|(?<bytes>(?:[bB][rR]?|[rR][bB])" + QUOTES + ")"
                    + "|(?<string>[rR]?" + QUOTES + ")"
                    + "|(?<number>0[xX][0-9a-fA-F]++|(?:\\d++(?:\\.\\d*+)?|\\.\\d++)(?:[eE][+-]?\\d++)?)"
                    + "|(?<parameter>@@[A-Za-z_][\\w.]*+|@[A-Za-z_]\\w*+|@`(?:[^`\\\\\\n]++|\\\\.)++`|\\?)"
                    + "|(?<word>[A-Za-z_]\\w*+)"
                    + "|(?<symbol><=|>=|<>|!=|\\|\\||[(),.*=<>+;\\[\\]/&|^~{}:-])",
            Pattern.DOTALL);
    private static final Pattern REST_OF_DASHED = Pattern.compile("[A-Za-z_]\\w*+(?=(?:-\\w++)*+\\.)");
    private static final Kind[] KINDS = {Kind.QUOTED, Kind.BYTES, Kind.STRING, Kind.NUMBER, Kind.PARAMETER, Kind.WORD};

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int line = 1;
    private int lineStart;
    private int positions;

    private Lexer(String sql) {
        this.sql = sql;
    }

    static List<Token> read(String sql) {
        var lexer = new Lexer(sql);
        lexer.read();
        return lexer.tokens;
    }

    private void read() {
        Matcher matcher = TOKEN.matcher(sql);
        int at = 0;
        while (at < sql.length()) {
            matcher.region(at, sql.length());
            boolean found = matcher.lookingAt();
            Optional<String> unclosed = Unclosed.at(sql, at, found ? matcher.end() : at);
            if (unclosed.isPresent() || !found) {
                throw SqlRefused.syntax(unclosed.orElse("Illegal input character \"" + sql.charAt(at) + "\""), end(at));
            }
            if (endsDashedName(matcher)) {
                matcher.region(at, matcher.end() - 1);
                matcher.lookingAt();
            }
            int end = isWithinDashedName(matcher) ? restOfDashed(matcher.end()) : matcher.end();
            if (end > matcher.end()) {
                tokens.add(
                        new Token(Kind.WORD, sql.substring(at, end), sql.substring(at, end), line, at - lineStart + 1));
            } else if (matcher.group("space") == null) {
                tokens.add(token(matcher, at));
            }
            countLines(at, end);
            at = end;
        }
        tokens.add(end(at));
    }

    /** Whether a number with a point is the end of a project's name and what comes after it, as in {@code a-1.d.t}. */
    private boolean endsDashedName(Matcher matcher) {
        return isWithinDashedName(matcher) && matcher.group().endsWith(".") && isNameStart(matcher.end());
    }

    /** Where letters end that follow a number as in {@code a-1b.d.t}. */
    private int restOfDashed(int from) {
        Matcher rest = REST_OF_DASHED.matcher(sql).region(from, sql.length());
        return rest.lookingAt() ? rest.end() : from;
    }

    private boolean isWithinDashedName(Matcher matcher) {
        int size = tokens.size();
        return matcher.group("number") != null
                && size > 1
                && tokens.get(size - 1).is("-")
                && tokens.get(size - 2).isNextTo(tokens.get(size - 1));
    }

    private boolean isNameStart(int at) {
        return at < sql.length() && (Character.isJavaIdentifierStart(sql.charAt(at)) || sql.charAt(at) == '`');
    }

    private Token token(Matcher matcher, int at) {
        Kind kind = kind(matcher);
        String text = matcher.group();
        int column = at - lineStart + 1;
        var token = new Token(kind, text, text, line, column);
        int next = matcher.end();
        if (kind == Kind.NUMBER && next < sql.length() && Character.isJavaIdentifierStart(sql.charAt(next))) {
            throw SqlRefused.syntax("Missing whitespace between literal and alias", token);
        }
        return switch (kind) {
            case STRING -> new Token(kind, text, StringLiterals.decode(token), line, column);
            case BYTES -> new Token(kind, text, StringLiterals.decodeBytes(token), line, column);
            case PARAMETER -> parameter(token);
            case QUOTED -> new Token(kind, text, StringLiterals.decodeName(token), line, column);
            case WORD, NUMBER, SYMBOL, END -> token;
        };
    }

    /** Those without a name are numbered from 1; what is in back quotes is one, too. */
    private Token parameter(Token token) {
        if (!token.text().equals("?")) {
            return token.text().startsWith("@`") ? quoted(token) : token;
        }
        positions++;
        return new Token(Kind.PARAMETER, "@" + positions, "?", token.line(), token.column());
    }

    private static Token quoted(Token parameter) {
        String quotes = parameter.text().substring(1);
        var name = new Token(Kind.QUOTED, quotes, quotes, parameter.line(), parameter.column());
        String text = "@" + StringLiterals.decodeName(name);
        return new Token(Kind.PARAMETER, text, text, parameter.line(), parameter.column());
    }

    private Token end(int at) {
        return new Token(Kind.END, "end of input", "", line, at - lineStart + 1);
    }

    private void countLines(int from, int to) {
        for (int i = from; i < to; i++) {
            if (sql.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
    }

    private static Kind kind(Matcher matcher) {
        for (Kind kind : KINDS) {
            if (matcher.group(kind.name().toLowerCase(Locale.ROOT)) != null) {
                return kind;
            }
        }
        return Kind.SYMBOL;
    }
}
