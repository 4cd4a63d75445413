package dev.sluice.item.avro;

import java.time.LocalDate;

/**
 * Dates and times as BigQuery writes them, as numbers: days since 1970, microseconds since midnight or 1970. Whoever asks
 * knows that the text is one. Stateless.
 */
final class CalendarNumbers {

    private static final int DATE_LENGTH = 10;
    private static final int TIME_LENGTH = 8;
    private static final int MICROS_DIGITS = 6;
    private static final int DECIMAL = 10;
    private static final long MINUTE = 60_000_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private CalendarNumbers() {}

    static int days(String date) {
        return (int) LocalDate.of(number(date, 0, 4), number(date, 5, 7), number(date, 8, DATE_LENGTH))
                .toEpochDay();
    }

    static long time(String time) {
        return time(time, 0, time.length());
    }

    private static long time(String text, int from, int to) {
        long micros = HOUR * number(text, from, from + 2)
                + MINUTE * number(text, from + 3, from + 5)
                + MINUTE / 60 * number(text, from + 6, from + TIME_LENGTH);
        int decimals = from + TIME_LENGTH + 1;
        if (decimals >= to) {
            return micros;
        }
        int fraction = number(text, decimals, to);
        for (int digits = to - decimals; digits < MICROS_DIGITS; digits++) {
            fraction *= DECIMAL;
        }
        return micros + fraction;
    }

    static long dateTime(String text) {
        return dateTime(text, text.length());
    }

    private static long dateTime(String text, int to) {
        return DAY * days(text) + time(text, DATE_LENGTH + 1, to);
    }

    /** A date alone is its midnight, and what names no zone is UTC. */
    static long timestamp(String text) {
        if (text.length() == DATE_LENGTH) {
            return DAY * days(text);
        }
        int zone = DATE_LENGTH + 1 + TIME_LENGTH;
        while (zone < text.length() && (text.charAt(zone) == '.' || isDigit(text.charAt(zone)))) {
            zone++;
        }
        return dateTime(text, zone) - offset(text, zone);
    }

    private static long offset(String text, int zone) {
        char sign = zone == text.length() ? 'Z' : text.charAt(zone);
        if (sign != '+' && sign != '-') {
            return 0;
        }
        long hours = HOUR * number(text, zone + 1, zone + 3);
        long offset = zone + 3 == text.length() ? hours : hours + MINUTE * number(text, zone + 4, zone + 6);
        return sign == '+' ? offset : -offset;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, DECIMAL);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
