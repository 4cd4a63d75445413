package dev.sluice.local.sql;

import dev.sluice.local.sql.Query.Body;
import dev.sluice.local.sql.Query.Item;
import dev.sluice.local.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads queries. */
final class QueryParser {

    private static final int MAX_DEPTH = 50;

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final SourceParser sources;
    private int depth;

    QueryParser(Tokens tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens, this);
        this.sources = new SourceParser(tokens, this, expressions);
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

    /** Whether a query begins here, perhaps in parentheses. */
    boolean atQuery() {
        int ahead = 0;
        while (tokens.peek(ahead).is("(")) {
            ahead++;
        }
        return tokens.peek(ahead).is("SELECT") || ahead == 0 && tokens.peek().is("WITH");
    }

    Query query() {
        if (depth == MAX_DEPTH) {
            throw SqlRefused.unsupported("queries that nest deeper than " + MAX_DEPTH, tokens.peek());
        }
        depth++;
        Token at = tokens.peek();
        List<Query.With> with = with();
        Body body = union();
        List<Query.Ordering> order = order();
        @Nullable Token limit = null;
        @Nullable Token offset = null;
        if (tokens.takeIf("LIMIT")) {
            limit = count();
            offset = tokens.takeIf("OFFSET") ? count() : null;
        }
        depth--;
        return new Query(at, with, body, order, limit, offset);
    }

    private List<Query.With> with() {
        List<Query.With> with = new ArrayList<>();
        if (!tokens.takeIf("WITH")) {
            return with;
        }
        do {
            Token name = tokens.nameToken();
            tokens.require("AS", "(");
            with.add(new Query.With(name, query()));
            tokens.require(")");
        } while (tokens.takeIf(","));
        return with;
    }

    private Token count() {
        Token count = tokens.take();
        if (count.kind() != Kind.NUMBER || !count.text().matches("\\d{1,18}")) {
            throw SqlRefused.unsupported("LIMIT or OFFSET with anything but an integer literal", count);
        }
        return count;
    }

    private Body union() {
        List<Body> parts = new ArrayList<>();
        parts.add(part());
        Token at = tokens.peek();
        while (tokens.peek().is("UNION")
                || tokens.peek().is("INTERSECT")
                || tokens.peek().is("EXCEPT")) {
            if (!tokens.takeIf("UNION", "ALL")) {
                throw SqlRefused.unsupported("set operations but UNION ALL", tokens.peek());
            }
            parts.add(part());
        }
        return parts.size() == 1 ? parts.get(0) : new Query.Union(at, parts);
    }

    private Body part() {
        if (tokens.takeIf("(")) {
            var nested = new Query.Nested(query());
            tokens.require(")");
            return nested;
        }
        return select();
    }

    private Query.Select select() {
        Token at = tokens.peek();
        tokens.require("SELECT");
        boolean distinct = tokens.takeIf("DISTINCT");
        if (!distinct) {
            tokens.takeIf("ALL");
        }
        if (tokens.peek().is("AS")) {
            throw SqlRefused.unsupported("SELECT AS", tokens.peek());
        }
        List<Item> items = items();
        Query.@Nullable Source from = tokens.takeIf("FROM") ? sources.source() : null;
        @Nullable Expression where = tokens.takeIf("WHERE") ? expressions.expression() : null;
        List<Expression> groupBy = tokens.takeIf("GROUP", "BY") ? expressions.list() : List.of();
        @Nullable Expression having = tokens.takeIf("HAVING") ? expressions.expression() : null;
        if (tokens.peek().is("QUALIFY") || tokens.peek().is("WINDOW")) {
            throw SqlRefused.unsupported(tokens.peek().upper(), tokens.peek());
        }
        return new Query.Select(at, distinct, items, from, where, groupBy, having);
    }

    private List<Item> items() {
        List<Item> items = new ArrayList<>();
        do {
            // a comma may follow the last item
            if (!items.isEmpty() && tokens.peek().is("FROM")) {
                break;
            }
            items.add(item());
        } while (tokens.takeIf(","));
        return items;
    }

    private Item item() {
        Token first = tokens.peek();
        if (tokens.takeIf("*")) {
            return new Query.Star(first, null, except());
        }
        if (first.isName() && tokens.peek(1).is(".") && tokens.peek(2).is("*")) {
            tokens.take();
            tokens.require(".", "*");
            return new Query.Star(first, first, except());
        }
        Expression expression = expressions.expression();
        boolean as = tokens.takeIf("AS");
        return new Query.Computed(expression, as || tokens.peek().isName() ? tokens.nameToken() : null);
    }

    private List<Token> except() {
        List<Token> names = new ArrayList<>();
        if (tokens.takeIf("EXCEPT", "(")) {
            do {
                names.add(tokens.nameToken());
            } while (tokens.takeIf(","));
            tokens.require(")");
        }
        if (tokens.peek().is("REPLACE")) {
            throw SqlRefused.unsupported("SELECT * REPLACE", tokens.peek());
        }
        return names;
    }

    private List<Query.Ordering> order() {
        List<Query.Ordering> order = new ArrayList<>();
        if (!tokens.takeIf("ORDER", "BY")) {
            return order;
        }
        do {
            Expression expression = expressions.expression();
            boolean descending = tokens.takeIf("DESC");
            if (!descending) {
                tokens.takeIf("ASC");
            }
            order.add(new Query.Ordering(expression, descending, nullsFirst()));
        } while (tokens.takeIf(","));
        return order;
    }

    private @Nullable Boolean nullsFirst() {
        if (tokens.takeIf("NULLS", "FIRST")) {
            return Boolean.TRUE;
        }
        return tokens.takeIf("NULLS", "LAST") ? Boolean.FALSE : null;
    }
}
