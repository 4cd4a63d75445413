package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Call;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what stands in and after the parentheses of a function. */
final class CallParser {

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final QueryParser queries;

    CallParser(Tokens tokens, ExpressionParser expressions, QueryParser queries) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.queries = queries;
    }

    Call call(Token name, boolean safe) {
        tokens.require("(");
        boolean distinct = tokens.takeIf("DISTINCT");
        boolean star = !distinct && tokens.takeIf("*");
        boolean empty = star || tokens.peek().is(")");
        List<Expression> arguments = empty ? List.of() : tokens.commaSeparated(this::argument);
        if (tokens.takeIf("HAVING")) {
            return extreme(name, arguments, distinct || safe);
        }
        Expression.Modifiers modifiers = modifiers();
        tokens.require(")");
        Expression.@Nullable Window over = tokens.takeIf("OVER") ? window() : null;
        return new Call(name, safe, distinct, star, List.copyOf(arguments), modifiers, over);
    }

    /** {@code MAX_BY} and {@code MIN_BY} are other names of it. */
    private Call extreme(Token name, List<Expression> arguments, boolean modified) {
        if (modified || !name.is("ANY_VALUE")) {
            throw SqlRefused.unsupported("HAVING in " + name.upper(), name);
        }
        boolean most = tokens.takeIf("MAX");
        if (!most) {
            tokens.require("MIN");
        }
        List<Expression> both = new ArrayList<>(arguments);
        both.add(expressions.expression());
        tokens.require(")");
        return new Call(name.word(most ? "MAX_BY" : "MIN_BY"), List.copyOf(both));
    }

    private Expression argument() {
        Token token = tokens.peek();
        if (token.is("INTERVAL")) {
            return interval();
        }
        if (QueryStart.is(tokens) && !token.is("(")) {
            return new Expression.Scalar(token, queries.query());
        }
        if (tokens.peek(1).is("=") && tokens.peek(2).is(">")) {
            Token name = tokens.take();
            tokens.require("=", ">");
            return new Expression.Named(name, expressions.expression());
        }
        return expressions.expression();
    }

    Expression.Interval interval() {
        Token at = tokens.take();
        Expression amount = expressions.expression();
        Token unit = tokens.take();
        if (tokens.peek().is("TO")) {
            throw SqlRefused.unsupported("INTERVAL of several parts", at);
        }
        return new Expression.Interval(at, amount, unit);
    }

    private Expression.Modifiers modifiers() {
        @Nullable Boolean ignoreNulls = null;
        if (tokens.takeIf("IGNORE", "NULLS")) {
            ignoreNulls = Boolean.TRUE;
        } else if (tokens.takeIf("RESPECT", "NULLS")) {
            ignoreNulls = Boolean.FALSE;
        }
        List<Query.Ordering> order = queries.order();
        @Nullable Token limit = tokens.takeIf("LIMIT") ? tokens.take() : null;
        return new Expression.Modifiers(ignoreNulls, order, limit);
    }

    /** With nothing but its name if it is defined later. */
    Expression.Window window() {
        Token at = tokens.peek();
        if (!at.is("(")) {
            return new Expression.Window(at, tokens.nameToken(), List.of(), List.of(), null);
        }
        return specification();
    }

    private Expression.Window specification() {
        Token at = tokens.peek();
        tokens.require("(");
        @Nullable Token base = tokens.peek().isName() ? tokens.nameToken() : null;
        List<Expression> partition = tokens.takeIf("PARTITION", "BY") ? expressions.list() : List.of();
        List<Query.Ordering> order = queries.order();
        Expression.@Nullable Frame frame = frame();
        tokens.require(")");
        return new Expression.Window(at, base, partition, order, frame);
    }

    private Expression.@Nullable Frame frame() {
        boolean rows = tokens.peek().is("ROWS");
        if (!rows && !tokens.peek().is("RANGE")) {
            return null;
        }
        tokens.take();
        if (!tokens.takeIf("BETWEEN")) {
            return new Expression.Frame(rows, bound(), Expression.Bound.CURRENT_ROW);
        }
        Expression.Bound from = bound();
        tokens.require("AND");
        return new Expression.Frame(rows, from, bound());
    }

    private Expression.Bound bound() {
        if (tokens.takeIf("CURRENT", "ROW")) {
            return Expression.Bound.CURRENT_ROW;
        }
        @Nullable Expression amount = tokens.takeIf("UNBOUNDED") ? null : expressions.sum();
        Token direction = tokens.take();
        if (!direction.is("PRECEDING") && !direction.is("FOLLOWING")) {
            throw SqlRefused.syntax("Expected PRECEDING or FOLLOWING", direction);
        }
        return new Expression.Bound((amount == null ? "UNBOUNDED " : "") + direction.upper(), amount);
    }
}
