package dev.sluice.local.functions;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** Dates and times in the formats of FORMAT_… and PARSE_…. */
final class MomentFormats {

    private static final long MICROS = 1_000_000;
    private static final int NANOS_PER_MICRO = 1000;

    private MomentFormats() {}

    static String format(String format, Long micros) {
        LocalDateTime moment = LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MICROS), (int) Math.floorMod(micros, MICROS) * NANOS_PER_MICRO, ZoneOffset.UTC);
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

    private static String element(String element, LocalDateTime moment) {
        return switch (element) {
            case "Y" -> String.valueOf(moment.getYear());
            case "E4Y" -> "%04d".formatted(moment.getYear());
            case "y" -> "%02d".formatted(moment.getYear() % 100);
            case "C" -> String.valueOf(moment.getYear() / 100);
            case "m" -> "%02d".formatted(moment.getMonthValue());
            case "d" -> "%02d".formatted(moment.getDayOfMonth());
            case "e" -> "%2d".formatted(moment.getDayOfMonth());
            case "j" -> "%03d".formatted(moment.getDayOfYear());
            case "Q" -> String.valueOf((moment.getMonthValue() + 2) / 3);
            case "B" -> moment.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case "b", "h" -> moment.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case "A" -> moment.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case "a" -> moment.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case "u" -> String.valueOf(moment.getDayOfWeek().getValue());
            case "w" -> String.valueOf(moment.getDayOfWeek().getValue() % 7);
            case "V" -> "%02d".formatted(moment.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case "G" -> String.valueOf(moment.get(IsoFields.WEEK_BASED_YEAR));
            case "F" -> element("Y", moment) + composed("-%m-%d", moment);
            case "D", "x" -> composed("%m/%d/%y", moment);
            case "n" -> "\n";
            case "t" -> "\t";
            case "%" -> "%";
            default -> time(element, moment);
        };
    }

    private static String time(String element, LocalDateTime moment) {
        return switch (element) {
            case "H" -> "%02d".formatted(moment.getHour());
            case "k" -> "%2d".formatted(moment.getHour());
            case "I" -> "%02d".formatted(moment.get(ChronoField.CLOCK_HOUR_OF_AMPM));
            case "l" -> "%2d".formatted(moment.get(ChronoField.CLOCK_HOUR_OF_AMPM));
            case "M" -> "%02d".formatted(moment.getMinute());
            case "S" -> "%02d".formatted(moment.getSecond());
            case "p" -> moment.getHour() < 12 ? "AM" : "PM";
            case "P" -> moment.getHour() < 12 ? "am" : "pm";
            case "T", "X" -> composed("%H:%M:%S", moment);
            case "R" -> composed("%H:%M", moment);
            case "s" -> String.valueOf(moment.toEpochSecond(ZoneOffset.UTC));
            case "E*S" -> element("S", moment) + FormatElements.fraction(moment.get(ChronoField.NANO_OF_SECOND));
            default -> FormatElements.digits(element, moment);
        };
    }

    private static String composed(String format, LocalDateTime moment) {
        return format(format, moment.toEpochSecond(ZoneOffset.UTC) * MICROS + moment.get(ChronoField.MICRO_OF_SECOND));
    }

    static Long parse(String format, String text) {
        try {
            return new MomentParser(format, text).micros();
        } catch (DateTimeException | IndexOutOfBoundsException | NumberFormatException e) {
            throw new GoogleError("Failed to parse input string");
        }
    }
}
