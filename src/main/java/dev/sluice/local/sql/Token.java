package dev.sluice.local.sql;

import java.util.Locale;

/**
 * One word of a statement.
 *
 * @param text as written
 * @param value what a string or a back-quoted name stands for, otherwise the text
 */
record Token(Kind kind, String text, String value, int line, int column) {

    enum Kind {
        WORD,
        QUOTED,
        STRING,
        BYTES,
        NUMBER,
        PARAMETER,
        SYMBOL,
        END
    }

    String place() {
        return "[%d:%d]".formatted(line, column);
    }

    String upper() {
        return text.toUpperCase(Locale.ROOT);
    }

    /** A symbol that stands for what is written otherwise. */
    Token symbol(String symbol) {
        return new Token(Kind.SYMBOL, symbol, symbol, line, column);
    }

    /** A word that stands for what is written otherwise. */
    Token word(String word) {
        return new Token(Kind.WORD, word, word, line, column);
    }

    /** A name that stands for what is written otherwise. */
    Token quoted(String name) {
        return new Token(Kind.QUOTED, name, name, line, column);
    }

    boolean is(String word) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(word);
    }

    /** Whether nothing stands between them. */
    boolean isNextTo(Token later) {
        return line == later.line && column + text.length() == later.column;
    }

    boolean isName() {
        return kind == Kind.QUOTED || kind == Kind.WORD && !ReservedWords.contains(upper());
    }
}
