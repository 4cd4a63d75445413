package dev.sluice.local.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression as written. */
sealed interface Expression {

    /** Where it begins, or its operator. */
    Token at();

    /** What a column or a field is called that is computed by it and has no name; null if nothing. */
    default @Nullable String impliedName() {
        return null;
    }

    /** @param value decoded; empty for NULL */
    record Constant(Token at, Type type, String value) implements Expression {}

    /** What has been translated before. */
    record Translated(Token at, Typed value) implements Expression {}

    /** WITH: what names stand for in those after them, and in the result. */
    record Let(Token at, List<Query.Computed> variables, Expression result) implements Expression {}

    /** Only as what is written into a column. */
    record Default(Token at) implements Expression {}

    record Parameter(Token at) implements Expression {}

    record Name(List<Token> parts) implements Expression {

        /** A path that stands for what is written otherwise. */
        static Name of(Token at, List<String> path) {
            return new Name(path.stream().map(at::quoted).toList());
        }

        @Override
        public Token at() {
            return parts.get(0);
        }

        @Override
        public String impliedName() {
            return parts.get(parts.size() - 1).value();
        }
    }

    record Unary(Token at, Expression operand) implements Expression {}

    record Binary(Token at, Expression left, Expression right) implements Expression {}

    /** @param what NULL, TRUE, FALSE or UNKNOWN */
    record Is(Token at, Expression operand, String what) implements Expression {}

    record In(Token at, Expression operand, List<Expression> values) implements Expression {}

    record InQuery(Token at, Expression operand, Query query) implements Expression {}

    record InArray(Token at, Expression operand, Expression array) implements Expression {}

    record Like(Token at, Expression operand, Expression pattern) implements Expression {}

    /** @param all whether all patterns have to match, or one */
    record LikeListed(Token at, Expression operand, List<Expression> patterns, boolean all) implements Expression {}

    /** @param all whether all patterns have to match, or one */
    record LikeArray(Token at, Expression operand, Expression patterns, boolean all) implements Expression {}

    record Case(
            Token at,
            @Nullable Expression operand,
            List<When> branches,
            @Nullable Expression otherwise) implements Expression {}

    record When(Expression condition, Expression result) {}

    record Cast(Token at, Expression operand, Type type, TypeLimits limits, boolean safe) implements Expression {}

    /**
     * A cast by a format.
     *
     * @param zone of AT TIME ZONE, null if it is not said
     */
    record FormattedCast(
            Cast cast, Expression format, @Nullable Expression zone) implements Expression {

        @Override
        public Token at() {
            return cast.at();
        }
    }

    /**
     * @param safe whether errors become NULL
     * @param star as in {@code COUNT(*)}
     */
    record Call(
            Token at,
            boolean safe,
            boolean distinct,
            boolean star,
            List<Expression> arguments,
            Modifiers modifiers,
            @Nullable Window over)
            implements Expression {

        Call(Token at, List<Expression> arguments) {
            this(at, false, false, false, arguments, Modifiers.NONE, null);
        }

        Call with(List<Expression> others) {
            return new Call(at, safe, distinct, star, others, modifiers, over);
        }
    }

    /** What may follow the arguments of an aggregate, inside its parentheses. */
    record Modifiers(
            @Nullable Boolean ignoreNulls,
            List<Query.Ordering> order,
            @Nullable Token limit) {

        static final Modifiers NONE = new Modifiers(null, List.of(), null);
        static final Modifiers IGNORING_NULLS = new Modifiers(true, List.of(), null);

        boolean isNone() {
            return ignoreNulls == null && order.isEmpty() && limit == null;
        }
    }

    /**
     * @param base the window that it extends, null if there is none
     * @param frame in DuckDB's SQL, null if none is said
     */
    record Window(
            Token at,
            @Nullable Token base,
            List<Expression> partition,
            List<Query.Ordering> order,
            @Nullable Frame frame) {

        Window with(Frame other) {
            return new Window(at, base, partition, order, other);
        }
    }

    record Frame(boolean rows, Bound from, Bound to) {}

    /** @param amount null for UNBOUNDED and CURRENT ROW */
    record Bound(String words, @Nullable Expression amount) {

        static final Bound CURRENT_ROW = new Bound("CURRENT ROW", null);
    }

    /** Only as an argument. */
    record Interval(Token at, Expression amount, Token unit) implements Expression {}

    /** Only as an argument. */
    record Named(Token at, Expression value) implements Expression {}

    /** Only as an argument: a date part with a time zone or a weekday. */
    record Zoned(Token at, Expression operand, Expression zone) implements Expression {}

    record Scalar(Token at, Query query) implements Expression {}

    record Exists(Token at, Query query) implements Expression {}

    record ArrayQuery(Token at, Query query) implements Expression {}

    /** @param element null if not said */
    record Array(Token at, @Nullable Type element, List<Expression> values) implements Expression {}

    /** @param type null if not said */
    record Struct(Token at, @Nullable Type type, List<Expression> values, List<@Nullable String> names)
            implements Expression {}

    record Field(Token at, Expression base) implements Expression {

        @Override
        public String impliedName() {
            return at.value();
        }
    }

    /** @param how OFFSET, ORDINAL, SAFE_OFFSET, SAFE_ORDINAL, or empty */
    record Subscript(Token at, Expression base, String how, Expression index) implements Expression {}
}
