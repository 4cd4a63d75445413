package dev.sluice.local.sql;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which rows around its own a function over a window sees. */
final class Frames {

    private final ExpressionTranslator expressions;

    Frames(ExpressionTranslator expressions) {
        this.expressions = expressions;
    }

    static boolean isRangeOfOffsets(Expression.@Nullable Frame frame) {
        return frame != null
                && !frame.rows()
                && (frame.from().amount() != null || frame.to().amount() != null);
    }

    /**
     * The bound of a RANGE that lies on the far side of its row: DuckDB looks for it up to the row only, and so misses rows of
     * the same key if an offset leads nowhere.
     */
    static Expression.@Nullable Bound beyond(Expression.@Nullable Frame frame) {
        if (frame == null || !isRangeOfOffsets(frame)) {
            return null;
        }
        return frame.to().words().equals("PRECEDING")
                ? frame.to()
                : frame.from().words().equals("FOLLOWING") ? frame.from() : null;
    }

    /** The same frame if an offset leads nowhere. */
    static Expression.Frame upToPeers(Expression.Frame frame) {
        return frame.to().words().equals("PRECEDING")
                ? new Expression.Frame(false, frame.from(), Expression.Bound.CURRENT_ROW)
                : new Expression.Frame(false, Expression.Bound.CURRENT_ROW, frame.to());
    }

    /** Whether an offset leads nowhere. */
    Typed leadsNowhere(Expression.Bound bound, RangeKey key) {
        Expression amount = Objects.requireNonNull(bound.amount());
        return key.isReached(expressions.to(key.type(), amount), bound.words().equals("PRECEDING"));
    }

    /** @param key what a RANGE of offsets is measured by, null if the frame is none */
    String sql(Expression.@Nullable Frame frame, @Nullable RangeKey key) {
        return frame == null
                ? ""
                : " %s BETWEEN %s AND %s"
                        .formatted(frame.rows() ? "ROWS" : "RANGE", bound(frame.from(), key), bound(frame.to(), key));
    }

    private String bound(Expression.Bound bound, @Nullable RangeKey key) {
        @Nullable Expression amount = bound.amount();
        if (amount == null) {
            return bound.words();
        }
        requireSettled(amount);
        Typed offset = checked(expressions.to(key == null ? Type.INT64 : key.type(), amount), amount);
        boolean preceding = bound.words().equals("PRECEDING");
        return (key == null ? offset.sql() : key.offset(offset.sql(), preceding)) + " " + bound.words();
    }

    private void requireSettled(Expression amount) {
        if (Settled.isNull(amount)) {
            throw SqlRefused.wrong("Window framing expression cannot be NULL", amount.at());
        }
        if (Settled.isNegative(amount)) {
            throw SqlRefused.wrong("Window framing expression cannot evaluate to a negative value", amount.at());
        }
        if (!Settled.is(amount, expressions.translate(amount))) {
            throw SqlRefused.wrong("Window framing expression must be a literal or parameter", amount.at());
        }
    }

    /** Parameters are known when the query runs. */
    private static Typed checked(Typed offset, Expression said) {
        if (said instanceof Expression.Constant) {
            return offset;
        }
        boolean floating = offset.type().equals(Type.FLOAT64);
        String text = floating ? "bq_double_cast(%1$s)" : "CAST(%1$s AS VARCHAR)";
        String negative = floating ? "%1$s < 0 OR isnan(%1$s)" : "%1$s < 0";
        String raised = Guards.raised(
                "'Window frame offset for PRECEDING or FOLLOWING must be non-negative, but was ' || " + text,
                offset.type());
        return offset.as(
                offset.type(),
                "CASE WHEN %1$s IS NULL THEN "
                        + Guards.error("The boundary offset value cannot be null", offset.type()) + " WHEN " + negative
                        + " THEN " + raised + " ELSE %1$s END");
    }
}
