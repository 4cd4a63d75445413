package dev.sluice.local.sql;

import dev.sluice.local.sql.Token.Kind;
import java.util.List;

/** Walks over the words of a statement. */
final class Tokens {

    private final List<Token> tokens;
    private int next;

    Tokens(String sql) {
        this.tokens = Lexer.read(sql);
    }

    Token peek() {
        return tokens.get(next);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(next + ahead, tokens.size() - 1));
    }

    Token take() {
        Token token = tokens.get(next);
        if (token.kind() != Kind.END) {
            next++;
        }
        return token;
    }

    boolean takeIf(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).is(words[i])) {
                return false;
            }
        }
        next += words.length;
        return true;
    }

    void require(String... words) {
        if (!takeIf(words)) {
            throw SqlRefused.syntax(
                    "Expected %s but got %s".formatted(String.join(" ", words), describe(peek())), peek());
        }
    }

    /** Whether nothing but semicolons is left. */
    boolean atEnd() {
        for (int i = next; i < tokens.size() - 1; i++) {
            if (!tokens.get(i).is(";")) {
                return false;
            }
        }
        return true;
    }

    void requireEnd() {
        if (!atEnd()) {
            throw SqlRefused.syntax("Unexpected " + describe(peek()), peek());
        }
    }

    /** A name, back-quoted or not. */
    String name() {
        Token token = take();
        if (token.kind() == Kind.QUOTED) {
            return token.text().substring(1, token.text().length() - 1);
        }
        if (token.kind() == Kind.WORD) {
            return token.text();
        }
        throw SqlRefused.syntax("Expected a name but got " + describe(token), token);
    }

    /** A path like {@code `p.d.t`}, {@code d.t} or {@code `p`.d.t}. */
    TableName tableName() {
        Token first = peek();
        var path = new StringBuilder(name());
        while (takeIf(".")) {
            path.append('.').append(name());
        }
        String[] parts = path.toString().split("\\.", -1);
        return switch (parts.length) {
            case 2 -> new TableName(parts[0], parts[1]);
            case 3 -> new TableName(parts[1], parts[2]);
            default ->
                throw new SqlRefused(
                        "invalid", "Table \"%s\" must be qualified with a dataset %s".formatted(path, first.place()));
        };
    }

    static String describe(Token token) {
        return token.kind() == Kind.END ? "end of statement" : "\"" + token.text() + "\"";
    }
}
