package dev.sluice.local.sql;

import java.util.Map;

/** The units in which dates and times are moved, cut and subtracted. */
final class DateUnits {

    static final long MICROS_OF_DAY = 86_400_000_000L;

    static final Map<String, Long> MICROS = Map.of(
            "MICROSECOND", 1L,
            "MILLISECOND", 1_000L,
            "SECOND", 1_000_000L,
            "MINUTE", 60_000_000L,
            "HOUR", 3_600_000_000L,
            "DAY", MICROS_OF_DAY);

    private static final int MONDAY = 3;

    static final Map<String, Integer> MONTHS = Map.of("MONTH", 1, "QUARTER", 3, "YEAR", 12);

    /** On which day of its week 1970-01-01 was, by the kind of week. */
    static final Map<String, Integer> WEEKS = Map.of(
            "WEEK", 4,
            "ISOWEEK", 3,
            "WEEK(SUNDAY)", 4,
            "WEEK(MONDAY)", 3,
            "WEEK(TUESDAY)", 2,
            "WEEK(WEDNESDAY)", 1,
            "WEEK(THURSDAY)", 0,
            "WEEK(FRIDAY)", 6,
            "WEEK(SATURDAY)", 5);

    /** How many days must go by before the week of a Monday begins on that day, by the kind of week. */
    static int daysToMonday(String week) {
        return (WEEKS.getOrDefault(week, MONDAY) + 4) % 7;
    }

    private DateUnits() {}

    /** Microseconds of a unit of a day. */
    static long microsOfTime(Arguments arguments, Token unit) {
        Long micros = MICROS.get(unit.upper());
        if (micros == null || unit.is("DAY")) {
            throw unknown(arguments, unit);
        }
        return micros;
    }

    /** How many units a number of microseconds is, rounded down, in DuckDB's SQL. */
    static String floored(String micros, long unit) {
        String size = "CAST(" + unit + " AS BIGINT)";
        return "(%1$s // %2$s - CASE WHEN %1$s %%%% %2$s < 0 THEN 1 ELSE 0 END)".formatted(micros, size);
    }

    static SqlRefused unknown(Arguments arguments, Token unit) {
        return SqlRefused.unsupported("%s in %s".formatted(unit.text(), arguments.name()), unit);
    }
}
