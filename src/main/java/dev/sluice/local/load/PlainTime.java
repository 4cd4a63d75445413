package dev.sluice.local.load;

import java.time.YearMonth;

/** The usual ways to write dates and times, which Java and DuckDB read alike. */
enum PlainTime {
    DATE {
        @Override
        boolean fits(byte[] bytes, int from, int to) {
            return to - from == DATE_LENGTH && isDate(bytes, from);
        }
    },
    TIME {
        @Override
        boolean fits(byte[] bytes, int from, int to) {
            return timeEnd(bytes, from, to) == to;
        }
    },
    DATETIME {
        @Override
        boolean fits(byte[] bytes, int from, int to) {
            return bothEnd(bytes, from, to) == to;
        }
    },
    TIMESTAMP {
        @Override
        boolean fits(byte[] bytes, int from, int to) {
            int end = bothEnd(bytes, from, to);
            return end > 0 && isUtc(bytes, end, to);
        }
    };

    private static final int DATE_LENGTH = 10;
    private static final int TIME_LENGTH = 8;
    private static final int MOST_DECIMALS = 6;

    /** @param to after its last byte */
    abstract boolean fits(byte[] bytes, int from, int to);

    private static boolean isUtc(byte[] bytes, int from, int to) {
        return switch (to - from) {
            case 0 -> true;
            case 1 -> bytes[from] == 'Z';
            case 4 -> bytes[from] == ' ' && bytes[from + 1] == 'U' && bytes[from + 2] == 'T' && bytes[from + 3] == 'C';
            default -> false;
        };
    }

    /** Where a date and a time end; 0 if they are none. */
    private static int bothEnd(byte[] bytes, int from, int to) {
        int time = from + DATE_LENGTH + 1;
        boolean apart = time < to && (bytes[time - 1] == 'T' || bytes[time - 1] == ' ');
        return apart && isDate(bytes, from) ? timeEnd(bytes, time, to) : 0;
    }

    private static boolean isDate(byte[] bytes, int from) {
        int year = 100 * two(bytes, from) + two(bytes, from + 2);
        int month = two(bytes, from + 5);
        int day = two(bytes, from + 8);
        return bytes[from + 4] == '-'
                && bytes[from + 7] == '-'
                && year > 0
                && month >= 1
                && month <= 12
                && day >= 1
                && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth());
    }

    private static int timeEnd(byte[] bytes, int from, int to) {
        int end = from + TIME_LENGTH;
        boolean fits = end <= to
                && bytes[from + 2] == ':'
                && bytes[from + 5] == ':'
                && isWithin(two(bytes, from), 24)
                && isWithin(two(bytes, from + 3), 60)
                && isWithin(two(bytes, from + 6), 60);
        return !fits ? 0 : end < to && bytes[end] == '.' ? decimalsEnd(bytes, end + 1, to) : end;
    }

    private static int decimalsEnd(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && bytes[end] >= '0' && bytes[end] <= '9') {
            end++;
        }
        return end > from && end - from <= MOST_DECIMALS ? end : 0;
    }

    private static boolean isWithin(int number, int limit) {
        return number >= 0 && number < limit;
    }

    /** The number that two digits are; far below zero for others. */
    private static int two(byte[] bytes, int from) {
        int tens = bytes[from] - '0';
        int ones = bytes[from + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1_000_000 : 10 * tens + ones;
    }
}
