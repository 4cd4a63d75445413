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
    private final String text;
    private int at;
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
        this.text = text;
    }

    /** Since 1970; a zone in the text is subtracted. */
    long micros() {
        skipBlanks();
        read(format);
        skipBlanks();
        if (at < text.length()) {
            throw new GoogleError("Failed to parse input string");
        }
        int hours = twelve ? hour % 12 + (afternoon ? 12 : 0) : hour;
        LocalDateTime moment = LocalDateTime.of(year, month, day, hours, minute, Math.min(second, 59), nano);
        return (moment.toEpochSecond(ZoneOffset.UTC) - offsetSeconds) * MICROS + nano / 1000;
    }

    private void read(String elements) {
        int place = 0;
        while (place < elements.length()) {
            char c = elements.charAt(place++);
            if (Character.isWhitespace(c)) {
                skipBlanks();
            } else if (c != '%' || place == elements.length()) {
                require(c);
            } else {
                int end = FormatElements.end(elements, place);
                element(elements.substring(place, end));
                place = end;
            }
        }
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private void require(char c) {
        if (at == text.length() || text.charAt(at) != c) {
            throw new GoogleError("Failed to parse input string");
        }
        at++;
    }

    private void element(String element) {
        switch (element) {
            case "Y", "E4Y" -> year = number(4);
            case "m" -> month = number(2);
            case "d", "e" -> day = number(2);
            case "y" -> {
                int two = number(2);
                year = two + (two < 69 ? 2000 : 1900);
            }
            case "b", "B", "h" -> month = monthName();
            case "F" -> read("%Y-%m-%d");
            case "D", "x" -> read("%m/%d/%y");
            case "T", "X" -> read("%H:%M:%S");
            case "R" -> read("%H:%M");
            case "H", "k" -> hour = number(2);
            case "I", "l" -> {
                hour = number(2);
                twelve = true;
            }
            case "M" -> minute = number(2);
            case "S" -> second = number(2);
            case "p", "P" -> half();
            case "E*S" -> {
                second = number(2);
                fraction();
            }
            case "z", "Ez" -> zone();
            case "n", "t" -> skipBlanks();
            case "%" -> require('%');
            default ->
                throw new IllegalArgumentException(
                        "The local BigQuery does not support the format element %" + element);
        }
    }

    private int number(int most) {
        int start = at;
        while (at < text.length() && at - start < most && Character.isDigit(text.charAt(at))) {
            at++;
        }
        return Integer.parseInt(text.substring(start, at));
    }

    private int monthName() {
        for (Month each : Month.values()) {
            for (TextStyle style : new TextStyle[] {TextStyle.FULL, TextStyle.SHORT}) {
                String name = each.getDisplayName(style, Locale.ENGLISH);
                if (text.regionMatches(true, at, name, 0, name.length())) {
                    at += name.length();
                    return each.getValue();
                }
            }
        }
        throw new GoogleError("Failed to parse input string");
    }

    private void half() {
        String said = text.substring(at, at + 2).toUpperCase(Locale.ROOT);
        if (!said.equals("AM") && !said.equals("PM")) {
            throw new GoogleError("Failed to parse input string");
        }
        afternoon = said.equals("PM");
        at += 2;
    }

    private void fraction() {
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            int start = at;
            number(9);
            nano = Integer.parseInt((text.substring(start, at) + "000000000").substring(0, 6)) * 1000;
        }
    }

    private void zone() {
        if (at < text.length() && (text.charAt(at) == 'Z' || text.charAt(at) == 'z')) {
            at++;
            return;
        }
        int sign = text.charAt(at) == '-' ? -1 : 1;
        if (sign == 1) {
            require('+');
        } else {
            at++;
        }
        int hours = number(2);
        if (at < text.length() && text.charAt(at) == ':') {
            at++;
        }
        offsetSeconds = sign * (hours * 3600 + number(2) * 60);
    }
}
