package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Constant;
import dev.sluice.local.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what operators stand between. */
final class PrimaryParser {

    private static final Set<String> TYPED =
            Set.of("DATE", "TIMESTAMP", "DATETIME", "TIME", "NUMERIC", "DECIMAL", "BIGNUMERIC", "BIGDECIMAL", "JSON");

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final QueryParser queries;
    private final CallParser calls;
    private final SpecialFormParser forms;
    private final CollectionParser collections;
    private boolean tookSign;

    PrimaryParser(Tokens tokens, ExpressionParser expressions, QueryParser queries) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.queries = queries;
        this.calls = new CallParser(tokens, expressions, queries);
        this.forms = new SpecialFormParser(tokens, expressions, queries, calls);
        this.collections = new CollectionParser(tokens, expressions, queries, calls);
    }

    CallParser calls() {
        return calls;
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
            case BYTES -> new Constant(tokens.take(), Type.BYTES, token.value());
            case PARAMETER -> new Expression.Parameter(tokens.take());
            case QUOTED -> path();
            case WORD -> word(token);
            case SYMBOL -> token.is("[") ? collections.array() : parenthesis(token);
            case END -> throw SqlRefused.syntax("Unexpected end of statement", token);
        };
        Expression whole = collections.suffixed(primary);
        tookSign = sign;
        return whole;
    }

    private static Expression number(Token token, String sign) {
        String text = token.text();
        boolean integer =
                text.startsWith("0x") || text.startsWith("0X") || text.chars().allMatch(Character::isDigit);
        return new Constant(token, integer ? Type.INT64 : Type.FLOAT64, sign + text);
    }

    private Expression parenthesis(Token token) {
        tokens.require("(");
        Expression inner =
                QueryStart.isWhole(tokens) ? new Expression.Scalar(token, queries.query()) : expressions.expression();
        if (tokens.peek().is(",")) {
            return collections.tuple(token, inner);
        }
        tokens.require(")");
        return inner;
    }

    private Expression word(Token token) {
        return switch (token.upper()) {
            case "NULL" -> new Constant(tokens.take(), Type.NULL, "");
            case "TRUE", "FALSE" -> new Constant(tokens.take(), Type.BOOL, token.upper());
            case "CASE" -> forms.cases();
            case "CAST", "SAFE_CAST" -> tokens.peek(1).is("(") ? forms.cast() : path();
            case "EXISTS" -> forms.exists();
            case "WITH" -> forms.let();
            case "EXTRACT" -> forms.extract();
            case "INTERVAL" -> throw SqlRefused.unsupported("INTERVAL here", token);
            case "ARRAY" -> collections.array();
            case "STRUCT" -> collections.struct();
            case "CURRENT_DATE", "CURRENT_DATETIME", "CURRENT_TIME", "CURRENT_TIMESTAMP" ->
                tokens.peek(1).is("(") || tokens.peek(1).is(".")
                        ? typedOrNamed(token)
                        : new Expression.Call(tokens.take(), List.of());
            case "IF", "LEFT", "RIGHT", "GROUPING" -> calls.call(tokens.take(), false);
            default -> typedOrNamed(token);
        };
    }

    private Expression typedOrNamed(Token token) {
        if (TYPED.contains(token.upper()) && tokens.peek(1).kind() == Kind.STRING) {
            tokens.take();
            Type type = Type.named(token.upper()).orElseThrow();
            return new Constant(token, type, tokens.take().value());
        }
        return FunctionName.next(tokens).map(this::call).orElseGet(this::path);
    }

    private Expression call(FunctionName name) {
        for (int i = 0; i < name.length(); i++) {
            tokens.take();
        }
        return calls.call(name.token(), name.safe());
    }

    private Expression path() {
        List<Token> parts = new ArrayList<>();
        Token first = tokens.nameToken();
        parts.add(first);
        while (!tokens.peek(1).is("*") && tokens.takeIf(".")) {
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
}
