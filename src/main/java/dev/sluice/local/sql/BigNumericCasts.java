package dev.sluice.local.sql;

import dev.sluice.local.functions.BigNumerics;
import java.math.BigDecimal;

/** Conversions to and from BIGNUMERIC, which is stored as {@link BigNumerics} says. */
final class BigNumericCasts {

    private BigNumericCasts() {}

    static boolean concerns(Type from, Type to) {
        return from.equals(Type.BIGNUMERIC) || to.equals(Type.BIGNUMERIC);
    }

    /** Of all types but STRING. */
    static Typed cast(Typed value, Type to, boolean safe, Token at) {
        String bq = safe ? "bq_safe_" : "bq_";
        return switch (value.type() + " TO " + to) {
            case "INT64 TO BIGNUMERIC", "NUMERIC TO BIGNUMERIC" ->
                value.as(to, "bq_bignumeric_parse(CAST(%s AS VARCHAR))");
            case "FLOAT64 TO BIGNUMERIC" -> value.as(to, bq + "bignumeric_double(%s)");
            case "BIGNUMERIC TO STRING" -> value.as(to, "bq_bignumeric_text(%s)");
            case "BIGNUMERIC TO FLOAT64" -> value.as(to, "CAST(bq_bignumeric_text(%s) AS DOUBLE)");
            case "BIGNUMERIC TO NUMERIC" ->
                value.as(to, Casts.tried(safe, bq + "numeric_parse(bq_bignumeric_text(%s))", to));
            case "BIGNUMERIC TO INT64" ->
                value.as(to, Casts.tried(safe, "bq_bignumeric_text(" + bq + "bignumeric_round(%s, 0))", to));
            default -> throw SqlRefused.unsupported("casting " + value.type() + " TO " + to, at);
        };
    }

    /** @throws NumberFormatException if it is none, or has too many digits */
    static Typed literal(String text) {
        try {
            return Typed.constant(Type.BIGNUMERIC, "'" + BigNumerics.stored(new BigDecimal(text)) + "'");
        } catch (ArithmeticException e) {
            throw new NumberFormatException(e.getMessage());
        }
    }

    /** @throws NumberFormatException if it is none, or out of range */
    static Typed rounded(String text) {
        try {
            return Typed.constant(Type.BIGNUMERIC, "'" + BigNumerics.nearest(new BigDecimal(text)) + "'");
        } catch (ArithmeticException e) {
            throw new NumberFormatException(e.getMessage());
        }
    }
}
