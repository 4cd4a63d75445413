package dev.sluice.local.functions;

import java.math.BigInteger;

/** What is done bit by bit. */
final class Bits {

    private static final int HEXADECIMAL = 16;

    private Bits() {}

    static Long shiftedLeft(Long bits, Long by) {
        return required(by) >= Long.SIZE ? 0 : bits << by;
    }

    /** Zeros come from the left. */
    static Long shiftedRight(Long bits, Long by) {
        return required(by) >= Long.SIZE ? 0 : bits >>> by;
    }

    private static long required(Long by) {
        if (by < 0) {
            throw new GoogleError("Bitwise shift by negative offset.");
        }
        return by;
    }

    static Long count(String hex) {
        return hex.isEmpty() ? 0L : new BigInteger(hex, HEXADECIMAL).bitCount();
    }
}
