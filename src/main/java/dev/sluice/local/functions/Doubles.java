package dev.sluice.local.functions;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** FLOAT64 as text: the shorter of 15 and 17 digits that reads back as the same number. */
final class Doubles {

    private static final int SHORT = 15;
    private static final int LONG = 17;
    private static final int LEAST_PLAIN = -4;

    /** Behind the point, down to the least number; before it, up to the largest. */
    private static final int MOST_DECIMALS = 323;

    private static final int MOST_INTEGERS = 308;
    private static final Map<Integer, ExtendedDouble> POWERS_OF_TEN = new ConcurrentHashMap<>();

    private Doubles() {}

    static String text(Double value) {
        if (value.isNaN()) {
            return "nan";
        }
        if (value.isInfinite()) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        String shorter = text(new BigDecimal(value), SHORT);
        String text = Double.valueOf(shorter).equals(value) ? shorter : text(new BigDecimal(value), LONG);
        return withPoint(text);
    }

    /** As a cast writes it: whole numbers without a point, and zero without a sign. */
    static String cast(Double value) {
        return value == 0 ? "0" : text(value).replaceFirst("\\.0$", "");
    }

    /** As a number of JSON, with 15 digits before the point at most. */
    static String json(Double value) {
        if (value == 0) {
            return text(value);
        }
        BigDecimal digits = ShortDecimal.of(Math.abs(value));
        return withPoint(shown(value < 0 ? digits.negate() : digits, SHORT));
    }

    private static String withPoint(String text) {
        return text.matches("-?\\d+") ? text + ".0" : text;
    }

    /** C's {@code %.<digits>g}. */
    private static String text(BigDecimal exact, int digits) {
        return shown(exact.round(new MathContext(digits, RoundingMode.HALF_EVEN)), digits);
    }

    /** @param most digits before the point where there is no exponent */
    private static String shown(BigDecimal rounded, int most) {
        BigDecimal shown = rounded.stripTrailingZeros();
        int exponent = shown.precision() - shown.scale() - 1;
        if (exponent >= LEAST_PLAIN && exponent < most) {
            return shown.toPlainString();
        }
        String all = shown.unscaledValue().abs().toString();
        String fraction = all.length() == 1 ? "" : "." + all.substring(1);
        return "%s%s%se%s%02d"
                .formatted(
                        shown.signum() < 0 ? "-" : "",
                        all.charAt(0),
                        fraction,
                        exponent < 0 ? "-" : "+",
                        Math.abs(exponent));
    }

    /** As Google's code does on x86-64: divided by a power of ten, rounded half away from zero and multiplied again. */
    static Double rounded(Double value, Long digits) {
        return whole(value, digits, ExtendedDouble::whole);
    }

    /** The same towards zero. */
    static Double truncated(Double value, Long digits) {
        return whole(value, digits, ExtendedDouble::cut);
    }

    private static Double whole(Double value, Long digits, UnaryOperator<ExtendedDouble> whole) {
        if (!Double.isFinite(value) || digits > MOST_DECIMALS) {
            return value;
        }
        if (digits < -MOST_INTEGERS) {
            return 0.0;
        }
        ExtendedDouble power = POWERS_OF_TEN.computeIfAbsent(-digits.intValue(), ExtendedDouble::powerOfTen);
        try {
            double rounded = whole.apply(ExtendedDouble.of(value).dividedBy(power))
                    .times(power)
                    .toDouble();
            return Math.copySign(rounded, value);
        } catch (ArithmeticException e) {
            throw new GoogleError("Floating point overflow in function: ROUND(%s, %d)".formatted(value, digits));
        }
    }
}
