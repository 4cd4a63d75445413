package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Binary;
import dev.sluice.local.sql.Expression.Unary;
import java.util.ArrayList;
import java.util.List;

/** Reads operators, loosest first. */
final class ExpressionParser {

    private static final int MAX_DEPTH = 100;

    private final Tokens tokens;
    private final ComparisonParser comparisons;
    private final PrimaryParser primaries;
    private int depth;

    ExpressionParser(Tokens tokens, QueryParser queries) {
        this.tokens = tokens;
        this.comparisons = new ComparisonParser(tokens, this, queries);
        this.primaries = new PrimaryParser(tokens, this, queries);
    }

    CallParser calls() {
        return primaries.calls();
    }

    Expression expression() {
        if (depth == MAX_DEPTH) {
            throw SqlRefused.unsupported("expressions that nest deeper than " + MAX_DEPTH, tokens.peek());
        }
        depth++;
        Expression expression = or();
        depth--;
        return expression;
    }

    List<Expression> list() {
        return tokens.commaSeparated(this::expression);
    }

    Expression expressionOrDefault() {
        Token next = tokens.peek();
        return tokens.takeIf("DEFAULT") ? new Expression.Default(next) : expression();
    }

    private Expression or() {
        Expression left = and();
        while (tokens.peek().is("OR")) {
            left = new Binary(tokens.take(), left, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (tokens.peek().is("AND")) {
            left = new Binary(tokens.take(), left, not());
        }
        return left;
    }

    private Expression not() {
        List<Token> nots = new ArrayList<>();
        while (tokens.peek().is("NOT")) {
            nots.add(0, tokens.take());
        }
        Expression operand = comparisons.comparison();
        for (Token not : nots) {
            operand = new Unary(not, operand);
        }
        return operand;
    }

    /** What comparisons compare. */
    Expression operand() {
        Expression left = exclusive();
        while (tokens.peek().is("|")) {
            left = new Binary(tokens.take(), left, exclusive());
        }
        return left;
    }

    private Expression exclusive() {
        Expression left = both();
        while (tokens.peek().is("^")) {
            left = new Binary(tokens.take(), left, both());
        }
        return left;
    }

    private Expression both() {
        Expression left = shifted();
        while (tokens.peek().is("&")) {
            left = new Binary(tokens.take(), left, shifted());
        }
        return left;
    }

    private Expression shifted() {
        Expression left = sum();
        while (isShift()) {
            Token at = tokens.take();
            left = new Binary(at.symbol(at.text() + tokens.take().text()), left, sum());
        }
        return left;
    }

    private boolean isShift() {
        Token first = tokens.peek();
        Token second = tokens.peek(1);
        return (first.is("<") || first.is(">"))
                && second.text().equals(first.text())
                && second.line() == first.line()
                && second.column() == first.column() + 1;
    }

    Expression sum() {
        Expression left = product();
        while (tokens.peek().is("+") || tokens.peek().is("-")) {
            Token operator = tokens.take();
            boolean interval = tokens.peek().is("INTERVAL");
            left = new Binary(operator, left, interval ? calls().interval() : product());
        }
        return left;
    }

    private Expression product() {
        Expression left = signed();
        while (tokens.peek().is("*") || tokens.peek().is("/") || tokens.peek().is("||")) {
            left = new Binary(tokens.take(), left, signed());
        }
        return left;
    }

    private Expression signed() {
        List<Token> signs = new ArrayList<>();
        while (tokens.peek().is("-") || tokens.peek().is("+") || tokens.peek().is("~")) {
            signs.add(0, tokens.take());
        }
        Expression operand = primaries.primary(!signs.isEmpty() && signs.get(0).is("-"));
        for (Token sign : signs.subList(primaries.tookSign() ? 1 : 0, signs.size())) {
            operand = new Unary(sign, operand);
        }
        return operand;
    }
}
