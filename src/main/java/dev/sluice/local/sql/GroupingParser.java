package dev.sluice.local.sql;

import dev.sluice.local.sql.Query.Grouping;
import java.util.List;
import java.util.function.Supplier;

/** Reads what stands after GROUP BY. */
final class GroupingParser {

    private final Tokens tokens;
    private final ExpressionParser expressions;

    GroupingParser(Tokens tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    List<Grouping> groupBy() {
        Token at = tokens.peek();
        if (tokens.takeIf("ALL")) {
            return List.of(new Grouping(at, "ALL", null, List.of()));
        }
        if (at.is("(") && tokens.peek(1).is(")")) {
            return List.of(set());
        }
        boolean sets = at.is("ROLLUP") || at.is("CUBE") || at.is("GROUPING");
        return sets ? List.of(sets()) : tokens.commaSeparated(this::item);
    }

    private Grouping item() {
        Token at = tokens.peek();
        if (at.is("ROLLUP") || at.is("CUBE") || at.is("GROUPING")) {
            throw SqlRefused.unsupported(at.upper() + " beside other items of GROUP BY", at);
        }
        return new Grouping(at, "ITEM", expressions.expression(), List.of());
    }

    private Grouping sets() {
        Token at = tokens.take();
        if (!at.is("GROUPING")) {
            return new Grouping(at, at.upper(), null, list(this::itemOrSet));
        }
        tokens.require("SETS");
        return new Grouping(at, "GROUPING SETS", null, list(this::partOfSets));
    }

    private Grouping partOfSets() {
        return tokens.peek().is("ROLLUP") || tokens.peek().is("CUBE") ? sets() : itemOrSet();
    }

    private Grouping itemOrSet() {
        boolean query = tokens.peek(1).is("SELECT") || tokens.peek(1).is("WITH");
        return tokens.peek().is("(") && !query ? set() : item();
    }

    private Grouping set() {
        Token at = tokens.peek();
        if (tokens.takeIf("(", ")")) {
            return new Grouping(at, "SET", null, List.of());
        }
        return new Grouping(at, "SET", null, list(this::item));
    }

    private List<Grouping> list(Supplier<Grouping> part) {
        tokens.require("(");
        return tokens.closedList(part);
    }
}
