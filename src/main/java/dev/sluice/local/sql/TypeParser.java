package dev.sluice.local.sql;

import dev.sluice.local.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads types. */
final class TypeParser {

    /** Far deeper than what BigQuery stores. */
    static final int MAX_DEPTH = 100;

    private final Tokens tokens;
    private int depth;

    TypeParser(Tokens tokens) {
        this.tokens = tokens;
    }

    Type type() {
        if (depth == MAX_DEPTH) {
            throw SqlRefused.unsupported("types that nest deeper than " + MAX_DEPTH, tokens.peek());
        }
        depth++;
        Type type = nested(tokens.take());
        depth--;
        return type;
    }

    private Type nested(Token token) {
        if (token.is("ARRAY")) {
            tokens.require("<");
            Type element = type();
            tokens.require(">");
            if (element.isArray()) {
                throw new SqlRefused("invalidQuery", "Arrays of arrays are not supported at " + token.place());
            }
            return Type.array(element);
        }
        if (token.is("STRUCT")) {
            tokens.require("<");
            return struct();
        }
        Type type = named(token);
        if (tokens.peek().is("(")) {
            throw SqlRefused.unsupported("parameterized types", tokens.peek());
        }
        return type;
    }

    /** A type without parts, which parameters may follow. */
    Type name() {
        return named(tokens.take());
    }

    private static Type named(Token token) {
        return Type.named(token.text()).orElseThrow(() -> SqlRefused.unsupported("the type " + token.text(), token));
    }

    private Type struct() {
        List<Type.Part> fields = new ArrayList<>();
        while (!tokens.peek().is(">")) {
            boolean named = tokens.peek().isName()
                    && (tokens.peek(1).kind() == Kind.WORD || tokens.peek(1).kind() == Kind.QUOTED);
            String name = named ? tokens.name() : null;
            fields.add(new Type.Part(name, type()));
            if (!tokens.takeIf(",")) {
                break;
            }
        }
        tokens.require(">");
        return Type.struct(fields);
    }
}
