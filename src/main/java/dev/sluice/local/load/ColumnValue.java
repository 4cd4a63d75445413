package dev.sluice.local.load;

import dev.sluice.local.functions.BigNumerics;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of columns, from their texts. What does not fit throws. */
final class ColumnValue {

    private static final Pattern TIMESTAMP = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2}|\\d{4}/\\d{2}/\\d{2})(?:[T ](\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,6})?)?))?(Z|z| ?UTC| ?[+-]\\d{1,2}(?::\\d{2})?)?");
    private static final Pattern LINE_ENDS = Pattern.compile("[\\r\\n]");
    private static final Pattern UNIX_SECONDS = Pattern.compile("[+-]?\\d{1,12}(?:\\.\\d{1,6})?");
    private static final Pattern NOT_FLOAT = Pattern.compile("(?i).*[df]|[+-]?0x.*");
    private static final Pattern INFINITE = Pattern.compile("(?i)([+-]?)inf(?:inity)?");
    private static final int LAST_YEAR = 9999;
    static final int NUMERIC_SCALE = 9;
    private static final int NUMERIC_DIGITS = 29;
    private static final int MICROS_DIGITS = 6;
    private static final int NANOS_PER_MICRO = 1000;

    private ColumnValue() {}

    static Object of(FieldType type, String text) {
        return switch (type) {
            case STRING -> text;
            case BYTES -> Base64.getDecoder().decode(LINE_ENDS.matcher(text).replaceAll(""));
            case INTEGER -> new BigDecimal(text).longValueExact();
            case FLOAT -> floating(text);
            case BOOLEAN -> bool(text);
            case TIMESTAMP -> timestamp(text);
            case DATE -> inYears(LocalDate.parse(text));
            case DATETIME -> inMicros(inYears(LocalDateTime.parse(text.replace(' ', 'T'))));
            case TIME -> inMicros(LocalTime.parse(text));
            case NUMERIC -> numeric(new BigDecimal(text));
            case BIGNUMERIC -> BigNumerics.stored(new BigDecimal(text));
            case JSON -> JsonValues.parsed(text);
            case RECORD -> throw new IllegalArgumentException("a record");
        };
    }

    static OffsetDateTime epochSeconds(BigDecimal seconds) {
        return inYears(epochMicros(seconds.movePointRight(MICROS_DIGITS).longValueExact()));
    }

    /** @throws DateTimeException outside the years 1 to 9999, which are all that BigQuery has */
    static <T extends TemporalAccessor> T inYears(T moment) {
        int year = moment.get(ChronoField.YEAR);
        if (year < 1 || year > LAST_YEAR) {
            throw new DateTimeException("out of range");
        }
        return moment;
    }

    /** @throws DateTimeException for a part of a microsecond, which would be lost */
    private static <T extends TemporalAccessor> T inMicros(T moment) {
        if (moment.get(ChronoField.NANO_OF_SECOND) % NANOS_PER_MICRO != 0) {
            throw new DateTimeException("more than six decimals");
        }
        return moment;
    }

    static OffsetDateTime epochMicros(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    /** Java's own suffixes and hexadecimal numbers are none of BigQuery's. */
    private static double floating(String text) {
        Matcher infinite = INFINITE.matcher(text);
        if (infinite.matches()) {
            return infinite.group(1).equals("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (text.equalsIgnoreCase("nan")) {
            return Double.NaN;
        }
        if (NOT_FLOAT.matcher(text).matches()) {
            throw new IllegalArgumentException("not a number");
        }
        double number = Double.parseDouble(text);
        if (Double.isInfinite(number)) {
            throw new ArithmeticException("out of range");
        }
        return number;
    }

    /** Too large a number is refused before its digits are written out. */
    static BigDecimal numeric(BigDecimal number) {
        if (number.signum() == 0) {
            return BigDecimal.ZERO.setScale(NUMERIC_SCALE);
        }
        if ((long) number.precision() - number.scale() > NUMERIC_DIGITS) {
            throw new ArithmeticException("out of range");
        }
        return number.setScale(NUMERIC_SCALE);
    }

    private static boolean bool(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!lower.equals("true") && !lower.equals("false")) {
            throw new IllegalArgumentException("not a bool");
        }
        return lower.equals("true");
    }

    private static OffsetDateTime timestamp(String text) {
        if (UNIX_SECONDS.matcher(text).matches()) {
            return epochSeconds(new BigDecimal(text));
        }
        Matcher matcher = TIMESTAMP.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a timestamp");
        }
        LocalTime time = matcher.group(2) == null ? LocalTime.MIDNIGHT : LocalTime.parse(matcher.group(2));
        String zone = matcher.group(3) == null ? "Z" : matcher.group(3).strip();
        LocalDate date = LocalDate.parse(matcher.group(1).replace('/', '-'));
        OffsetDateTime there = LocalDateTime.of(date, time).atOffset(offset(zone));
        return inYears(there.withOffsetSameInstant(ZoneOffset.UTC));
    }

    private static ZoneOffset offset(String zone) {
        if (zone.equalsIgnoreCase("Z") || zone.equals("UTC")) {
            return ZoneOffset.UTC;
        }
        boolean oneDigit = zone.length() == 2 || zone.charAt(2) == ':';
        return ZoneOffset.of(oneDigit ? zone.charAt(0) + "0" + zone.substring(1) : zone);
    }
}
