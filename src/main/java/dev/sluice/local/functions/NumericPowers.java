package dev.sluice.local.functions;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Powers and logarithms of NUMERIC. Google computes them in binary fractions that end somewhere beyond the eightieth digit; a
 * result whose last decimal hangs on where they end is refused.
 */
final class NumericPowers {

    private static final MathContext PRECISION = new MathContext(110);
    private static final BigDecimal DOUBT =
            BigDecimal.ONE.divide(BigDecimal.valueOf(2).pow(80), PRECISION);
    private static final BigDecimal MOST = BigDecimal.valueOf(67);
    private static final BigDecimal LEAST = BigDecimal.valueOf(-22);
    private static final int HALVINGS = 20;
    private static final int TERMS = 22;
    private static final int MOST_BINARY_DIGITS = 60;
    private static final int SCALE = 9;

    private NumericPowers() {}

    static String exp(String number) {
        BigDecimal exponent = new BigDecimal(number);
        return power(exponent, BigDecimal.ONE, call("EXP", exponent));
    }

    static String ln(String number) {
        BigDecimal of = new BigDecimal(number);
        return Numerics.certain(naturalLog(of, "LN"), DOUBT, call("LN", of));
    }

    static String log10(String number) {
        BigDecimal of = new BigDecimal(number);
        BigDecimal logarithm = naturalLog(of, "LOG10").divide(naturalLog(BigDecimal.TEN), PRECISION);
        return Numerics.certain(logarithm, DOUBT, call("LOG10", of));
    }

    static String log(String number, String base) {
        BigDecimal of = new BigDecimal(number);
        BigDecimal by = new BigDecimal(base);
        String call = call("LOG", of, by);
        if (of.signum() <= 0 || by.signum() <= 0 || by.compareTo(BigDecimal.ONE) == 0) {
            throw new GoogleError("LOG is undefined for zero or negative value, or when base equals 1: " + call);
        }
        BigDecimal divisor = naturalLog(by);
        BigDecimal logarithm = naturalLog(of).divide(divisor, PRECISION);
        BigDecimal doubt = logarithm.abs().add(BigDecimal.ONE).multiply(DOUBT).divide(divisor.abs(), PRECISION);
        return Numerics.certain(logarithm, doubt, call);
    }

    static String power(String number, String exponent) {
        BigDecimal base = new BigDecimal(number);
        BigDecimal by = new BigDecimal(exponent);
        String call = call("POW", base, by);
        boolean whole = by.stripTrailingZeros().scale() <= 0;
        if (base.signum() < 0 && !whole) {
            throw new GoogleError("Negative NUMERIC value cannot be raised to a fractional power: " + call);
        }
        if (base.signum() == 0 && by.signum() < 0) {
            throw new GoogleError("division by zero: " + call);
        }
        if (base.signum() == 0) {
            return by.signum() == 0 ? "1" : "0";
        }
        boolean negative = base.signum() < 0 && by.toBigInteger().testBit(0);
        String size = isBinary(base, by)
                ? Numerics.certain(base.abs().pow(by.intValueExact()), BigDecimal.ZERO, call)
                : power(naturalLog(base.abs()).multiply(by, PRECISION), by.abs(), call);
        return negative ? new BigDecimal(size).negate().toPlainString() : size;
    }

    /** Whether a power has so few binary digits that all are carried along. */
    private static boolean isBinary(BigDecimal base, BigDecimal exponent) {
        BigDecimal most = BigDecimal.valueOf(MOST_BINARY_DIGITS);
        if (exponent.signum() < 0
                || exponent.compareTo(most) > 0
                || exponent.stripTrailingZeros().scale() > 0) {
            return false;
        }
        int behindPoint = 0;
        BigDecimal scaled = base.stripTrailingZeros();
        while (scaled.scale() > 0 && behindPoint <= SCALE) {
            scaled = scaled.add(scaled).stripTrailingZeros();
            behindPoint++;
        }
        return scaled.scale() <= 0 && behindPoint * exponent.intValueExact() <= MOST_BINARY_DIGITS;
    }

    /** @param factor how many times the doubt about the exponent counts, 1 at least */
    private static String power(BigDecimal exponent, BigDecimal factor, String call) {
        if (exponent.compareTo(MOST) >= 0) {
            throw new GoogleError("numeric overflow: " + call);
        }
        if (exponent.compareTo(LEAST) <= 0 || exponent.signum() == 0) {
            return exponent.signum() == 0 ? "1" : "0";
        }
        BigDecimal power = exponential(exponent);
        BigDecimal doubt =
                power.multiply(factor.max(BigDecimal.ONE)).add(BigDecimal.ONE).multiply(DOUBT);
        return Numerics.certain(power, doubt, call);
    }

    /** By its series, of a part of the exponent that is small. */
    private static BigDecimal exponential(BigDecimal exponent) {
        BigDecimal part = exponent.divide(BigDecimal.valueOf(1L << HALVINGS), PRECISION);
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ONE;
        for (int i = 1; i <= TERMS; i++) {
            term = term.multiply(part, PRECISION).divide(BigDecimal.valueOf(i), PRECISION);
            sum = sum.add(term, PRECISION);
        }
        for (int i = 0; i < HALVINGS; i++) {
            sum = sum.multiply(sum, PRECISION);
        }
        return sum;
    }

    private static BigDecimal naturalLog(BigDecimal of, String function) {
        if (of.signum() <= 0) {
            throw new GoogleError(
                    "%s is undefined for zero or negative value: %s".formatted(function, call(function, of)));
        }
        return naturalLog(of);
    }

    /** By Halley's method, which triples the digits of a double each time. */
    private static BigDecimal naturalLog(BigDecimal of) {
        BigDecimal logarithm = BigDecimal.valueOf(Math.log(of.doubleValue()));
        for (int i = 0; i < 3; i++) {
            BigDecimal power = exponential(logarithm);
            BigDecimal change = of.subtract(power).divide(of.add(power), PRECISION);
            logarithm = logarithm.add(change.add(change), PRECISION);
        }
        return logarithm;
    }

    private static String call(String function, BigDecimal... operands) {
        return Numerics.call(function, operands);
    }
}
