package dev.sluice.item;

import dev.sluice.bigquery.catalogue.ColumnType;

/** Dates and times as BigQuery writes them, years 1 to 9999, up to six decimals. */
final class CalendarText {

    private static final int DATE_LENGTH = 10;
    private static final int TIME_LENGTH = 8;
    private static final int MAX_DECIMALS = 6;
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final int FEBRUARY = 2;
    private static final int LEAP_DAYS = 29;
    private static final int LAST_HOUR = 23;
    private static final int LAST_MINUTE = 59;
    private static final int MAX_ZONE_HOURS = 14;

    private CalendarText() {}

    /** @param type DATE, TIME, DATETIME or TIMESTAMP */
    static boolean is(ColumnType type, byte[] text, int from, int to) {
        return switch (type) {
            case DATE -> isDate(text, from, to);
            case TIME -> isTime(text, from, to);
            case DATETIME -> isDateTime(text, from, to);
            default -> isTimestamp(text, from, to);
        };
    }

    static boolean isDate(byte[] text, int from, int to) {
        if (to - from != DATE_LENGTH || text[from + 4] != '-' || text[from + 7] != '-') {
            return false;
        }
        int year = 100 * twoDigits(text, from, 99) + twoDigits(text, from + 2, 99);
        int month = twoDigits(text, from + 5, DAYS.length);
        // a number that is none is so far below zero that nothing makes up for it
        return year >= 1 && month >= 1 && isDay(twoDigits(text, from + 8, 31), month, year);
    }

    private static boolean isDay(int day, int month, int year) {
        boolean leap = month == FEBRUARY && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return day >= 1 && day <= (leap ? LEAP_DAYS : DAYS[month - 1]);
    }

    static boolean isTime(byte[] text, int from, int to) {
        return to - from >= TIME_LENGTH
                && text[from + 2] == ':'
                && text[from + 5] == ':'
                && twoDigits(text, from, LAST_HOUR) >= 0
                && twoDigits(text, from + 3, LAST_MINUTE) >= 0
                && twoDigits(text, from + 6, LAST_MINUTE) >= 0
                && (to - from == TIME_LENGTH || areDecimals(text, from + TIME_LENGTH, to));
    }

    private static boolean areDecimals(byte[] text, int from, int to) {
        int digits = to - from - 1;
        boolean right = text[from] == '.' && digits >= 1 && digits <= MAX_DECIMALS;
        for (int at = from + 1; right && at < to; at++) {
            right = isDigit(text[at]);
        }
        return right;
    }

    static boolean isDateTime(byte[] text, int from, int to) {
        int separator = from + DATE_LENGTH;
        return to > separator
                && (text[separator] == 'T' || text[separator] == ' ')
                && isDate(text, from, separator)
                && isTime(text, separator + 1, to);
    }

    /** A date, or date and time, with or without a zone. */
    static boolean isTimestamp(byte[] text, int from, int to) {
        if (to - from == DATE_LENGTH) {
            return isDate(text, from, to);
        }
        int zone = Math.min(to, from + DATE_LENGTH + 1);
        while (zone < to && (isDigit(text[zone]) || text[zone] == ':' || text[zone] == '.')) {
            zone++;
        }
        return isDateTime(text, from, zone) && (zone == to || isZone(text, from, zone, to));
    }

    private static boolean isZone(byte[] text, int from, int zone, int to) {
        if (text[zone] == '+' || text[zone] == '-') {
            return isOffset(text, zone + 1, to) && staysInRange(text, from, zone);
        }
        int name = text[zone] == ' ' ? zone + 1 : zone;
        return to - name == 3 && text[name] == 'U' && text[name + 1] == 'T' && text[name + 2] == 'C'
                || to - zone == 1 && (text[zone] == 'Z' || text[zone] == 'z');
    }

    /** Hours, with or without minutes, up to 14:00. */
    private static boolean isOffset(byte[] text, int from, int to) {
        boolean minutes = to - from == 5 && text[from + 2] == ':';
        if (to - from != 2 && !minutes) {
            return false;
        }
        int hours = twoDigits(text, from, MAX_ZONE_HOURS);
        int rest = minutes ? twoDigits(text, from + 3, hours == MAX_ZONE_HOURS ? 0 : LAST_MINUTE) : 0;
        return hours >= 0 && rest >= 0;
    }

    /** A zone must not move the first or the last day out of the years 1 to 9999. */
    private static boolean staysInRange(byte[] text, int from, int zone) {
        return !(text[zone] == '+' && startsWith("0001-01-01", text, from)
                || text[zone] == '-' && startsWith("9999-12-31", text, from));
    }

    private static boolean startsWith(String date, byte[] text, int from) {
        for (int i = 0; i < DATE_LENGTH; i++) {
            if (text[from + i] != date.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Far below zero if it is no number or more than the limit. */
    private static int twoDigits(byte[] text, int at, int limit) {
        int number = 10 * (text[at] - '0') + text[at + 1] - '0';
        return isDigit(text[at]) && isDigit(text[at + 1]) && number <= limit ? number : -10_000;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
