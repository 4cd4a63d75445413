package dev.sluice.bigquery.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * What stands in parentheses behind a type.
 *
 * @param maxLength of STRING(n) in characters, of BYTES(n) in bytes; null if unlimited
 * @param precision of NUMERIC(p, s) and BIGNUMERIC(p, s), in digits; null if that of the type
 * @param scale decimals of those; 0 if only the precision was given, null if that of the type
 */
public record TypeLimits(
        @Nullable Long maxLength,
        @Nullable Long precision,
        @Nullable Long scale) {

    public static final TypeLimits NONE = new TypeLimits(null, null, null);

    static TypeLimits length(long most) {
        return new TypeLimits(most, null, null);
    }

    static TypeLimits decimal(long precision, long scale) {
        return new TypeLimits(null, precision, scale);
    }
}
