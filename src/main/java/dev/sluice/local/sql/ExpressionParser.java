package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Binary;
import dev.sluice.local.sql.Expression.Unary;
import dev.sluice.local.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads operators, loosest first. */
final class ExpressionParser {

    private static final Set<String> COMPARISONS = Set.of("=", "<", ">", "<=", ">=", "!=", "<>");
    private static final int MAX_DEPTH = 100;

    private final Tokens tokens;
    private final QueryParser queries;
    private final PrimaryParser primaries;
    private int depth;

    ExpressionParser(Tokens tokens, QueryParser queries) {
        this.tokens = tokens;
        this.queries = queries;
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

    /** DEFAULT is NULL, as long as no column can have another default. */
    Expression expressionOrDefault() {
        Token next = tokens.peek();
        return tokens.takeIf("DEFAULT") ? new Expression.Constant(next, Type.NULL, "") : expression();
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
        Expression operand = comparison();
        for (Token not : nots) {
            operand = new Unary(not, operand);
        }
        return operand;
    }

    private Expression comparison() {
        Expression left = sum();
        Token operator = tokens.peek();
        if (operator.kind() == Kind.SYMBOL && COMPARISONS.contains(operator.text())) {
            return new Binary(tokens.take(), left, sum());
        }
        if (tokens.takeIf("IS")) {
            return is(operator, left);
        }
        if (tokens.takeIf("NOT")) {
            return new Unary(operator, test(left));
        }
        boolean test = operator.is("LIKE") || operator.is("BETWEEN") || operator.is("IN");
        return test ? test(left) : left;
    }

    private Expression is(Token at, Expression operand) {
        Token negation = tokens.peek();
        boolean negated = tokens.takeIf("NOT");
        Token what = tokens.take();
        if (what.is("DISTINCT")) {
            tokens.require("FROM");
            var distinct = new Binary(what, operand, sum());
            return negated ? new Unary(negation, distinct) : distinct;
        }
        if (!what.is("NULL") && !what.is("TRUE") && !what.is("FALSE")) {
            throw SqlRefused.unsupported("IS " + what.text(), what);
        }
        var check = new Expression.Is(at, operand, what.upper());
        return negated ? new Unary(negation, check) : check;
    }

    private Expression test(Expression left) {
        Token at = tokens.peek();
        if (tokens.takeIf("LIKE")) {
            if (tokens.peek().is("ANY")
                    || tokens.peek().is("ALL")
                    || tokens.peek().is("SOME")) {
                throw SqlRefused.unsupported("LIKE " + tokens.peek().upper(), at);
            }
            return new Expression.Like(at, left, sum());
        }
        if (tokens.takeIf("BETWEEN")) {
            Expression low = sum();
            Token and = tokens.peek();
            tokens.require("AND");
            Expression high = sum();
            return new Binary(and, new Binary(at.symbol(">="), left, low), new Binary(at.symbol("<="), left, high));
        }
        tokens.require("IN");
        return in(at, left);
    }

    private Expression in(Token at, Expression left) {
        if (tokens.takeIf("UNNEST", "(")) {
            var in = new Expression.InArray(at, left, expression());
            tokens.require(")");
            return in;
        }
        tokens.require("(");
        Expression in = queries.atWholeQuery()
                ? new Expression.InQuery(at, left, queries.query())
                : new Expression.In(at, left, list());
        tokens.require(")");
        return in;
    }

    Expression sum() {
        Expression left = product();
        while (tokens.peek().is("+") || tokens.peek().is("-")) {
            left = new Binary(tokens.take(), left, product());
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
        while (tokens.peek().is("-") || tokens.peek().is("+")) {
            signs.add(0, tokens.take());
        }
        Expression operand = primaries.primary(!signs.isEmpty() && signs.get(0).is("-"));
        for (Token sign : signs.subList(primaries.tookSign() ? 1 : 0, signs.size())) {
            operand = new Unary(sign, operand);
        }
        return operand;
    }
}
