package dev.sluice.local.functions;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What is computed with BIGNUMERIC values as {@link BigNumerics} stores them; rounded half away from zero at the 38th decimal. */
final class BigNumericArithmetic {

    private BigNumericArithmetic() {}

    static String sum(String left, String right) {
        return stored(BigNumerics.number(left).add(BigNumerics.number(right)), "+");
    }

    static String difference(String left, String right) {
        return stored(BigNumerics.number(left).subtract(BigNumerics.number(right)), "-");
    }

    static String product(String left, String right) {
        return stored(BigNumerics.number(left).multiply(BigNumerics.number(right)), "*");
    }

    static String quotient(String dividend, String divisor) {
        BigDecimal by = notZero(divisor);
        return stored(BigNumerics.number(dividend).divide(by, BigNumerics.SCALE, RoundingMode.HALF_UP), "/");
    }

    static String remainder(String dividend, String divisor) {
        return stored(BigNumerics.number(dividend).remainder(notZero(divisor)), "MOD");
    }

    static String whole(String dividend, String divisor) {
        return stored(BigNumerics.number(dividend).divideToIntegralValue(notZero(divisor)), "DIV");
    }

    private static BigDecimal notZero(String divisor) {
        BigDecimal by = BigNumerics.number(divisor);
        if (by.signum() == 0) {
            throw new GoogleError("division by zero");
        }
        return by;
    }

    static String negated(String number) {
        return stored(BigNumerics.number(number).negate(), "-");
    }

    static String sign(String number) {
        return stored(BigDecimal.valueOf(BigNumerics.number(number).signum()), "SIGN");
    }

    static String floor(String number) {
        return stored(BigNumerics.number(number).setScale(0, RoundingMode.FLOOR), "FLOOR");
    }

    static String ceiling(String number) {
        return stored(BigNumerics.number(number).setScale(0, RoundingMode.CEILING), "CEIL");
    }

    /** @param numbers one after the other, without anything between them */
    static String total(String numbers) {
        return stored(added(numbers), "SUM");
    }

    /** @param numbers one after the other, without anything between them; at least one */
    static String mean(String numbers) {
        BigDecimal count = BigDecimal.valueOf(numbers.length() / BigNumerics.LENGTH);
        return stored(added(numbers).divide(count, BigNumerics.SCALE, RoundingMode.HALF_UP), "AVG");
    }

    private static BigDecimal added(String numbers) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int at = 0; at < numbers.length(); at += BigNumerics.LENGTH) {
            sum = sum.add(BigNumerics.number(numbers.substring(at, at + BigNumerics.LENGTH)));
        }
        return sum;
    }

    private static String stored(BigDecimal number, String function) {
        return BigNumerics.overflowing(number.setScale(BigNumerics.SCALE, RoundingMode.HALF_UP), function);
    }
}
