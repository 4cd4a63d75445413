package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads CASE, and what looks like a function but has words between its arguments: CAST, EXTRACT and EXISTS. */
final class SpecialFormParser {

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final QueryParser queries;
    private final CallParser calls;

    SpecialFormParser(Tokens tokens, ExpressionParser expressions, QueryParser queries, CallParser calls) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.queries = queries;
        this.calls = calls;
    }

    Expression extract() {
        Token at = tokens.take();
        tokens.require("(");
        Token name = tokens.take();
        Expression part = tokens.peek().is("(") ? calls.call(name, false) : new Expression.Name(List.of(name));
        tokens.require("FROM");
        Expression from = expressions.expression();
        if (tokens.takeIf("AT", "TIME", "ZONE")) {
            from = new Expression.Zoned(at, from, expressions.expression());
        }
        tokens.require(")");
        return new Expression.Call(at, List.of(part, from));
    }

    Expression let() {
        Token at = tokens.take();
        tokens.require("(");
        List<Query.Computed> variables = new ArrayList<>();
        Set<String> names = new HashSet<>();
        do {
            Token name = tokens.nameToken();
            tokens.require("AS");
            variables.add(new Query.Computed(expressions.expression(), name));
            if (!names.add(Scope.key(name.value()))) {
                throw SqlRefused.wrong("Duplicate alias %s in WITH".formatted(name.value()), name);
            }
            tokens.require(",");
        } while (tokens.peek().isName() && tokens.peek(1).is("AS"));
        Expression result = expressions.expression();
        tokens.require(")");
        return new Expression.Let(at, List.copyOf(variables), result);
    }

    Expression exists() {
        Token at = tokens.take();
        tokens.require("(");
        var exists = new Expression.Exists(at, queries.query());
        tokens.require(")");
        return exists;
    }

    Expression cast() {
        Token at = tokens.take();
        tokens.require("(");
        Expression operand = expressions.expression();
        tokens.require("AS");
        boolean limited = tokens.peek(1).is("(");
        Type to = limited ? new TypeParser(tokens).name() : new TypeParser(tokens).type();
        TypeLimits limits = TypeLimits.read(to, tokens);
        var cast = new Expression.Cast(at, operand, to, limits, at.is("SAFE_CAST"));
        Expression whole = tokens.takeIf("FORMAT") ? formatted(cast) : cast;
        tokens.require(")");
        return whole;
    }

    private Expression formatted(Expression.Cast cast) {
        Expression format = expressions.expression();
        @Nullable Expression zone = tokens.takeIf("AT", "TIME", "ZONE") ? expressions.expression() : null;
        return new Expression.FormattedCast(cast, format, zone);
    }

    Expression cases() {
        Token at = tokens.take();
        @Nullable Expression operand = tokens.peek().is("WHEN") ? null : expressions.expression();
        List<Expression.When> branches = new ArrayList<>();
        while (tokens.takeIf("WHEN")) {
            Expression condition = expressions.expression();
            tokens.require("THEN");
            branches.add(new Expression.When(condition, expressions.expression()));
        }
        if (branches.isEmpty()) {
            throw SqlRefused.syntax("Expected WHEN", tokens.peek());
        }
        @Nullable Expression otherwise = tokens.takeIf("ELSE") ? expressions.expression() : null;
        tokens.require("END");
        return new Expression.Case(at, operand, List.copyOf(branches), otherwise);
    }
}
