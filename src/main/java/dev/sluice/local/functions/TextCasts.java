package dev.sluice.local.functions;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Texts as values of other types. */
final class TextCasts {

    private static final Pattern WHOLE = Pattern.compile("[+-]?([0-9]+|0[xX][0-9a-fA-F]+)");
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    private static final int DECIMAL = 10;
    private static final int HEXADECIMAL = 16;
    private static final long MICROS = 1_000_000;

    private TextCasts() {}

    static Long int64(String text) {
        String number = text.strip();
        if (!WHOLE.matcher(number).matches()) {
            throw new GoogleError("Bad int64 value: " + text);
        }
        String digits = number.replaceFirst("0[xX]", "");
        try {
            return Long.parseLong(digits, digits.equals(number) ? DECIMAL : HEXADECIMAL);
        } catch (NumberFormatException e) {
            throw new GoogleError("Bad int64 value: " + text);
        }
    }

    static Double float64(String text) {
        String number = text.strip();
        if (NUMBER.matcher(number).matches()) {
            return Double.parseDouble(number);
        }
        return switch (number.toLowerCase(Locale.ROOT)) {
            case "nan", "+nan", "-nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new GoogleError("Bad double value: " + text);
        };
    }

    static Boolean bool(String text) {
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new GoogleError("Bad bool value: " + text);
        }
        return text.equalsIgnoreCase("true");
    }

    /** Days since 1970. */
    static Long date(String text) {
        return known("Invalid date: '%s'", text, () -> WrittenMoment.date(text).toEpochDay());
    }

    /** Microseconds since midnight. */
    static Long time(String text) {
        return known(
                "Invalid time string \"%s\"",
                text, () -> WrittenMoment.time(text).getLong(ChronoField.MICRO_OF_DAY));
    }

    /** Microseconds since 1970. */
    static Long datetime(String text) {
        return known("Invalid datetime string \"%s\"", text, () -> micros(WrittenMoment.moment(text, false)));
    }

    /** Microseconds since 1970 in UTC. */
    static Long timestamp(String text) {
        return known("Invalid timestamp: '%s'", text, () -> micros(WrittenMoment.moment(text, true)));
    }

    private static Long micros(LocalDateTime moment) {
        return moment.toEpochSecond(ZoneOffset.UTC) * MICROS + moment.get(ChronoField.MICRO_OF_SECOND);
    }

    private static Long known(String error, String text, Supplier<Long> value) {
        try {
            return value.get();
        } catch (DateTimeException e) {
            throw new GoogleError(error.formatted(text));
        }
    }
}
