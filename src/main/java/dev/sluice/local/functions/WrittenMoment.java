package dev.sluice.local.functions;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates and times as literals and casts write them; {@link DateTimeException} says that it is none. */
public final class WrittenMoment {

    private static final String TIME =
            "(?<hour>\\d{1,2}):(?<minute>\\d{1,2}):(?<second>\\d{1,2})(?:\\.(?<fraction>\\d{1,6}))?";
    private static final String OFFSET = "[zZ]|[+-](?:\\d{1,2}(?::\\d{1,2})?|\\d{4})";
    private static final Pattern DATE = Pattern.compile("(?<year>\\d{4})-(?<month>\\d{1,2})-(?<day>\\d{1,2})");
    private static final Pattern CLOCK = Pattern.compile(TIME);
    private static final Pattern MOMENT =
            Pattern.compile("(?<date>" + DATE.pattern().replaceAll("\\?<\\w+>", "") + ")(?:[ Tt](?<time>"
                    + TIME.replaceAll("\\?<\\w+>", "") + "))?(?<offset>" + OFFSET + ")?(?: (?<zone>[A-Z]\\S*))?");
    private static final int LAST_SECOND = 59;
    private static final int NANO_DIGITS = 9;

    private WrittenMoment() {}

    public static LocalDate date(String text) {
        Matcher matcher = matched(DATE, text);
        return known(LocalDate.of(number(matcher, "year"), number(matcher, "month"), number(matcher, "day")));
    }

    private static LocalDate known(LocalDate date) {
        if (date.getYear() < 1 || date.getYear() > 9999) {
            throw new DateTimeException("a year before 1 or after 9999");
        }
        return date;
    }

    public static LocalTime time(String text) {
        return clock(matched(CLOCK, text)).toLocalTime();
    }

    /** On the day of 1970, or behind it for a second that clocks do not show. */
    private static LocalDateTime clock(Matcher matcher) {
        String fraction = matcher.group("fraction") == null ? "0" : matcher.group("fraction");
        int second = number(matcher, "second");
        LocalTime time = LocalTime.of(
                number(matcher, "hour"),
                number(matcher, "minute"),
                second == LAST_SECOND + 1 ? LAST_SECOND : second,
                Integer.parseInt((fraction + "00000000").substring(0, NANO_DIGITS)));
        LocalDateTime shown = LocalDate.EPOCH.atTime(time);
        return second == LAST_SECOND + 1 ? shown.withNano(0).plusSeconds(1) : shown;
    }

    /** @param zoned whether it may have a zone, in which it is converted to UTC */
    public static LocalDateTime moment(String text, boolean zoned) {
        Matcher matcher = matched(MOMENT, text);
        boolean offset = matcher.group("offset") != null;
        boolean zone = matcher.group("zone") != null;
        if ((offset || zone) && !zoned || offset && zone) {
            throw new DateTimeException("a zone");
        }
        LocalDate date = date(matcher.group("date"));
        LocalDateTime local = matcher.group("time") == null
                ? date.atStartOfDay()
                : clock(matched(CLOCK, matcher.group("time"))).plusDays(date.toEpochDay());
        if (!offset && !zone) {
            known(local.toLocalDate());
            return local;
        }
        ZoneId at = offset ? offset(matcher.group("offset")) : Instants.zone(matcher.group("zone"));
        LocalDateTime moment =
                local.atZone(at).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
        known(moment.toLocalDate());
        return moment;
    }

    /** Up to 14 hours. */
    private static ZoneId offset(String text) {
        if (text.equalsIgnoreCase("Z")) {
            return ZoneOffset.UTC;
        }
        String digits = text.substring(1);
        int colon = digits.indexOf(':');
        int split = colon >= 0 ? colon : Math.min(2, digits.length());
        int hours = Integer.parseInt(digits.substring(0, split));
        String rest = digits.substring(split).replace(":", "");
        int minutes = hours * 60 + (rest.isEmpty() ? 0 : Integer.parseInt(rest));
        if (minutes > 14 * 60) {
            throw new DateTimeException("another offset");
        }
        return ZoneOffset.ofTotalSeconds(text.startsWith("-") ? -60 * minutes : 60 * minutes);
    }

    private static int number(Matcher matcher, String group) {
        return Integer.parseInt(matcher.group(group));
    }

    private static Matcher matched(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new DateTimeException("another format");
        }
        return matcher;
    }
}
