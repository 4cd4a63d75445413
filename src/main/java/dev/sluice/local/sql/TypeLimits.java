package dev.sluice.local.sql;

import org.jspecify.annotations.Nullable;

/**
 * The parameters of a type, such as STRING(10); null where there is none.
 *
 * @param length of STRING in characters, of BYTES in bytes
 * @param precision of NUMERIC
 * @param scale of NUMERIC, 0 if only the precision is said
 * @param halfEven whether halves are rounded to even digits instead of away from zero
 */
public record TypeLimits(
        @Nullable Long length,
        @Nullable Long precision,
        @Nullable Long scale,
        boolean halfEven) {

    public static final TypeLimits NONE = new TypeLimits(null, null, null, false);

    /** Of NUMERIC: how many digits its values have before the point, and behind it. */
    public static final int MOST_WHOLE_DIGITS = 29;

    public static final int MOST_SCALE = 9;

    /** @throws SqlRefused if the type has no such parameters */
    static TypeLimits read(Type type, Tokens tokens) {
        Token at = tokens.peek();
        if (!tokens.takeIf("(")) {
            return NONE;
        }
        long first = number(tokens);
        @Nullable Long second = tokens.takeIf(",") ? Long.valueOf(number(tokens)) : null;
        tokens.require(")");
        boolean text = type.equals(Type.STRING) || type.equals(Type.BYTES);
        if (text && second == null && first > 0) {
            return new TypeLimits(first, null, null, false);
        }
        if (!type.equals(Type.NUMERIC)) {
            throw type.equals(Type.BIGNUMERIC)
                    ? SqlRefused.unsupported("parameters of BIGNUMERIC", at)
                    : SqlRefused.wrong("%s does not support type parameters".formatted(type), at);
        }
        long scale = second == null ? 0 : second;
        if (scale > MOST_SCALE || first < Math.max(1, scale) || first - scale > MOST_WHOLE_DIGITS) {
            throw SqlRefused.wrong("In NUMERIC(P, S), S must be from 0 to 9 and P from max(1, S) to S + 29", at);
        }
        return new TypeLimits(null, first, scale, false);
    }

    private static long number(Tokens tokens) {
        Token number = tokens.take();
        if (number.kind() != Token.Kind.NUMBER || !number.text().matches("\\d{1,18}")) {
            throw SqlRefused.syntax("Expected integer literal but got " + Tokens.describe(number), number);
        }
        return Long.parseLong(number.text());
    }

    /** Whether all that keeps within the other keeps within this. */
    public boolean includes(TypeLimits other) {
        return includes(length, other.length)
                && (precision == null
                        || other.precision != null
                                && whole(this) >= whole(other)
                                && orZero(scale) >= orZero(other.scale));
    }

    private static boolean includes(@Nullable Long most, @Nullable Long other) {
        return most == null || other != null && other <= most;
    }

    private static long whole(TypeLimits limits) {
        return orZero(limits.precision) - orZero(limits.scale);
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }

    /** Values that are too long or too large are errors; others are rounded. Those of BIGNUMERIC are left alone. */
    Typed enforced(Typed value) {
        boolean text = value.type().equals(Type.STRING) || value.type().equals(Type.BYTES);
        if (length != null && text) {
            return within(value, length);
        }
        return precision != null && value.type().equals(Type.NUMERIC)
                ? rounded(value, precision, orZero(scale))
                : value;
    }

    private static Typed within(Typed value, long most) {
        String size = value.type().equals(Type.BYTES) ? "octet_length(%1$s)" : "length(%1$s)";
        return value.as(
                value.type(),
                "CASE WHEN %1$s IS NULL OR " + size + " <= " + most + " THEN %1$s ELSE CAST(bq_error('"
                        + "%s(%d) has maximum length %2$d but got a value with length '".formatted(value.type(), most)
                        + " || CAST(" + size + " AS VARCHAR)) AS "
                        + value.type().duckDb() + ") END");
    }

    private static String nines(long digits, int most) {
        return "9".repeat((int) Math.min(most, Math.max(0, digits)));
    }

    private Typed rounded(Typed value, long precision, long scale) {
        String most =
                "0" + nines(precision - scale, MOST_WHOLE_DIGITS) + (scale == 0 ? "" : "." + nines(scale, MOST_SCALE));
        String type = scale == 0 ? "NUMERIC(%d)".formatted(precision) : "NUMERIC(%d, %d)".formatted(precision, scale);
        String error = Guards.error(
                "%s has precision %d and scale %d but got a value that is not in range of [-%4$s, %4$s]"
                        .formatted(type, precision, scale, most.replaceFirst("^0(?=\\d)", "")),
                Type.NUMERIC);
        String rounded = "CAST(" + (halfEven ? "round_even" : "round") + "(%1$s, " + scale + ") AS "
                + Type.NUMERIC.duckDb() + ")";
        return value.as(
                Type.NUMERIC,
                "CASE WHEN %1$s IS NULL OR abs(" + rounded + ") <= CAST('" + most + "' AS " + Type.NUMERIC.duckDb()
                        + ") THEN " + rounded + " ELSE " + error + " END");
    }
}
