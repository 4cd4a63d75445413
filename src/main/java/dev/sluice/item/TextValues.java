package dev.sluice.item;

import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import dev.sluice.bigquery.catalogue.TypeLimits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Whether a text is a value of a column, as BigQuery's load jobs read it. Ranges and scales are those of BigQuery's data
 * types page; forms that load jobs may accept but that we cannot vouch for are refused.
 */
final class TextValues {

    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,19}");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final BigDecimal NUMERIC_LIMIT = BigDecimal.TEN.pow(29);
    private static final int BIGNUMERIC_SCALE = 38;
    private static final int BIGNUMERIC_BITS = 255;
    private static final int MAX_DIGITS = 100;

    private TextValues() {}

    static boolean fits(TableColumn column, String text) {
        TypeLimits limits = column.limits();
        return switch (column.type()) {
            case STRING -> limits.maxLength() == null || text.codePointCount(0, text.length()) <= limits.maxLength();
            case JSON -> true;
            case INT64 -> isInt64(text);
            case FLOAT64 -> isFloat64(text);
            case NUMERIC -> isDecimal(text, 9, limits, value -> value.compareTo(NUMERIC_LIMIT) < 0);
            case BIGNUMERIC -> isDecimal(text, BIGNUMERIC_SCALE, limits, TextValues::fitsBigNumeric);
            case BOOL -> text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
            case DATE, TIME, DATETIME, TIMESTAMP -> isCalendarText(column.type(), text);
            case BYTES -> isBase64(text, limits);
            case STRUCT -> false;
        };
    }

    private static boolean isInt64(String text) {
        if (!INTEGER.matcher(text).matches()) {
            return false;
        }
        try {
            Long.parseLong(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isFloat64(String text) {
        if (text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity")) {
            return true;
        }
        return NUMBER.matcher(text).matches() && !Double.isInfinite(Double.parseDouble(text));
    }

    private static boolean isDecimal(String text, int scale, TypeLimits limits, Predicate<BigDecimal> inRange) {
        if (text.length() > MAX_DIGITS || !NUMBER.matcher(text).matches()) {
            return false;
        }
        BigDecimal value = new BigDecimal(text);
        // the exponent is bounded before any arithmetic that would expand it
        return Math.abs((long) value.scale()) <= MAX_DIGITS
                && value.stripTrailingZeros().scale() <= scale
                && inRange.test(value.abs())
                && keeps(value, limits);
    }

    private static boolean keeps(BigDecimal value, TypeLimits limits) {
        if (limits.precision() == null || limits.scale() == null) {
            return true;
        }
        int integers = (int) (limits.precision() - limits.scale());
        return value.stripTrailingZeros().scale() <= limits.scale()
                && value.abs().compareTo(BigDecimal.TEN.pow(integers)) < 0;
    }

    /** Up to (2^255 - 1) / 10^38; one more on the negative side is given away. */
    private static boolean fitsBigNumeric(BigDecimal value) {
        return value.setScale(BIGNUMERIC_SCALE, RoundingMode.UNNECESSARY)
                        .unscaledValue()
                        .bitLength()
                <= BIGNUMERIC_BITS;
    }

    private static boolean isCalendarText(ColumnType type, String text) {
        // what is not Latin becomes a question mark, which no date and no time has
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return CalendarText.is(type, bytes, 0, bytes.length);
    }

    private static boolean isBase64(String text, TypeLimits limits) {
        if (text.length() % 4 != 0) {
            return false;
        }
        try {
            int length = Base64.getDecoder().decode(text).length;
            return limits.maxLength() == null || length <= limits.maxLength();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
