package dev.sluice.local.sql;

import java.util.List;

/** What a RANGE of offsets is measured by, as numbers of DuckDB that no offset leads out of. */
record RangeKey(Typed key, Query.Ordering ordering) {

    private static final String MOST = "CAST(170141183460469231731687303715884105727 AS HUGEINT)";

    /** @throws SqlRefused if BigQuery has no such range, or the local one */
    static RangeKey of(List<Typed> keys, List<Query.Ordering> order, Token at) {
        if (keys.size() != 1) {
            throw SqlRefused.wrong(
                    "A RANGE-based window with OFFSET PRECEDING or OFFSET FOLLOWING boundaries must have exactly one"
                            + " ORDER BY key",
                    at);
        }
        Type type = keys.get(0).type();
        Token where = order.get(0).expression().at();
        if (type.equals(Type.BIGNUMERIC)) {
            throw SqlRefused.unsupported("RANGE of offsets over " + type, where);
        }
        if (!type.isNumber()) {
            throw SqlRefused.wrong(
                    "ORDER BY key must be numeric in a RANGE-based window with OFFSET PRECEDING or OFFSET FOLLOWING"
                            + " boundaries, but has type " + type,
                    where);
        }
        return new RangeKey(keys.get(0), order.get(0));
    }

    Type type() {
        return key.type();
    }

    /** NaN stands before all numbers: DuckDB, for which it is the greatest, sorts FLOAT64 the other way round. */
    String order() {
        boolean nullsFirst = ordering.nullsFirst() == null ? !ordering.descending() : ordering.nullsFirst();
        boolean turned = type().equals(Type.FLOAT64);
        return (turned ? "-(" + key.sql() + ")" : whole(key.sql()))
                + (ordering.descending() == turned ? " ASC" : " DESC")
                + (nullsFirst ? " NULLS FIRST" : " NULLS LAST");
    }

    /** Without a point. */
    private String whole(String number) {
        return type().equals(Type.NUMERIC)
                ? "CAST(replace(CAST(" + number + " AS VARCHAR), '.', '') AS HUGEINT)"
                : "CAST(" + number + " AS HUGEINT)";
    }

    /** Whether an offset leads to the key itself, as zero does, and any from NaN or an infinity. */
    Typed isReached(Typed amount, boolean preceding) {
        boolean lower = preceding != ordering.descending();
        return type().equals(Type.FLOAT64)
                ? Typed.of(Type.BOOL, "(%1$s " + (lower ? "-" : "+") + " %2$s IS NOT DISTINCT FROM %1$s)", key, amount)
                : Typed.of(Type.BOOL, "(%s = 0)", amount);
    }

    /** Of each row: how far away the bound is, at most as far as there are numbers. */
    String offset(String amount, boolean preceding) {
        boolean lower = preceding != ordering.descending();
        if (type().equals(Type.FLOAT64)) {
            return floating(amount, lower, preceding);
        }
        String format = lower
                ? "CASE WHEN %1$s < %2$s - " + MOST + " THEN %1$s + " + MOST + " ELSE %2$s END"
                : "CASE WHEN %1$s > " + MOST + " - %2$s THEN " + MOST + " - %1$s ELSE %2$s END";
        return format.formatted(whole(key.sql()), whole(amount));
    }

    /** An infinity less itself is no bound. */
    private String floating(String amount, boolean lower, boolean preceding) {
        String error = Guards.error(
                "Offset value cannot be positive infinity when there exists a %s infinity order key for an offset %s on %s partition"
                        .formatted(
                                lower ? "positive" : "negative",
                                preceding ? "PRECEDING" : "FOLLOWING",
                                ordering.descending() ? "a descending" : "an ascending"),
                Type.FLOAT64);
        return "CASE WHEN isinf(%1$s) AND %2$s = CAST('%3$s' AS DOUBLE) THEN %4$s ELSE %1$s END"
                .formatted(amount, key.sql(), lower ? "inf" : "-inf", error);
    }
}
