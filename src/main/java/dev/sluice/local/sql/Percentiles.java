package dev.sluice.local.sql;

import dev.sluice.local.sql.Expression.Call;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Percentiles over a window; NULL is passed over. */
final class Percentiles {

    private static final int DIGITS = 9;
    private static final int MOST_DIGITS = 400;

    /** Much nearer than that, a part ends at a value and not behind it; DuckDB's product with a count is not that exact. */
    private static final BigDecimal NEAR = new BigDecimal("1e-14");

    private static final BigDecimal STEP = new BigDecimal("1e-15");

    private final Call call;
    private final String window;
    private final Expression said;

    /** @param window DuckDB's OVER clause */
    Percentiles(Call call, String window) {
        this.call = call;
        this.window = window.replace("%", "%%");
        this.said = call.arguments().get(1);
    }

    Typed translate(Typed value, Typed part) {
        if (!value.type().isComparable()) {
            throw Coercions.mismatch(call.at(), value, part);
        }
        BigDecimal exact = exact(part);
        return call.at().is("PERCENTILE_DISC") ? discrete(value, exact) : continuous(value, part.type(), exact);
    }

    /** What the literal says, as FLOAT64 if it is no decimal. */
    private BigDecimal exact(Typed part) {
        String what = "Argument 2 to " + call.at().upper();
        if (Settled.isNull(said)) {
            throw SqlRefused.wrong(what + " must be non-NULL", said.at());
        }
        if (!Settled.is(said, part)) {
            throw SqlRefused.wrong(what + " must be a literal or query parameter", said.at());
        }
        boolean respectful = Boolean.FALSE.equals(call.modifiers().ignoreNulls());
        if (respectful || !(said instanceof Expression.Constant constant)) {
            throw SqlRefused.unsupported(
                    call.at().upper() + " with RESPECT NULLS, or with anything but a literal", call.at());
        }
        return between(constant, part.type(), what);
    }

    private static BigDecimal between(Expression.Constant constant, Type type, String what) {
        BigDecimal part;
        try {
            part = new BigDecimal(constant.value());
        } catch (NumberFormatException e) {
            throw SqlRefused.unsupported("this percentile", constant.at());
        }
        if (part.signum() < 0 || part.compareTo(BigDecimal.ONE) > 0) {
            throw SqlRefused.wrong(what + " must be between 0 and 1", constant.at());
        }
        if (part.scale() > MOST_DIGITS) {
            throw SqlRefused.unsupported("a percentile of so many digits", constant.at());
        }
        return type.isDecimal() ? part : new BigDecimal(part.doubleValue());
    }

    /** The first value that as large a part does not exceed. */
    private Typed discrete(Typed value, BigDecimal exact) {
        Typed finite = value.type().equals(Type.FLOAT64) ? Guards.onlyFinite(value) : value;
        return Typed.aggregated(
                value.type(), "quantile_disc(%s, CAST('" + ending(exact) + "' AS DOUBLE))" + window, finite);
    }

    /** Where it ends next to a value it is moved so far to the right side of it that DuckDB tells the same. */
    private static double ending(BigDecimal exact) {
        BigDecimal told = exact.setScale(DIGITS, RoundingMode.HALF_EVEN);
        if (exact.subtract(told).abs().compareTo(NEAR) > 0) {
            return exact.doubleValue();
        }
        BigDecimal moved = exact.compareTo(told) > 0 ? told.add(STEP) : told.subtract(STEP);
        return moved.max(BigDecimal.ZERO).min(BigDecimal.ONE).doubleValue();
    }

    private Typed continuous(Typed value, Type part, BigDecimal exact) {
        if (value.type().isDecimal() && part.isDecimal()) {
            boolean big = value.type().equals(Type.BIGNUMERIC) || part.equals(Type.BIGNUMERIC);
            return decimal(Coercions.to(big ? Type.BIGNUMERIC : Type.NUMERIC, value, call.at()), exact);
        }
        Typed number = Guards.onlyFinite(Coercions.to(Type.FLOAT64, value, call.at()));
        String text = String.valueOf(exact.doubleValue());
        return Typed.aggregated(Type.FLOAT64, exact.doubleValue() == 0.5 ? middle() : among(weighed(text)), number);
    }

    /** The middle is between the least of the upper half and the greatest of the lower half. */
    private String middle() {
        return "(quantile_disc(%1$s, 0.5)" + window + " * CAST(0.5 AS DOUBLE) - quantile_disc(-%1$s, 0.5)" + window
                + " * CAST(0.5 AS DOUBLE))";
    }

    private static String weighed(String part) {
        String where = "(CAST(len(_sluice_sorted) AS BIGINT), '" + part + "')";
        String place = "bq_percentile_place" + where;
        return lower(place) + " * bq_percentile_lower" + where + " + " + upper(place) + " * bq_percentile_upper"
                + where;
    }

    private static String lower(String place) {
        return "list_extract(_sluice_sorted, " + place + ")";
    }

    private static String upper(String place) {
        return "coalesce(list_extract(_sluice_sorted, " + place + " + 1), list_extract(_sluice_sorted, -1))";
    }

    private Typed decimal(Typed value, BigDecimal exact) {
        boolean big = value.type().equals(Type.BIGNUMERIC);
        String part = exact.toPlainString();
        String place = "bq_percentile_place_exactly(CAST(len(_sluice_sorted) AS BIGINT), '" + part + "')";
        String text = big ? "bq_bignumeric_text(%s)" : "CAST(%s AS VARCHAR)";
        String between = "bq_percentile_between(" + text.formatted(lower(place)) + " || ' ' || "
                + text.formatted(upper(place)) + " || ' ' || CAST(len(_sluice_sorted) AS VARCHAR), '" + part + " "
                + (big ? 38 : 9) + "')";
        String stored = big ? "bq_bignumeric_parse(" + between + ")" : "CAST(" + between + " AS DECIMAL(38,9))";
        return Typed.aggregated(value.type(), among(stored), value);
    }

    /** All values of the window, which are sorted once for each partition. */
    private String among(String found) {
        String sorted = "(list(%1$s ORDER BY %1$s) FILTER (WHERE %1$s IS NOT NULL)" + window + ")";
        return "list_extract(list_transform([" + sorted + "], lambda _sluice_sorted: " + found + "), 1)";
    }
}
