package dev.sluice.local.sql;

import dev.sluice.local.sql.Query.Body;
import dev.sluice.local.sql.Token.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads queries. */
final class QueryParser {

    private static final int MAX_DEPTH = 50;

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final SourceParser sources;
    private final SelectParser selects;
    private int depth;

    QueryParser(Tokens tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens, this);
        this.sources = new SourceParser(tokens, this, expressions);
        this.selects = new SelectParser(tokens, expressions, sources);
    }

    ExpressionParser expressions() {
        return expressions;
    }

    Query.Source source() {
        return sources.source();
    }

    /** A table or a query, with its alias. */
    Query.Source oneSource() {
        return sources.primary();
    }

    Query query() {
        if (depth == MAX_DEPTH) {
            throw SqlRefused.unsupported("queries that nest deeper than " + MAX_DEPTH, tokens.peek());
        }
        depth++;
        Token at = tokens.peek();
        List<Query.With> with = with();
        Body body = new SetOperationParser(tokens, this::part).body();
        List<Query.Ordering> order = order();
        @Nullable Expression limit = null;
        @Nullable Expression offset = null;
        if (tokens.takeIf("LIMIT")) {
            limit = count();
            offset = tokens.takeIf("OFFSET") ? count() : null;
        }
        depth--;
        return new Query(at, with, body, order, limit, offset);
    }

    private List<Query.With> with() {
        if (!tokens.takeIf("WITH")) {
            return List.of();
        }
        boolean recursive = tokens.takeIf("RECURSIVE");
        return tokens.commaSeparated(() -> commonTable(recursive));
    }

    private Query.With commonTable(boolean recursive) {
        Token name = tokens.nameToken();
        tokens.require("AS", "(");
        var with = new Query.With(name, query(), recursive);
        tokens.require(")");
        return with;
    }

    private Expression count() {
        Token count = tokens.take();
        if (count.kind() == Kind.PARAMETER) {
            return new Expression.Parameter(count);
        }
        if (count.kind() != Kind.NUMBER || !count.text().matches("\\d{1,18}")) {
            throw SqlRefused.unsupported("LIMIT or OFFSET with anything but an integer literal or a parameter", count);
        }
        return new Expression.Constant(count, Type.INT64, count.text());
    }

    private Body part() {
        if (tokens.takeIf("(")) {
            var nested = new Query.Nested(query());
            tokens.require(")");
            return nested;
        }
        return selects.select();
    }

    List<Query.Ordering> order() {
        return tokens.takeIf("ORDER", "BY") ? tokens.commaSeparated(this::ordering) : List.of();
    }

    private Query.Ordering ordering() {
        Expression expression = expressions.expression();
        boolean descending = tokens.takeIf("DESC");
        if (!descending) {
            tokens.takeIf("ASC");
        }
        return new Query.Ordering(expression, descending, nullsFirst());
    }

    private @Nullable Boolean nullsFirst() {
        if (tokens.takeIf("NULLS", "FIRST")) {
            return Boolean.TRUE;
        }
        return tokens.takeIf("NULLS", "LAST") ? Boolean.FALSE : null;
    }
}
