package dev.sluice.local.sql;

import dev.sluice.local.sql.Query.Source;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what stands after FROM. */
final class SourceParser {

    private static final Set<String> JOIN_WORDS = Set.of("JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS");

    private static final int MAX_DEPTH = 50;

    private final Tokens tokens;
    private final QueryParser queries;
    private final ExpressionParser expressions;
    private int depth;

    SourceParser(Tokens tokens, QueryParser queries, ExpressionParser expressions) {
        this.tokens = tokens;
        this.queries = queries;
        this.expressions = expressions;
    }

    Source source() {
        Source left = primary();
        while (true) {
            Token at = tokens.peek();
            if (tokens.takeIf(",")) {
                left = new Query.Join(at, "CROSS", left, primary(), null, List.of());
            } else if (JOIN_WORDS.contains(at.upper())) {
                left = join(at, left);
            } else {
                return left;
            }
        }
    }

    private Source join(Token at, Source left) {
        String kind = kind();
        Source right = primary();
        if (kind.equals("CROSS")) {
            return new Query.Join(at, kind, left, right, null, List.of());
        }
        if (tokens.takeIf("USING", "(")) {
            return new Query.Join(at, kind, left, right, null, tokens.closedList(tokens::nameToken));
        }
        if (right instanceof Query.Unnest && !tokens.peek().is("ON")) {
            return new Query.Join(at, kind, left, right, null, List.of());
        }
        tokens.require("ON");
        return new Query.Join(at, kind, left, right, expressions.expression(), List.of());
    }

    private String kind() {
        Token first = tokens.take();
        if (first.is("JOIN")) {
            return "INNER";
        }
        if (!first.is("INNER") && !first.is("CROSS")) {
            tokens.takeIf("OUTER");
        }
        tokens.require("JOIN");
        return first.upper();
    }

    /** What joins stand between. */
    Source primary() {
        Token at = tokens.peek();
        if (at.is("(") && !queries.atQuery()) {
            tokens.require("(");
            depth++;
            Source inner = depth > MAX_DEPTH ? refused(at) : source();
            depth--;
            if (!(inner instanceof Query.Join)) {
                throw SqlRefused.syntax("Expected a join or a query in parentheses", at);
            }
            tokens.require(")");
            return inner;
        }
        if (tokens.takeIf("(")) {
            Query query = queries.query();
            tokens.require(")");
            return new Query.Derived(query, alias());
        }
        if (at.is("UNNEST")) {
            return unnest(tokens.take());
        }
        List<String> path = tokens.path();
        if (tokens.peek().is("(")) {
            return tableFunction(at);
        }
        @Nullable Expression asOf = asOf();
        @Nullable String alias = alias();
        asOf = asOf == null ? asOf() : asOf;
        @Nullable String offset = offset();
        refuseModifiers();
        String name = alias == null ? path.get(path.size() - 1) : alias;
        if (offset != null) {
            return new Query.Unnest(at, Expression.Name.of(at, path), name, offset);
        }
        return new Query.Table(at, path, name, asOf);
    }

    private Source tableFunction(Token name) {
        if (!name.is("APPENDS")) {
            throw SqlRefused.unsupported("table functions but APPENDS", name);
        }
        tokens.require("(");
        tokens.require("TABLE");
        Token at = tokens.peek();
        List<String> path = tokens.path();
        @Nullable Expression since = tokens.takeIf(",") ? expressions.expression() : null;
        @Nullable Expression until = tokens.takeIf(",") ? expressions.expression() : null;
        tokens.require(")");
        return new Query.Appended(at, path, alias(), since, until);
    }

    private Query.Unnest unnest(Token at) {
        tokens.require("(");
        Expression array = expressions.expression();
        tokens.require(")");
        @Nullable String alias = alias();
        return new Query.Unnest(at, array, alias, offset());
    }

    private @Nullable String offset() {
        if (!tokens.takeIf("WITH", "OFFSET")) {
            return null;
        }
        @Nullable String alias = alias();
        return alias == null ? "offset" : alias;
    }

    private @Nullable Expression asOf() {
        return tokens.takeIf("FOR", "SYSTEM_TIME", "AS", "OF") ? expressions.expression() : null;
    }

    private static Source refused(Token at) {
        throw SqlRefused.unsupported("joins that nest deeper than " + MAX_DEPTH, at);
    }

    private void refuseModifiers() {
        Token next = tokens.peek();
        if (next.is("FOR") || next.is("TABLESAMPLE") || next.is("WITH")) {
            throw SqlRefused.unsupported(next.upper() + " after a table", next);
        }
    }

    private @Nullable String alias() {
        Token next = tokens.peek();
        if (tokens.takeIf("AS")) {
            return tokens.name();
        }
        boolean operator = (next.is("PIVOT") || next.is("UNPIVOT") || next.is("MATCH_RECOGNIZE"))
                && tokens.peek(1).is("(");
        if (operator) {
            throw SqlRefused.unsupported(next.upper(), next);
        }
        return next.isName() ? tokens.name() : null;
    }
}
