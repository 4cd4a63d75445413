package dev.sluice.local.sql;

import dev.sluice.local.sql.Query.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one SELECT, up to what sorts and cuts the whole query. */
final class SelectParser {

    private static final Set<String> BEHIND_ITEMS = Set.of(
            "FROM", "WHERE", "GROUP", "HAVING", "QUALIFY", "WINDOW", "UNION", "INTERSECT", "EXCEPT", "ORDER", "LIMIT");

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final SourceParser sources;
    private final GroupingParser groupings;

    SelectParser(Tokens tokens, ExpressionParser expressions, SourceParser sources) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.sources = sources;
        this.groupings = new GroupingParser(tokens, expressions);
    }

    Query.Select select() {
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
        List<Query.Grouping> groupBy = tokens.takeIf("GROUP", "BY") ? groupings.groupBy() : List.of();
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
                windows.put(name, NamedWindows.extended(expressions.calls().window(), windows));
            } while (tokens.takeIf(","));
        }
        return windows;
    }

    private List<Item> items() {
        List<Item> items = new ArrayList<>();
        do {
            // a comma may follow the last item
            if (!items.isEmpty() && isBehindItems(tokens.peek())) {
                break;
            }
            items.add(item());
        } while (tokens.takeIf(","));
        return items;
    }

    private static boolean isBehindItems(Token token) {
        return token.kind() == Token.Kind.END
                || token.kind() == Token.Kind.WORD && BEHIND_ITEMS.contains(token.upper())
                || token.kind() == Token.Kind.SYMBOL && Set.of(")", ";").contains(token.text());
    }

    private Item item() {
        Token first = tokens.peek();
        if (tokens.takeIf("*")) {
            return new Query.Star(first, null, except(), replace());
        }
        Expression expression = expressions.expression();
        if (tokens.takeIf(".", "*")) {
            return new Query.Star(first, expression, except(), replace());
        }
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
}
