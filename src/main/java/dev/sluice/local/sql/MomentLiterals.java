package dev.sluice.local.sql;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates and times as literals write them; {@link DateTimeException} says that it is none. */
final class MomentLiterals {

    private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\.(\\d{1,6}))?");
    private static final Pattern MOMENT = Pattern.compile(
            "(" + DATE.pattern() + ")(?:[ Tt](" + TIME.pattern() + "))?(Z|z| ?UTC| ?[+-]\\d{2}(?::\\d{2})?)?");
    private static final int ZONE_GROUP = 10;
    private static final int TIME_GROUP = 5;
    private static final int NANO_DIGITS = 9;

    private MomentLiterals() {}

    static LocalDate date(String text) {
        Matcher matcher = matched(DATE, text);
        int year = Integer.parseInt(matcher.group(1));
        if (year == 0) {
            throw new DateTimeException("year 0");
        }
        return LocalDate.of(year, Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)));
    }

    static LocalTime time(String text) {
        Matcher matcher = matched(TIME, text);
        String fraction = matcher.group(4) == null ? "0" : matcher.group(4);
        return LocalTime.of(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                Integer.parseInt((fraction + "00000000").substring(0, NANO_DIGITS)));
    }

    static LocalDateTime moment(String text, boolean zoned) {
        Matcher matcher = matched(MOMENT, text);
        String zone = matcher.group(ZONE_GROUP);
        if (zone != null && !zoned) {
            throw new DateTimeException("a zone");
        }
        LocalTime time = matcher.group(TIME_GROUP) == null ? LocalTime.MIDNIGHT : time(matcher.group(TIME_GROUP));
        LocalDateTime local = date(matcher.group(1)).atTime(time);
        boolean utc = zone == null
                || zone.strip().equalsIgnoreCase("Z")
                || zone.strip().equals("UTC");
        LocalDateTime moment = utc
                ? local
                : local.atOffset(ZoneOffset.of(zone.strip()))
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toLocalDateTime();
        date(moment.toLocalDate().toString());
        return moment;
    }

    private static Matcher matched(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new DateTimeException("another format");
        }
        return matcher;
    }
}
