package dev.sluice.local.sql;

import dev.sluice.local.sql.Query.Body;
import dev.sluice.local.sql.Query.Item;
import dev.sluice.local.sql.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads queries. */
final class QueryParser {

    private static final Set<String> AFTER_QUERY = Set.of(")", "UNION", "INTERSECT", "EXCEPT", "ORDER", "LIMIT");

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
        return tokens.peek(ahead).is("SELECT")
                || tokens.peek(ahead).is("WITH") && tokens.peek(ahead + 2).is("AS");
    }

    /** Whether a query begins here, and not an expression that begins with one: {@code (SELECT 1) + 1}. */
    boolean atWholeQuery() {
        return atQuery() && parenthesesEndQueries();
    }

    /** Whether after each of the parentheses that begin here a query may go on or end. */
    private boolean parenthesesEndQueries() {
        int begun = 0;
        while (tokens.peek(begun).is("(")) {
            begun++;
        }
        int open = begun;
        for (int ahead = begun; open > 0; ahead++) {
            Token token = tokens.peek(ahead);
            open += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            boolean ended = open < begun;
            if (token.kind() == Kind.END
                    || ended && !AFTER_QUERY.contains(tokens.peek(ahead + 1).upper())) {
                return false;
            }
            begun = Math.min(begun, open);
        }
        return true;
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
        return tokens.takeIf("WITH") ? tokens.commaSeparated(this::commonTable) : List.of();
    }

    private Query.With commonTable() {
        Token name = tokens.nameToken();
        tokens.require("AS", "(");
        var with = new Query.With(name, query());
        tokens.require(")");
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
        String operator = operator();
        String next = operator;
        while (!next.isEmpty()) {
            if (!next.equals(operator)) {
                throw SqlRefused.syntax(
                        "Different set operations cannot be used in the same query without using parentheses for"
                                + " grouping",
                        tokens.peek());
            }
            parts.add(part());
            next = operator();
        }
        return parts.size() == 1 ? parts.get(0) : new Query.Union(at, operator, parts);
    }

    /** Empty if there is none. */
    private String operator() {
        Token at = tokens.peek();
        if (tokens.takeIf("UNION", "ALL")) {
            return "UNION ALL";
        }
        for (String operator : List.of("UNION", "INTERSECT", "EXCEPT")) {
            if (tokens.takeIf(operator, "DISTINCT")) {
                return operator;
            }
        }
        if (at.is("UNION") || at.is("INTERSECT") || at.is("EXCEPT")) {
            throw SqlRefused.syntax("Expected keyword ALL or keyword DISTINCT", tokens.peek(1));
        }
        return "";
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
        String as = as();
        List<Item> items = items();
        Query.@Nullable Source from = tokens.takeIf("FROM") ? sources.source() : null;
        @Nullable Expression where = tokens.takeIf("WHERE") ? expressions.expression() : null;
        List<Expression> groupBy = tokens.takeIf("GROUP", "BY") ? expressions.list() : List.of();
        @Nullable Expression having = tokens.takeIf("HAVING") ? expressions.expression() : null;
        @Nullable Expression qualify = tokens.takeIf("QUALIFY") ? expressions.expression() : null;
        return new Query.Select(at, distinct, as, items, from, where, groupBy, having, qualify, windows());
    }

    private String as() {
        if (!tokens.takeIf("AS")) {
            return "";
        }
        Token as = tokens.take();
        if (!as.is("STRUCT") && !as.is("VALUE")) {
            throw SqlRefused.unsupported("SELECT AS " + as.text(), as);
        }
        return as.upper();
    }

    private Map<String, Expression.Window> windows() {
        Map<String, Expression.Window> windows = new HashMap<>();
        if (tokens.takeIf("WINDOW")) {
            do {
                String name = tokens.name().toLowerCase(Locale.ROOT);
                tokens.require("AS");
                windows.put(name, expressions.calls().specification());
            } while (tokens.takeIf(","));
        }
        return windows;
    }

    /** Stands for a window that is defined later. */
    Expression.Window namedWindow(Token name) {
        return new Expression.Window(name, List.of(), List.of(), null);
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
            return new Query.Star(first, null, except(), replace());
        }
        if (first.isName() && tokens.peek(1).is(".") && tokens.peek(2).is("*")) {
            tokens.take();
            tokens.require(".", "*");
            return new Query.Star(first, first, except(), replace());
        }
        Expression expression = expressions.expression();
        boolean as = tokens.takeIf("AS");
        return new Query.Computed(expression, as || tokens.peek().isName() ? tokens.nameToken() : null);
    }

    private List<Token> except() {
        return tokens.takeIf("EXCEPT", "(") ? tokens.closedList(tokens::nameToken) : List.of();
    }

    private List<Query.Computed> replace() {
        return tokens.takeIf("REPLACE", "(") ? tokens.closedList(this::replacement) : List.of();
    }

    private Query.Computed replacement() {
        Expression expression = expressions.expression();
        tokens.require("AS");
        return new Query.Computed(expression, tokens.nameToken());
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
