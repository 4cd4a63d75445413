package dev.sluice.local.functions;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Values as FORMAT's elements lay them out. */
final class Printed {

    private static final int DIGITS = 6;
    private static final int LEAST_PLAIN = -4;

    private Printed() {}

    static String whole(Long value, String element) {
        Layout layout = Layout.of(element);
        BigInteger number = BigInteger.valueOf(value).abs();
        boolean decimal = layout.letter() == 'd' || layout.letter() == 'i';
        int radix = decimal ? 10 : layout.letter() == 'o' ? 8 : 16;
        String digits = number.toString(radix);
        digits = decimal && value == 0 && layout.precision() == 0 ? "" : digits;
        digits = "0".repeat(Math.max(0, layout.precision() - digits.length())) + digits;
        String prefix = decimal || !layout.has('#') || value == 0 ? "" : radix == 8 ? "0" : "0x";
        String text = layout.padded(
                layout.sign(value < 0) + prefix, decimal ? layout.grouped(digits) : digits, layout.precision() < 0);
        return layout.letter() == 'X' ? text.toUpperCase(Locale.ROOT) : text;
    }

    static String text(String value, String element) {
        Layout layout = Layout.of(element);
        int most = layout.precision();
        boolean cut = most >= 0 && value.codePointCount(0, value.length()) > most;
        return layout.padded(cut ? value.substring(0, value.offsetByCodePoints(0, most)) : value);
    }

    static String floating(Double value, String element) {
        Layout layout = Layout.of(element);
        if (!Double.isFinite(value)) {
            String text = value.isNaN() ? "nan" : layout.sign(value < 0) + "inf";
            return layout.padded(layout.isUpper() ? text.toUpperCase(Locale.ROOT) : text);
        }
        return printed(new BigDecimal(value), value < 0, layout, RoundingMode.HALF_EVEN);
    }

    /** A NUMERIC or BIGNUMERIC, rounded half away from zero. */
    static String decimal(String value, String element) {
        var number = new BigDecimal(value);
        return printed(number, number.signum() < 0, Layout.of(element), RoundingMode.HALF_UP);
    }

    private static String printed(BigDecimal number, boolean negative, Layout layout, RoundingMode rounding) {
        int digits = layout.precision() < 0 ? DIGITS : layout.precision();
        BigDecimal value = number.abs();
        String text = switch (Character.toLowerCase(layout.letter())) {
            case 'f' -> layout.grouped(value.setScale(digits, rounding).toPlainString());
            case 'e' -> scientific(value, digits, rounding);
            default -> general(value, Math.max(1, digits), rounding);
        };
        String padded = layout.padded(layout.sign(negative), text, true);
        return layout.isUpper() ? padded.toUpperCase(Locale.ROOT) : padded;
    }

    private static String scientific(BigDecimal value, int digits, RoundingMode rounding) {
        BigDecimal rounded = value.signum() == 0 ? value : value.round(new MathContext(digits + 1, rounding));
        int exponent = rounded.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        String mantissa =
                rounded.movePointLeft(exponent).setScale(digits, rounding).toPlainString();
        return "%se%s%02d".formatted(mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    private static String general(BigDecimal value, int digits, RoundingMode rounding) {
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal rounded = value.round(new MathContext(digits, rounding)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        return exponent < LEAST_PLAIN || exponent >= digits
                ? scientific(rounded, rounded.precision() - 1, rounding)
                : rounded.toPlainString();
    }
}
