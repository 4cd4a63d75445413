package dev.sluice.local.functions;

import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;

/** Reads one text in a format; used once. */
final class MomentParser {

    private static final long MICROS = 1_000_000;

    private final String format;
    private final TextCursor text;
    private int year = 1970;
    private int month = 1;
    private int day = 1;
    private int hour;
    private int minute;
    private int second;
    private int nano;
    private int offsetSeconds;
    private boolean afternoon;
    private boolean twelve;

    MomentParser(String format, String text) {
        this.format = format;
        this.text = new TextCursor(text);
    }

    /** Since 1970; a zone in the text is subtracted. */
    long micros() {
        text.skipBlanks();
        read(format);
        text.skipBlanks();
        text.requireEnd();
        int hours = twelve ? hour % 12 + (afternoon ? 12 : 0) : hour;
        LocalDateTime moment = LocalDateTime.of(year, month, day, hours, minute, Math.min(second, 59), nano);
        return (moment.toEpochSecond(ZoneOffset.UTC) - offsetSeconds) * MICROS + nano / 1000;
    }

    private void read(String elements) {
        int place = 0;
        while (place < elements.length()) {
            char c = elements.charAt(place++);
            if (Character.isWhitespace(c)) {
                text.skipBlanks();
            } else if (c != '%' || place == elements.length()) {
                text.require(c);
            } else {
                int end = FormatElements.end(elements, place);
                element(elements.substring(place, end));
                place = end;
            }
        }
    }

    private void element(String element) {
        switch (element) {
            case "Y", "E4Y" -> year = text.number(4);
            case "m" -> month = text.number(2);
            case "d", "e" -> day = text.number(2);
            case "y" -> {
                int two = text.number(2);
                year = two + (two < 69 ? 2000 : 1900);
            }
            case "b", "B", "h" -> month = monthName();
            case "F" -> read("%Y-%m-%d");
            case "D", "x" -> read("%m/%d/%y");
            case "T", "X" -> read("%H:%M:%S");
            case "R" -> read("%H:%M");
            case "H", "k" -> hour = text.number(2);
            case "I", "l" -> {
                hour = text.number(2);
                twelve = true;
            }
            case "M" -> minute = text.number(2);
            case "S" -> second = text.number(2);
            case "p", "P" -> half();
            case "E*S" -> {
                second = text.number(2);
                fraction();
            }
            case "z", "Ez" -> zone();
            case "n", "t" -> text.skipBlanks();
            case "%" -> text.require('%');
            default ->
                throw new IllegalArgumentException(
                        "The local BigQuery does not support the format element %" + element);
        }
    }

    private int monthName() {
        for (Month each : Month.values()) {
            for (TextStyle style : new TextStyle[] {TextStyle.FULL, TextStyle.SHORT}) {
                String name = each.getDisplayName(style, Locale.ENGLISH);
                if (text.takeIf(name)) {
                    return each.getValue();
                }
            }
        }
        throw new GoogleError("Failed to parse input string");
    }

    private void half() {
        String said = text.take(2).toUpperCase(Locale.ROOT);
        if (!said.equals("AM") && !said.equals("PM")) {
            throw new GoogleError("Failed to parse input string");
        }
        afternoon = said.equals("PM");
    }

    private void fraction() {
        if (text.takeIf(".")) {
            nano = Integer.parseInt((text.digits(9) + "000000000").substring(0, 6)) * 1000;
        }
    }

    private void zone() {
        if (text.takeIf("Z")) {
            return;
        }
        int sign = text.takeIf("-") ? -1 : 1;
        if (sign == 1) {
            text.require('+');
        }
        int hours = text.number(2);
        text.takeIf(":");
        offsetSeconds = sign * (hours * 3600 + text.number(2) * 60);
    }
}
