package dev.sluice.local.functions;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A positive FLOAT64 as a decimal that reads back as the same number, by the algorithm that writes the numbers of Google's
 * JSON: Grisu2 of Florian Loitsch, "Printing Floating-Point Numbers Quickly and Accurately with Integers" (2010), figure 6.
 * Its digits are nearly always the fewest and the nearest, and where they are not, Google's are not either. Used once.
 */
final class ShortDecimal {

    private static final int FRACTION_BITS = 52;
    private static final long HIDDEN_BIT = 1L << FRACTION_BITS;
    private static final int BIAS = 1023 + FRACTION_BITS;

    /** Powers of ten are eight apart, from the least on, and bring a binary exponent to -60 or a little more. */
    private static final int LEAST_POWER = -300;

    private static final int STEP = 8;
    private static final int EXPONENT = -60;
    private static final double LOG_OF_2 = 0.30102999566398114;
    private static final Map<Integer, Binary> POWERS = new ConcurrentHashMap<>();

    /** {@code f * 2^e}, f without a sign. */
    private record Binary(long f, int e) {

        Binary normalized() {
            int shift = Long.numberOfLeadingZeros(f);
            return new Binary(f << shift, e - shift);
        }

        Binary to(int exponent) {
            return new Binary(f << e - exponent, exponent);
        }

        /** Rounded to 64 bits. */
        Binary times(Binary other) {
            long high = Math.multiplyHigh(f, other.f) + (f >> 63 & other.f) + (other.f >> 63 & f);
            return new Binary(high + (f * other.f >>> 63), e + other.e + Long.SIZE);
        }

        static Binary powerOfTen(int power) {
            BigInteger ten = BigInteger.TEN.pow(Math.abs(power));
            if (power >= 0) {
                return nearest(ten, 0);
            }
            int scale = ten.bitLength() + 2 * Long.SIZE;
            return nearest(BigInteger.ONE.shiftLeft(scale).divide(ten), -scale);
        }

        private static Binary nearest(BigInteger value, int exponent) {
            int extra = value.bitLength() - Long.SIZE;
            if (extra <= 0) {
                return new Binary(value.longValue(), exponent).normalized();
            }
            BigInteger rounded = value.shiftRight(extra - 1).add(BigInteger.ONE).shiftRight(1);
            return new Binary(rounded.longValue(), exponent + extra);
        }
    }

    private long digits;
    private int exponent;
    private long delta;
    private long distance;

    private ShortDecimal() {}

    static BigDecimal of(double value) {
        var decimal = new ShortDecimal();
        decimal.generate(value);
        return new BigDecimal(BigInteger.valueOf(decimal.digits), -decimal.exponent);
    }

    private void generate(double value) {
        long bits = Double.doubleToLongBits(value);
        long fraction = bits & HIDDEN_BIT - 1;
        int e = (int) (bits >>> FRACTION_BITS);
        var number = e == 0 ? new Binary(fraction, 1 - BIAS) : new Binary(fraction | HIDDEN_BIT, e - BIAS);
        Binary upper = new Binary(2 * number.f + 1, number.e - 1).normalized();
        Binary lower = fraction == 0 && e > 1
                ? new Binary(4 * number.f - 1, number.e - 2).to(upper.e)
                : new Binary(2 * number.f - 1, number.e - 1).to(upper.e);
        int power = power(upper.e);
        Binary scale = POWERS.computeIfAbsent(power, Binary::powerOfTen);
        long most = upper.times(scale).f - 1;
        exponent = -power;
        delta = most - (lower.times(scale).f + 1);
        distance = most - number.normalized().times(scale).f;
        generate(most, -upper.times(scale).e);
    }

    private static int power(int binaryExponent) {
        int least = (int) Math.ceil((EXPONENT - binaryExponent - 1) * LOG_OF_2);
        return LEAST_POWER + (least - LEAST_POWER + STEP - 1) / STEP * STEP;
    }

    /** @param bits of the number behind the point */
    private void generate(long most, int bits) {
        long whole = most >>> bits;
        long part = most & (1L << bits) - 1;
        long ten = 1;
        int left = 1;
        for (; whole / ten >= 10; left++) {
            ten *= 10;
        }
        for (; left > 0; ten /= 10) {
            digits = 10 * digits + whole / ten;
            whole %= ten;
            left--;
            long rest = (whole << bits) + part;
            if (Long.compareUnsigned(rest, delta) <= 0) {
                exponent += left;
                round(rest, ten << bits);
                return;
            }
        }
        generateFraction(part, bits);
    }

    private void generateFraction(long begun, int bits) {
        long part = begun;
        do {
            part *= 10;
            digits = 10 * digits + (part >>> bits);
            part &= (1L << bits) - 1;
            exponent--;
            delta *= 10;
            distance *= 10;
        } while (Long.compareUnsigned(part, delta) > 0);
        round(part, 1L << bits);
    }

    /** Takes from the last digit while that comes nearer to the number. */
    private void round(long begun, long unit) {
        long rest = begun;
        while (Long.compareUnsigned(rest, distance) < 0
                && Long.compareUnsigned(delta - rest, unit) >= 0
                && (Long.compareUnsigned(rest + unit, distance) < 0
                        || Long.compareUnsigned(distance - rest, rest + unit - distance) > 0)) {
            digits--;
            rest += unit;
        }
    }
}
