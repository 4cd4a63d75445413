package dev.sluice.local.functions;

import java.math.BigInteger;

/**
 * A number without a sign as C's {@code long double} holds it on x86-64: a whole one of 64 bits times a power of two. What
 * is computed is rounded half to even.
 */
record ExtendedDouble(BigInteger significand, int exponent) {

    private static final int BITS = 64;
    private static final int BITS_OF_DOUBLE = 53;
    private static final int LEAST_OF_DOUBLE = -1074;
    private static final ExtendedDouble MOST_OF_DOUBLE = of(Double.MAX_VALUE);
    private static final ExtendedDouble TEN = of(10);

    /** Exact; the sign is dropped. */
    static ExtendedDouble of(double finite) {
        int exponent = Math.max(Math.getExponent(finite), Double.MIN_EXPONENT) - BITS_OF_DOUBLE + 1;
        return new ExtendedDouble(BigInteger.valueOf((long) Math.scalb(Math.abs(finite), -exponent)), exponent);
    }

    /** Multiplied or divided one ten after the other, each time rounded. */
    static ExtendedDouble powerOfTen(int exponent) {
        ExtendedDouble power = of(1);
        for (int i = 0; i < Math.abs(exponent); i++) {
            power = exponent < 0 ? power.dividedBy(TEN) : power.times(TEN);
        }
        return power;
    }

    ExtendedDouble times(ExtendedDouble other) {
        return new ExtendedDouble(significand.multiply(other.significand), exponent + other.exponent).kept(BITS);
    }

    ExtendedDouble dividedBy(ExtendedDouble other) {
        int shift = Math.max(0, BITS + 1 + other.significand.bitLength() - significand.bitLength());
        BigInteger[] parts = significand.shiftLeft(shift).divideAndRemainder(other.significand);
        BigInteger quotient = parts[0].shiftLeft(1).or(BigInteger.valueOf(parts[1].signum()));
        return new ExtendedDouble(quotient, exponent - other.exponent - shift - 1).kept(BITS);
    }

    /** To a whole number, half away from zero. */
    ExtendedDouble whole() {
        return exponent >= 0
                ? this
                : new ExtendedDouble(
                        significand.add(BigInteger.ONE.shiftLeft(-exponent - 1)).shiftRight(-exponent), 0);
    }

    /** To a whole number, towards zero. */
    ExtendedDouble cut() {
        return exponent >= 0 ? this : new ExtendedDouble(significand.shiftRight(-exponent), 0);
    }

    /** @throws ArithmeticException if it is beyond all of them */
    double toDouble() {
        if (compare(MOST_OF_DOUBLE) > 0) {
            throw new ArithmeticException("out of range");
        }
        int bits = Math.min(BITS_OF_DOUBLE, significand.bitLength() + exponent - LEAST_OF_DOUBLE);
        ExtendedDouble kept = kept(Math.max(0, bits));
        return Math.scalb((double) kept.significand.longValueExact(), kept.exponent);
    }

    private int compare(ExtendedDouble other) {
        int least = Math.min(exponent, other.exponent);
        return significand.shiftLeft(exponent - least).compareTo(other.significand.shiftLeft(other.exponent - least));
    }

    /** With no more bits than that. */
    private ExtendedDouble kept(int bits) {
        int dropped = significand.bitLength() - bits;
        if (dropped <= 0) {
            return this;
        }
        BigInteger kept = significand.shiftRight(dropped);
        BigInteger rest = significand.subtract(kept.shiftLeft(dropped));
        int half = rest.compareTo(BigInteger.ONE.shiftLeft(dropped - 1));
        boolean up = half > 0 || half == 0 && kept.testBit(0);
        return new ExtendedDouble(up ? kept.add(BigInteger.ONE) : kept, exponent + dropped);
    }
}
