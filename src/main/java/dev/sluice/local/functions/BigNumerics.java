package dev.sluice.local.functions;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * BIGNUMERIC: 256 bits, 38 digits of which are behind the point. DuckDB has no such number. It stands there as a text whose
 * order is that of the numbers: how many steps of 10^-38 it is above the least one, in 64 hexadecimal digits.
 */
public final class BigNumerics {

    public static final int SCALE = 38;
    /** Of each stored number. */
    static final int LENGTH = 64;

    private static final int BITS = 256;
    private static final int HEX = 16;
    private static final int MOST_INTEGERS = 39;
    private static final BigInteger ZERO_AT = BigInteger.ONE.shiftLeft(BITS - 1);
    private static final BigDecimal EXACT_AS_DOUBLE = BigDecimal.valueOf(1L << 53);

    private BigNumerics() {}

    /** @throws ArithmeticException if it has more decimals or is out of range, before its digits are written out */
    public static String stored(BigDecimal number) {
        if (number.signum() != 0 && integers(number) <= -SCALE) {
            throw new ArithmeticException("out of range");
        }
        return coded(number, RoundingMode.UNNECESSARY);
    }

    /**
     * Half away from zero to 38 decimals.
     *
     * @throws ArithmeticException if it is out of range
     */
    public static String nearest(BigDecimal number) {
        return coded(number, RoundingMode.HALF_UP);
    }

    /** How many digits it has before the point; negative if it begins with zeros behind it. */
    private static long integers(BigDecimal number) {
        return (long) number.precision() - number.scale();
    }

    /** Its digits are written out only if it is in range. */
    private static String coded(BigDecimal number, RoundingMode rounding) {
        if (number.signum() == 0 || integers(number) < -SCALE) {
            return coded(BigDecimal.ZERO.setScale(SCALE));
        }
        if (integers(number) > MOST_INTEGERS) {
            throw new ArithmeticException("out of range");
        }
        return coded(number.setScale(SCALE, rounding));
    }

    private static String coded(BigDecimal scaled) {
        BigInteger place = scaled.unscaledValue().add(ZERO_AT);
        if (place.signum() < 0 || place.bitLength() > BITS) {
            throw new ArithmeticException("out of range");
        }
        String hex = place.toString(HEX);
        return "0".repeat(LENGTH - hex.length()) + hex;
    }

    static BigDecimal number(String stored) {
        return new BigDecimal(new BigInteger(stored, HEX).subtract(ZERO_AT), SCALE).stripTrailingZeros();
    }

    static String text(String stored) {
        return number(stored).toPlainString();
    }

    /** Rounded half away from zero to 38 decimals. */
    static String parsed(String text) {
        try {
            return nearest(new BigDecimal(text.strip()));
        } catch (NumberFormatException | ArithmeticException e) {
            throw new GoogleError("Invalid BIGNUMERIC value: " + text);
        }
    }

    /** Of all digits that a double has, rounded half away from zero. */
    static String ofDouble(Double number) {
        if (!Double.isFinite(number)) {
            throw new GoogleError("Illegal conversion of non-finite floating point number to BIGNUMERIC");
        }
        try {
            return coded(new BigDecimal(number).setScale(SCALE, RoundingMode.HALF_UP));
        } catch (ArithmeticException e) {
            throw new GoogleError("BIGNUMERIC out of range: " + number);
        }
    }

    /** Half away from zero. */
    static String rounded(String stored, Long digits) {
        int scale = (int) Math.max(-MOST_INTEGERS - 1, Math.min(SCALE, digits));
        return overflowing(number(stored).setScale(scale, RoundingMode.HALF_UP), "ROUND");
    }

    static String truncated(String stored, Long digits) {
        int scale = (int) Math.max(-MOST_INTEGERS - 1, Math.min(SCALE, digits));
        return overflowing(number(stored).setScale(scale, RoundingMode.DOWN), "TRUNC");
    }

    static String absolute(String stored) {
        return overflowing(number(stored).abs(), "ABS");
    }

    /** @throws GoogleError if it is out of range */
    static String overflowing(BigDecimal number, String function) {
        try {
            return coded(number.setScale(SCALE));
        } catch (ArithmeticException e) {
            throw new GoogleError("BIGNUMERIC overflow: " + function);
        }
    }

    /** Whole numbers that a double holds stand for themselves, others in quotation marks. */
    static String json(String stored) {
        BigDecimal number = number(stored);
        boolean plain = number.scale() <= 0 && number.abs().compareTo(EXACT_AS_DOUBLE) <= 0;
        return plain ? number.toPlainString() : "\"" + number.toPlainString() + "\"";
    }
}
