package dev.sluice.local.sql;

import dev.sluice.local.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads arrays and structs, and what reaches into them. */
final class CollectionParser {

    private static final Set<String> SUBSCRIPTS = Set.of("OFFSET", "ORDINAL", "SAFE_OFFSET", "SAFE_ORDINAL");

    private static final Set<String> FORMS = Set.of("CAST", "SAFE_CAST", "EXTRACT", "EXISTS");

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final QueryParser queries;

    private final CallParser calls;

    CollectionParser(Tokens tokens, ExpressionParser expressions, QueryParser queries, CallParser calls) {
        this.calls = calls;
        this.tokens = tokens;
        this.expressions = expressions;
        this.queries = queries;
    }

    Expression array() {
        Token at = tokens.peek();
        @Nullable Type element = null;
        if (at.is("ARRAY") && tokens.peek(1).is("(")) {
            tokens.take();
            tokens.require("(");
            var query = new Expression.ArrayQuery(at, queries.query());
            tokens.require(")");
            return query;
        }
        if (at.is("ARRAY")) {
            if (tokens.peek(1).is("<")) {
                element = new TypeParser(tokens).type().element();
            } else {
                tokens.take();
            }
        }
        tokens.require("[");
        List<Expression> values = tokens.peek().is("]") ? List.of() : expressions.list();
        tokens.require("]");
        return new Expression.Array(at, element, values);
    }

    Expression struct() {
        Token at = tokens.peek();
        @Nullable Type type = null;
        if (tokens.peek(1).is("<")) {
            type = new TypeParser(tokens).type();
        } else {
            tokens.take();
        }
        tokens.require("(");
        List<Expression> values = new ArrayList<>();
        List<@Nullable String> names = new ArrayList<>();
        if (!tokens.peek().is(")")) {
            do {
                Expression value = expressions.expression();
                values.add(value);
                names.add(tokens.takeIf("AS") ? tokens.name() : value.impliedName());
            } while (tokens.takeIf(","));
        }
        tokens.require(")");
        return new Expression.Struct(at, type, values, names);
    }

    /** The rest of {@code (a, b)}. */
    Expression tuple(Token at, Expression first) {
        List<Expression> values = new ArrayList<>(List.of(first));
        List<@Nullable String> names = new ArrayList<>();
        names.add(null);
        while (tokens.takeIf(",")) {
            values.add(expressions.expression());
            names.add(null);
        }
        tokens.require(")");
        return new Expression.Struct(at, null, values, names);
    }

    /** Fields and elements of a value. */
    Expression suffixed(Expression value) {
        Expression whole = value;
        while (tokens.peek().is("[") || tokens.peek().is(".") && !tokens.peek(1).is("*")) {
            whole = tokens.takeIf(".") ? reached(whole) : subscript(whole);
        }
        return whole;
    }

    private Expression reached(Expression whole) {
        return tokens.peek(1).is("(") ? called(whole) : new Expression.Field(fieldName(), whole);
    }

    /** A function behind a value, which is its first argument. */
    private Expression called(Expression first) {
        Token name = tokens.nameToken();
        Expression.Call call = calls.call(name, false);
        if (call.star() || FORMS.contains(name.upper())) {
            throw SqlRefused.wrong("%s cannot be called behind a value".formatted(name.upper()), name);
        }
        List<Expression> arguments = new ArrayList<>(List.of(first));
        arguments.addAll(call.arguments());
        return call.with(List.copyOf(arguments));
    }

    private Token fieldName() {
        Token name = tokens.take();
        if (name.kind() != Kind.WORD && name.kind() != Kind.QUOTED) {
            throw SqlRefused.unsupported("reaching into a value with " + name.text(), name);
        }
        return name;
    }

    private Expression subscript(Expression base) {
        Token at = tokens.peek();
        tokens.require("[");
        Token how = tokens.peek();
        boolean said = SUBSCRIPTS.contains(how.upper()) && tokens.peek(1).is("(");
        if (said) {
            tokens.take();
            tokens.require("(");
        }
        Expression index = expressions.expression();
        if (said) {
            tokens.require(")");
        }
        tokens.require("]");
        return new Expression.Subscript(at, base, said ? how.upper() : "", index);
    }
}
