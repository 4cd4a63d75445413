package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Constant;
import dev.sluice.local.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what operators stand between. */
final class PrimaryParser {

    private static final Set<String> TYPED = Set.of("DATE", "TIMESTAMP", "DATETIME", "TIME", "NUMERIC", "DECIMAL");

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final QueryParser queries;
    private boolean tookSign;

    PrimaryParser(Tokens tokens, ExpressionParser expressions, QueryParser queries) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.queries = queries;
    }

    /** Whether the minus before the last primary became part of a number: the least INT64 has no positive. */
    boolean tookSign() {
        return tookSign;
    }

    Expression primary(boolean afterMinus) {
        Token token = tokens.peek();
        boolean sign = afterMinus && token.kind() == Kind.NUMBER;
        Expression primary = switch (token.kind()) {
            case NUMBER -> number(tokens.take(), sign ? "-" : "");
            case STRING -> new Constant(tokens.take(), Type.STRING, token.value());
            case PARAMETER -> new Expression.Parameter(tokens.take());
            case QUOTED -> path();
            case WORD -> word(token);
            case SYMBOL -> parenthesis(token);
            case END -> throw SqlRefused.syntax("Unexpected end of statement", token);
        };
        if (tokens.peek().is("[")) {
            throw SqlRefused.unsupported("arrays", tokens.peek());
        }
        tookSign = sign;
        return primary;
    }

    private static Expression number(Token token, String sign) {
        String text = token.text();
        boolean integer = text.chars().allMatch(Character::isDigit);
        return new Constant(token, integer ? Type.INT64 : Type.FLOAT64, sign + text);
    }

    private Expression parenthesis(Token token) {
        tokens.require("(");
        Expression inner = queries.atQuery() ? new Expression.Scalar(token, queries.query()) : expressions.expression();
        if (tokens.peek().is(",")) {
            throw SqlRefused.unsupported("structs", token);
        }
        tokens.require(")");
        return inner;
    }

    private Expression word(Token token) {
        return switch (token.upper()) {
            case "NULL" -> new Constant(tokens.take(), Type.NULL, "");
            case "TRUE", "FALSE" -> new Constant(tokens.take(), Type.BOOL, token.upper());
            case "CASE" -> cases();
            case "CAST", "SAFE_CAST" -> tokens.peek(1).is("(") ? cast() : path();
            case "EXISTS" -> exists();
            case "EXTRACT" -> extract();
            case "INTERVAL" -> throw SqlRefused.unsupported("INTERVAL here", token);
            case "IF", "LEFT", "RIGHT" -> call(tokens.take());
            default -> typedOrNamed(token);
        };
    }

    private Expression typedOrNamed(Token token) {
        if (TYPED.contains(token.upper()) && tokens.peek(1).kind() == Kind.STRING) {
            tokens.take();
            Type type = Type.named(token.upper()).orElseThrow();
            return new Constant(token, type, tokens.take().value());
        }
        return token.isName() && tokens.peek(1).is("(") ? call(tokens.take()) : path();
    }

    private Expression path() {
        List<Token> parts = new ArrayList<>();
        Token first = tokens.nameToken();
        parts.add(first);
        while (tokens.takeIf(".")) {
            Token part = tokens.take();
            if (part.kind() != Kind.WORD && part.kind() != Kind.QUOTED) {
                throw SqlRefused.syntax("Unexpected " + Tokens.describe(part), part);
            }
            parts.add(part);
        }
        if (tokens.peek().is("(")) {
            throw SqlRefused.unsupported("functions by a path or a quoted name", first);
        }
        return new Expression.Name(List.copyOf(parts));
    }

    private Expression call(Token name) {
        tokens.require("(");
        boolean distinct = tokens.takeIf("DISTINCT");
        boolean star = !distinct && tokens.takeIf("*");
        List<Expression> arguments = new ArrayList<>();
        if (!star && !tokens.peek().is(")")) {
            do {
                arguments.add(tokens.peek().is("INTERVAL") ? interval() : expressions.expression());
            } while (tokens.takeIf(","));
        }
        tokens.require(")");
        if (tokens.peek().is("OVER")) {
            throw SqlRefused.unsupported("window functions", tokens.peek());
        }
        return new Expression.Call(name, distinct, star, List.copyOf(arguments));
    }

    private Expression interval() {
        Token at = tokens.take();
        Expression amount = expressions.expression();
        return new Expression.Interval(at, amount, tokens.take());
    }

    private Expression extract() {
        Token at = tokens.take();
        tokens.require("(");
        var part = new Expression.Name(List.of(tokens.take()));
        tokens.require("FROM");
        Expression from = expressions.expression();
        tokens.require(")");
        return new Expression.Call(at, false, false, List.of(part, from));
    }

    private Expression exists() {
        Token at = tokens.take();
        tokens.require("(");
        var exists = new Expression.Exists(at, queries.query());
        tokens.require(")");
        return exists;
    }

    private Expression cast() {
        Token at = tokens.take();
        tokens.require("(");
        Expression operand = expressions.expression();
        tokens.require("AS");
        Token type = tokens.take();
        if (!tokens.peek().is(")")) {
            throw SqlRefused.unsupported("casts to parameterized types or with FORMAT", type);
        }
        tokens.require(")");
        Type to = Type.named(type.text()).orElseThrow(() -> SqlRefused.unsupported("the type " + type.text(), type));
        return new Expression.Cast(at, operand, to, at.is("SAFE_CAST"));
    }

    private Expression cases() {
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
