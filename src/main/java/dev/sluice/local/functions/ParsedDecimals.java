package dev.sluice.local.functions;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Decimals as people write them: with a sign before or behind, and commas anywhere before the point. */
final class ParsedDecimals {

    private static final String BLANKS = "[ \\t\\n\\x0B\\f\\r]*";
    private static final Pattern WRITTEN = Pattern.compile(BLANKS + "([+-]?)" + BLANKS
            + "(,*\\d[\\d,]*(?:\\.\\d*)?|\\.\\d+)(?:[eE]([+-]?)0*(\\d+))?" + BLANKS + "([+-]?)" + BLANKS);
    private static final int MOST_DIGITS_OF_EXPONENT = 9;
    private static final int FAR = 100;
    private static final int DIGITS = 38;
    private static final int SCALE = 9;

    private ParsedDecimals() {}

    static String numeric(String text) {
        BigDecimal number = number(text, "PARSE_NUMERIC").setScale(SCALE, RoundingMode.HALF_UP);
        if (number.precision() > DIGITS) {
            throw invalid(text, "PARSE_NUMERIC");
        }
        return number.toPlainString();
    }

    static String bigNumeric(String text) {
        try {
            return BigNumerics.parsed(number(text, "PARSE_BIGNUMERIC").toPlainString());
        } catch (GoogleError e) {
            throw invalid(text, "PARSE_BIGNUMERIC");
        }
    }

    private static BigDecimal number(String text, String function) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()
                || !written.group(1).isEmpty() && !written.group(5).isEmpty()) {
            throw invalid(text, function);
        }
        BigDecimal mantissa = new BigDecimal(written.group(2).replace(",", ""));
        BigDecimal size = written.group(4) == null ? mantissa : raised(mantissa, written, text, function);
        return written.group(1).equals("-") || written.group(5).equals("-") ? size.negate() : size;
    }

    /** Zero if it is next to it: no digits are written out that nobody asks for. */
    private static BigDecimal raised(BigDecimal mantissa, Matcher written, String text, String function) {
        boolean huge = written.group(4).length() > MOST_DIGITS_OF_EXPONENT;
        long size = huge ? Integer.MAX_VALUE : Long.parseLong(written.group(4));
        long exponent = written.group(3).equals("-") ? -size : size;
        long integers = (long) mantissa.precision() - mantissa.scale() + exponent;
        if (mantissa.signum() == 0 || integers < -FAR) {
            return BigDecimal.ZERO;
        }
        if (integers > FAR) {
            throw invalid(text, function);
        }
        return mantissa.scaleByPowerOfTen((int) exponent);
    }

    private static GoogleError invalid(String text, String function) {
        return new GoogleError("Invalid input to %s: \"%s\"".formatted(function, text));
    }
}
