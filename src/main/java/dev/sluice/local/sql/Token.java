package dev.sluice.local.sql;

import java.util.Locale;

/** One word of a statement. */
record Token(Kind kind, String text, int line, int column) {

    enum Kind {
        WORD,
        QUOTED,
        STRING,
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

    boolean is(String word) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(word);
    }
}
