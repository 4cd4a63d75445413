package dev.sluice.local.functions;

import java.math.BigDecimal;

/** Between which two of so many sorted values a part of them ends; what one weighs less than the other is rounded, the other has the rest. */
final class Percentiles {

    private static final BigDecimal HALF = new BigDecimal("0.5");

    private Percentiles() {}

    /** From 1, of the lower one. */
    static Long place(Long count, String part) {
        return exact(count, part).longValue() + 1;
    }

    static Double lower(Long count, String part) {
        BigDecimal upper = fraction(count, part);
        return isMore(upper) ? BigDecimal.ONE.subtract(upper).doubleValue() : 1 - upper.doubleValue();
    }

    static Double upper(Long count, String part) {
        BigDecimal upper = fraction(count, part);
        return isMore(upper) ? 1 - BigDecimal.ONE.subtract(upper).doubleValue() : upper.doubleValue();
    }

    private static boolean isMore(BigDecimal upper) {
        return upper.compareTo(HALF) > 0;
    }

    private static BigDecimal fraction(Long count, String part) {
        return exact(count, part).remainder(BigDecimal.ONE);
    }

    private static BigDecimal exact(Long count, String part) {
        return new BigDecimal(Double.parseDouble(part)).multiply(BigDecimal.valueOf(Math.max(0, count - 1)));
    }
}
