package dev.sluice.local.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression as written. */
sealed interface Expression {

    /** Where it begins, or its operator. */
    Token at();

    /** @param value decoded; empty for NULL */
    record Constant(Token at, Type type, String value) implements Expression {}

    record Parameter(Token at) implements Expression {}

    record Name(List<Token> parts) implements Expression {

        @Override
        public Token at() {
            return parts.get(0);
        }

        Token last() {
            return parts.get(parts.size() - 1);
        }
    }

    record Unary(Token at, Expression operand) implements Expression {}

    record Binary(Token at, Expression left, Expression right) implements Expression {}

    /** @param what NULL, TRUE or FALSE */
    record Is(Token at, Expression operand, String what) implements Expression {}

    record In(Token at, Expression operand, List<Expression> values) implements Expression {}

    record InQuery(Token at, Expression operand, Query query) implements Expression {}

    record Like(Token at, Expression operand, Expression pattern) implements Expression {}

    record Case(
            Token at,
            @Nullable Expression operand,
            List<When> branches,
            @Nullable Expression otherwise) implements Expression {}

    record When(Expression condition, Expression result) {}

    record Cast(Token at, Expression operand, Type type, boolean safe) implements Expression {}

    /** @param star as in {@code COUNT(*)} */
    record Call(Token at, boolean distinct, boolean star, List<Expression> arguments) implements Expression {}

    /** Only as an argument. */
    record Interval(Token at, Expression amount, Token unit) implements Expression {}

    record Scalar(Token at, Query query) implements Expression {}

    record Exists(Token at, Query query) implements Expression {}
}
