package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Binary;
import dev.sluice.local.sql.Expression.Unary;
import dev.sluice.local.sql.Token.Kind;
import java.util.Set;

/** Reads comparisons, and the tests IS, LIKE, BETWEEN and IN. */
final class ComparisonParser {

    private static final Set<String> COMPARISONS = Set.of("=", "<", ">", "<=", ">=", "!=", "<>");

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final QueryParser queries;

    ComparisonParser(Tokens tokens, ExpressionParser expressions, QueryParser queries) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.queries = queries;
    }

    Expression comparison() {
        Expression left = expressions.operand();
        Token operator = tokens.peek();
        if (operator.kind() == Kind.SYMBOL && COMPARISONS.contains(operator.text())) {
            return new Binary(tokens.take(), left, expressions.operand());
        }
        if (tokens.takeIf("IS")) {
            return is(operator, left);
        }
        boolean definition = tokens.peek(1).is("NULL");
        if (!definition && tokens.takeIf("NOT")) {
            return new Unary(operator, test(left, "NOT "));
        }
        boolean test = operator.is("LIKE") || operator.is("BETWEEN") || operator.is("IN");
        return test ? test(left, "") : left;
    }

    private Expression is(Token at, Expression operand) {
        Token negation = tokens.peek();
        boolean negated = tokens.takeIf("NOT");
        Token what = tokens.take();
        if (what.is("DISTINCT")) {
            tokens.require("FROM");
            var distinct = new Binary(what, operand, expressions.operand());
            return negated ? new Unary(negation, distinct) : distinct;
        }
        if (!Set.of("NULL", "TRUE", "FALSE", "UNKNOWN").contains(what.upper())) {
            throw SqlRefused.syntax("Unexpected " + Tokens.describe(what), what);
        }
        var check = new Expression.Is(at, operand, what.upper());
        return negated ? new Unary(negation, check) : check;
    }

    private Expression test(Expression left, String not) {
        Token at = tokens.peek();
        if (tokens.takeIf("LIKE")) {
            boolean all = tokens.peek().is("ALL");
            if (all || tokens.peek().is("ANY") || tokens.peek().is("SOME")) {
                // what matches not all has one that it does not match
                return likeEach(at, left, all == not.isEmpty());
            }
            Expression pattern = expressions.operand();
            NullLiterals.requireNone(at.symbol(not + "LIKE"), left, pattern);
            return new Expression.Like(at, left, pattern);
        }
        if (tokens.takeIf("BETWEEN")) {
            Expression low = expressions.operand();
            Token and = tokens.peek();
            tokens.require("AND");
            Expression high = expressions.operand();
            return new Binary(and, new Binary(at.symbol(">="), left, low), new Binary(at.symbol("<="), left, high));
        }
        tokens.require("IN");
        return in(at, left);
    }

    /** Of several patterns, one or all. */
    private Expression likeEach(Token at, Expression left, boolean all) {
        tokens.take();
        boolean unnested = tokens.takeIf("UNNEST");
        tokens.require("(");
        Token first = tokens.peek();
        Expression result;
        if (unnested) {
            result = new Expression.LikeArray(at, left, expressions.expression(), all);
        } else if (QueryStart.isWhole(tokens)) {
            result = new Expression.LikeArray(at, left, new Expression.ArrayQuery(first, queries.query()), all);
        } else {
            result = new Expression.LikeListed(at, left, expressions.list(), all);
        }
        tokens.require(")");
        return result;
    }

    private Expression in(Token at, Expression left) {
        if (tokens.takeIf("UNNEST", "(")) {
            var in = new Expression.InArray(at, left, expressions.expression());
            tokens.require(")");
            return in;
        }
        tokens.require("(");
        Expression in = QueryStart.isWhole(tokens)
                ? new Expression.InQuery(at, left, queries.query())
                : new Expression.In(at, left, expressions.list());
        tokens.require(")");
        return in;
    }
}
