package dev.sluice.local.sql;

import dev.sluice.local.sql.Query.Source;
import java.util.List;
import java.util.Set;

/** Reads what stands after FROM. */
final class SourceParser {

    private static final Set<String> JOIN_WORDS = Set.of("JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS");

    private static final int MAX_DEPTH = 50;

    private final Tokens tokens;
    private final QueryParser queries;
    private final ExpressionParser expressions;
    private final TableParser tables;
    private final PivotParser pivots;
    private int depth;

    SourceParser(Tokens tokens, QueryParser queries, ExpressionParser expressions) {
        this.tokens = tokens;
        this.queries = queries;
        this.expressions = expressions;
        this.tables = new TableParser(tokens, expressions);
        this.pivots = new PivotParser(tokens, expressions, tables);
    }

    Source source() {
        Source left = primary();
        while (true) {
            Token at = tokens.peek();
            if (tokens.takeIf(",")) {
                left = new Query.Join(at, "CROSS", left, primary(), null, List.of());
            } else if (isJoin()) {
                left = join(at, left);
            } else {
                return left;
            }
        }
    }

    private boolean isJoin() {
        return JOIN_WORDS.contains(tokens.peek().upper()) && !SetOperationParser.isNext(tokens);
    }

    private Source join(Token at, Source left) {
        String kind = kind();
        Source right = primary();
        if (kind.equals("CROSS") || right instanceof Query.Unnest && !isConditional()) {
            return new Query.Join(at, kind, left, right, null, List.of());
        }
        // the conditions of joins may follow one another, the innermost first
        while (isJoin()) {
            right = join(tokens.peek(), right);
        }
        if (tokens.takeIf("USING", "(")) {
            return new Query.Join(at, kind, left, right, null, tokens.closedList(tokens::nameToken));
        }
        if (right instanceof Query.Table table && table.mayBeArray() && !isConditional()) {
            return new Query.Join(at, kind, left, right, null, List.of());
        }
        tokens.require("ON");
        return new Query.Join(at, kind, left, right, expressions.expression(), List.of());
    }

    private boolean isConditional() {
        return tokens.peek().is("ON") || tokens.peek().is("USING");
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
        Source source = unturned();
        while (pivots.isNext()) {
            source = pivots.turned(source);
        }
        return source;
    }

    private Source unturned() {
        Token at = tokens.peek();
        if (at.is("(") && !QueryStart.is(tokens)) {
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
            return new Query.Derived(query, tables.alias());
        }
        return tables.table();
    }

    private static Source refused(Token at) {
        throw SqlRefused.unsupported("joins that nest deeper than " + MAX_DEPTH, at);
    }
}
