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
        BigDecimal whole = BigNumerics.number(dividend);
        BigDecimal by = BigNumerics.number(divisor);
        Numerics.requireNotZero(by, () -> Numerics.operation(whole, "/", by));
        return stored(whole.divide(by, BigNumerics.SCALE, RoundingMode.HALF_UP), "/");
    }

    static String remainder(String dividend, String divisor) {
        BigDecimal whole = BigNumerics.number(dividend);
        BigDecimal by = BigNumerics.number(divisor);
        Numerics.requireNotZero(by, () -> Numerics.call("MOD", whole, by));
        return stored(whole.remainder(by), "MOD");
    }

    static String whole(String dividend, String divisor) {
        BigDecimal whole = BigNumerics.number(dividend);
        BigDecimal by = BigNumerics.number(divisor);
        Numerics.requireNotZero(by, () -> Numerics.call("DIV", whole, by));
        return stored(whole.divideToIntegralValue(by), "DIV");
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
