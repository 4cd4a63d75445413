package dev.sluice.local.functions;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Numbers of JSON: whole ones of 64 bits, with a sign or without, and FLOAT64. */
final class JsonNumbers {

    /** What becomes of a number that is no whole one of 64 bits. */
    interface Rounding {
        String written(BigDecimal number);
    }

    private static final BigDecimal LEAST_WHOLE = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MOST_WHOLE = new BigDecimal("18446744073709551615");

    private JsonNumbers() {}

    static String written(JsonNode number, Rounding rounding) {
        BigDecimal value = number.decimalValue();
        return number.isIntegralNumber() && fits(value) ? number.toString() : rounding.written(value);
    }

    private static boolean fits(BigDecimal whole) {
        return whole.compareTo(LEAST_WHOLE) >= 0 && whole.compareTo(MOST_WHOLE) <= 0;
    }

    /** A number that FLOAT64 would change is an error, as it is for BigQuery's PARSE_JSON. */
    static String exact(BigDecimal number) {
        String text = floating(number);
        if (text == null) {
            throw new GoogleError("Input number: " + number + " cannot round-trip through string representation");
        }
        return text;
    }

    static String rounded(BigDecimal number) {
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            throw new GoogleError("number overflow parsing '" + number + "'");
        }
        return Doubles.json(value);
    }

    /** As FLOAT64; null if that would be another number. */
    private static @Nullable String floating(BigDecimal number) {
        double value = number.doubleValue();
        if (!Double.isFinite(value)) {
            return null;
        }
        String text = Doubles.json(value);
        return new BigDecimal(text).compareTo(number) == 0 ? text : null;
    }

    /** A NUMERIC: a whole number of 64 bits as it is, others as FLOAT64; null if that would be another number. */
    static @Nullable String numeric(String text) {
        BigDecimal number = new BigDecimal(text).stripTrailingZeros();
        return number.scale() <= 0 && fits(number) ? number.toPlainString() : floating(number);
    }
}
