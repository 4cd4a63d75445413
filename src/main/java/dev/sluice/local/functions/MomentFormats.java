package dev.sluice.local.functions;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** Dates and times in the formats of FORMAT_… and PARSE_…. */
final class MomentFormats {

    private static final long MICROS = 1_000_000;
    private static final int NANOS_PER_MICRO = 1000;
    private static final int SECONDS_PER_MINUTE = 60;

    private MomentFormats() {}

    static String format(String format, Long micros) {
        return format(format, local(micros).atOffset(ZoneOffset.UTC));
    }

    /**
     * Seconds that a zone's clocks were apart from UTC, as those that showed local mean time, are left out.
     *
     * @param zoneAndFormat a zone's name, a blank, and the format
     */
    static String formatZoned(String zoneAndFormat, Long micros) {
        int blank = zoneAndFormat.indexOf(' ');
        return format(zoneAndFormat.substring(blank + 1), zoned(zoneAndFormat.substring(0, blank), micros));
    }

    /** With an offset of whole minutes, as BigQuery shows moments. */
    static OffsetDateTime zoned(String zone, Long micros) {
        OffsetDateTime moment = local(micros).atOffset(ZoneOffset.UTC);
        int minutes = ZoneId.of(zone).getRules().getOffset(moment.toInstant()).getTotalSeconds() / SECONDS_PER_MINUTE;
        return moment.withOffsetSameInstant(ZoneOffset.ofTotalSeconds(minutes * SECONDS_PER_MINUTE));
    }

    private static LocalDateTime local(Long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MICROS), (int) Math.floorMod(micros, MICROS) * NANOS_PER_MICRO, ZoneOffset.UTC);
    }

    private static String format(String format, OffsetDateTime moment) {
        var text = new StringBuilder();
        int at = 0;
        while (at < format.length()) {
            char c = format.charAt(at++);
            if (c != '%' || at == format.length()) {
                text.append(c);
                continue;
            }
            int end = FormatElements.end(format, at);
            text.append(element(format.substring(at, end), moment));
            at = end;
        }
        return text.toString();
    }

    private static String element(String element, OffsetDateTime zoned) {
        LocalDateTime moment = zoned.toLocalDateTime();
        return switch (element) {
            case "Y", "EY" -> String.valueOf(moment.getYear());
            case "E4Y" -> "%04d".formatted(moment.getYear());
            case "y", "Ey" -> "%02d".formatted(moment.getYear() % 100);
            case "C", "EC" -> String.valueOf(moment.getYear() / 100);
            case "m" -> "%02d".formatted(moment.getMonthValue());
            case "d" -> "%02d".formatted(moment.getDayOfMonth());
            case "e" -> "%2d".formatted(moment.getDayOfMonth());
            case "j" -> "%03d".formatted(moment.getDayOfYear());
            case "Q" -> String.valueOf((moment.getMonthValue() + 2) / 3);
            case "B" -> moment.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case "b", "h" -> moment.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case "A" -> moment.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case "a" -> moment.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case "U" -> week(moment, moment.getDayOfWeek().getValue() % 7);
            case "W" -> week(moment, moment.getDayOfWeek().getValue() - 1);
            case "u" -> String.valueOf(moment.getDayOfWeek().getValue());
            case "w" -> String.valueOf(moment.getDayOfWeek().getValue() % 7);
            case "V" -> "%02d".formatted(moment.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case "G" -> String.valueOf(moment.get(IsoFields.WEEK_BASED_YEAR));
            case "g" -> "%02d".formatted(moment.get(IsoFields.WEEK_BASED_YEAR) % 100);
            case "F" -> format("%Y-%m-%d", zoned);
            case "D", "x", "Ex" -> format("%m/%d/%y", zoned);
            case "c", "Ec" -> format("%a %b %e %H:%M:%S %Y", zoned);
            case "n" -> "\n";
            case "t" -> "\t";
            case "%" -> "%";
            default -> time(element, zoned);
        };
    }

    /** Weeks begin on a day of the week; days before the first one are in week 0. */
    private static String week(LocalDateTime moment, int dayOfWeek) {
        return "%02d".formatted((moment.getDayOfYear() + 6 - dayOfWeek) / 7);
    }

    private static String time(String element, OffsetDateTime zoned) {
        LocalDateTime moment = zoned.toLocalDateTime();
        return switch (element) {
            case "H" -> "%02d".formatted(moment.getHour());
            case "k" -> "%2d".formatted(moment.getHour());
            case "I" -> "%02d".formatted(moment.get(ChronoField.CLOCK_HOUR_OF_AMPM));
            case "l" -> "%2d".formatted(moment.get(ChronoField.CLOCK_HOUR_OF_AMPM));
            case "M" -> "%02d".formatted(moment.getMinute());
            case "S" -> "%02d".formatted(moment.getSecond());
            case "p" -> moment.getHour() < 12 ? "AM" : "PM";
            case "P" -> moment.getHour() < 12 ? "am" : "pm";
            case "T", "X", "EX" -> format("%H:%M:%S", zoned);
            case "R" -> format("%H:%M", zoned);
            case "r" -> format("%I:%M:%S %p", zoned);
            case "s" -> String.valueOf(zoned.toEpochSecond());
            case "z" -> offset(zoned, "");
            case "Ez" -> offset(zoned, ":");
            case "Z" -> zone(zoned);
            case "E*S" -> format("%S", zoned) + FormatElements.fraction(moment.get(ChronoField.NANO_OF_SECOND));
            default -> FormatElements.digits(element, moment);
        };
    }

    private static String offset(OffsetDateTime zoned, String between) {
        int minutes = zoned.getOffset().getTotalSeconds() / SECONDS_PER_MINUTE;
        return "%s%02d%s%02d"
                .formatted(minutes < 0 ? "-" : "+", Math.abs(minutes) / 60, between, Math.abs(minutes) % 60);
    }

    /** UTC, with what it is ahead, in hours or in hours and minutes. */
    private static String zone(OffsetDateTime zoned) {
        int minutes = zoned.getOffset().getTotalSeconds() / SECONDS_PER_MINUTE;
        String offset = minutes % 60 == 0 ? "%+d".formatted(minutes / 60) : offset(zoned, "");
        return minutes == 0 ? "UTC" : "UTC" + offset;
    }

    static Long parse(String format, String text) {
        try {
            return new MomentParser(format, text).micros();
        } catch (DateTimeException | IndexOutOfBoundsException | NumberFormatException e) {
            throw new GoogleError("Failed to parse input string");
        }
    }
}
