package dev.sluice.local.functions;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** NUMERIC: 29 digits before the point and 9 behind it, rounded half away from zero. */
final class Numerics {

    private static final int SCALE = 9;
    private static final int DIGITS = 38;
    private static final MathContext ROOTS = new MathContext(60);

    private Numerics() {}

    static String product(String left, String right) {
        BigDecimal one = new BigDecimal(left);
        BigDecimal other = new BigDecimal(right);
        return text(one.multiply(other), () -> operation(one, "*", other));
    }

    static String quotient(String dividend, String divisor) {
        BigDecimal whole = new BigDecimal(dividend);
        BigDecimal by = new BigDecimal(divisor);
        requireNotZero(by, () -> operation(whole, "/", by));
        return text(whole.divide(by, SCALE, RoundingMode.HALF_UP), () -> operation(whole, "/", by));
    }

    /**
     * Whether or not it is in range.
     *
     * @param others with blanks in between
     */
    static String added(String sum, String others) {
        BigDecimal all = new BigDecimal(sum);
        for (String other : others.split(" ", -1)) {
            all = all.add(new BigDecimal(other));
        }
        return all.toPlainString();
    }

    /** @param others with blanks in between */
    static String total(String sum, String others) {
        BigDecimal all = new BigDecimal(added(sum, others)).setScale(SCALE);
        if (all.precision() > DIGITS) {
            throw new GoogleError("Error in SUM aggregation: numeric overflow");
        }
        return all.toPlainString();
    }

    static String remainder(String dividend, String divisor) {
        BigDecimal whole = new BigDecimal(dividend);
        BigDecimal by = new BigDecimal(divisor);
        requireNotZero(by, () -> call("MOD", whole, by));
        return text(whole.remainder(by), "MOD");
    }

    static String whole(String dividend, String divisor) {
        BigDecimal whole = new BigDecimal(dividend);
        BigDecimal by = new BigDecimal(divisor);
        requireNotZero(by, () -> call("DIV", whole, by));
        return text(whole.divideToIntegralValue(by), () -> call("DIV", whole, by));
    }

    static String squareRoot(String number) {
        BigDecimal square = new BigDecimal(number);
        if (square.signum() < 0) {
            throw new GoogleError("SQRT is undefined for negative value: " + call("SQRT", square));
        }
        return text(square.sqrt(ROOTS), "SQRT");
    }

    /** By Newton's method, which doubles the digits of a double each time. */
    static String cubeRoot(String number) {
        BigDecimal cube = new BigDecimal(number);
        if (cube.signum() == 0) {
            return text(cube, "CBRT");
        }
        BigDecimal three = BigDecimal.valueOf(3);
        BigDecimal root = BigDecimal.valueOf(Math.cbrt(cube.doubleValue()));
        for (int i = 0; i < 3; i++) {
            BigDecimal next = cube.divide(root.multiply(root), ROOTS).add(root).add(root);
            root = next.divide(three, ROOTS);
        }
        return text(root, "CBRT");
    }

    static void requireNotZero(BigDecimal divisor, Supplier<String> division) {
        if (divisor.signum() == 0) {
            throw new GoogleError("division by zero: " + division.get());
        }
    }

    static String operation(BigDecimal left, String operator, BigDecimal right) {
        return "%s %s %s".formatted(plain(left), operator, plain(right));
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    static String truncated(String number, Long digits) {
        int scale = (int) Math.max(-DIGITS, Math.min(SCALE, digits));
        return text(new BigDecimal(number).setScale(scale, RoundingMode.DOWN), "TRUNC");
    }

    static String rounded(String number, Long digits) {
        int scale = (int) Math.max(-DIGITS, Math.min(SCALE, digits));
        return text(new BigDecimal(number).setScale(scale, RoundingMode.HALF_UP), "ROUND");
    }

    /** Halves to even digits. */
    static String roundedEven(String number, Long digits) {
        int scale = (int) Math.max(-DIGITS, Math.min(SCALE, digits));
        return text(new BigDecimal(number).setScale(scale, RoundingMode.HALF_EVEN), "ROUND");
    }

    /** Of all digits that a double has, rounded half away from zero. */
    static String ofDouble(Double number) {
        if (!Double.isFinite(number)) {
            throw new GoogleError("Illegal conversion of non-finite floating point number to NUMERIC");
        }
        return text(new BigDecimal(number), "CAST");
    }

    static String parsed(String text) {
        if (!text.strip().matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?")) {
            throw new GoogleError("Invalid NUMERIC value: " + text);
        }
        return text(new BigDecimal(text.strip()), "CAST");
    }

    /**
     * @param doubt how far Google's value may be from this one, in either direction
     * @throws IllegalArgumentException if that decides what is told
     */
    static String certain(BigDecimal value, BigDecimal doubt, String call) {
        BigDecimal low = value.subtract(doubt).setScale(SCALE, RoundingMode.HALF_UP);
        BigDecimal high = value.add(doubt).setScale(SCALE, RoundingMode.HALF_UP);
        if (low.compareTo(high) == 0 || low.precision() > DIGITS && value.signum() > 0) {
            return text(low, call);
        }
        throw new IllegalArgumentException("The local BigQuery does not know the last digits of " + call);
    }

    static String call(String function, BigDecimal... operands) {
        return Arrays.stream(operands).map(Numerics::plain).collect(Collectors.joining(", ", function + "(", ")"));
    }

    private static String text(BigDecimal value, String function) {
        return text(value, () -> function);
    }

    private static String text(BigDecimal value, Supplier<String> operation) {
        BigDecimal number = value.setScale(SCALE, RoundingMode.HALF_UP);
        if (number.precision() > DIGITS) {
            throw new GoogleError("numeric overflow: " + operation.get());
        }
        return number.toPlainString();
    }
}
