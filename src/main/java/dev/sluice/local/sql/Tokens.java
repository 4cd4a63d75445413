package dev.sluice.local.sql;

import dev.sluice.local.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Walks over the words of a statement. */
final class Tokens {

    private final String sql;
    private final Namespace namespace;
    private final List<Token> tokens;
    private int next;

    Tokens(String sql) {
        this(sql, Namespace.of(""));
    }

    Tokens(String sql, Namespace namespace) {
        this.sql = sql;
        this.namespace = namespace;
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

    /** One or more of what is read, with commas between. */
    <T> List<T> commaSeparated(Supplier<T> item) {
        List<T> items = new ArrayList<>();
        do {
            items.add(item.get());
        } while (takeIf(","));
        return items;
    }

    /** The same after an opening parenthesis, up to the closing one. */
    <T> List<T> closedList(Supplier<T> item) {
        List<T> items = commaSeparated(item);
        require(")");
        return items;
    }

    /** The text from here on, without a semicolon at its end. */
    String rest() {
        return text(peek(), tokens.get(tokens.size() - 1)).replaceFirst("[;\\s]+$", "");
    }

    /** The text from one token to before another. */
    String text(Token from, Token to) {
        return sql.substring(offset(from), offset(to));
    }

    private int offset(Token token) {
        int start = 0;
        for (int line = 1; line < token.line(); line++) {
            start = sql.indexOf('\n', start) + 1;
        }
        return start + token.column() - 1;
    }

    /** What may be datasets in all of it. */
    Set<String> qualifiers() {
        return Qualifiers.of(tokens);
    }

    /** Whether nothing but semicolons follows the first one. */
    boolean isOneStatement() {
        boolean ended = false;
        for (Token token : tokens) {
            if (ended && !token.is(";") && token.kind() != Kind.END) {
                return false;
            }
            ended |= token.is(";");
        }
        return true;
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
        if (peek().is("|") && peek(1).is(">")) {
            throw SqlRefused.unsupported("pipe syntax", peek());
        }
        if (!atEnd()) {
            throw SqlRefused.syntax("Unexpected " + describe(peek()), peek());
        }
    }

    /** A name, back-quoted or not reserved. */
    String name() {
        return nameToken().value();
    }

    Token nameToken() {
        Token token = take();
        if (!token.isName()) {
            throw SqlRefused.syntax("Unexpected " + describe(token), token);
        }
        return token;
    }

    /** The parts of a path like {@code `p.d.t`}, {@code d.t}, {@code `p`.d.t} or {@code a-project.d.t}. */
    List<String> path() {
        var path = new StringBuilder(dashed(nameToken()));
        while (takeIf(".")) {
            Token part = take();
            if (part.kind() != Kind.WORD && part.kind() != Kind.QUOTED) {
                throw SqlRefused.syntax("Unexpected " + describe(part), part);
            }
            path.append('.').append(part.value());
        }
        return List.of(path.toString().split("\\.", -1));
    }

    /** A project's name may have dashes that are not quoted, without blanks around them. */
    private String dashed(Token first) {
        var name = new StringBuilder(first.value());
        Token last = first;
        while (first.kind() == Kind.WORD && last.isNextTo(peek()) && peek().is("-") && isDashedPart()) {
            take();
            last = take();
            name.append('-').append(last.value());
        }
        return name.toString();
    }

    private boolean isDashedPart() {
        Token part = peek(1);
        boolean fits = part.kind() == Kind.WORD
                || part.kind() == Kind.NUMBER && part.text().matches("\\d+");
        return fits && peek().isNextTo(part);
    }

    TableName tableName() {
        Token first = peek();
        return TableNames.of(first, path(), namespace);
    }

    /** Of a table that a script makes for itself, which has no other dataset. */
    TableName temporaryName() {
        Token first = peek();
        return TableNames.temporary(first, path(), namespace);
    }

    static String describe(Token token) {
        return token.kind() == Kind.END ? "end of statement" : "\"" + token.text() + "\"";
    }
}
