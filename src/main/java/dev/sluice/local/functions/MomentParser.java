package dev.sluice.local.functions;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads one text in a format; used once. */
final class MomentParser {

    private static final int NANO_DIGITS = 9;
    private static final int MOST_OFFSET = 14 * 3600;

    private final String format;
    private final TextCursor text;
    private final ParsedMoment moment = new ParsedMoment();

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
        return moment.micros();
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
                element(elements.substring(place, end), elements.startsWith("%", end));
                place = end;
            }
        }
    }

    /** @param followed by another element, before which a year has four digits */
    private void element(String element, boolean followed) {
        switch (element) {
            case "Y", "EY" -> moment.year(followed ? text.number(4) : text.number(5, 0, 10_000));
            case "E4Y" -> moment.year(text.digitsExactly(4));
            case "y", "Ey" -> moment.yearOfCentury(text.number(2));
            case "C", "EC" -> moment.century(followed ? text.number(2) : text.number(3, 0, 100));
            case "m" -> moment.month(text.number(2, 1, 12));
            case "d" -> moment.day(text.number(2, 1, 31));
            case "e" -> {
                text.skipBlanks();
                moment.day(text.number(2, 1, 31));
            }
            case "j" -> moment.dayOfYear(text.number(3, 1, 366));
            case "Q" -> moment.quarter(text.number(1, 1, 4));
            case "b", "B", "h" -> moment.month(monthName());
            case "a", "A" -> named(Stream.of(DayOfWeek.values()).map(each -> names(each::getDisplayName)));
            case "F" -> read("%E4Y-%m-%d");
            case "D", "x" -> read("%m/%d/%y");
            case "c" -> read("%a %b %e %H:%M:%S %Y");
            default -> time(element);
        }
    }

    private void time(String element) {
        switch (element) {
            case "T", "X" -> read("%H:%M:%S");
            case "R" -> read("%H:%M");
            case "r" -> read("%I:%M:%S %p");
            case "H", "k" -> {
                text.skipBlanks();
                moment.hour(text.number(2, 0, 23));
            }
            case "I", "l" -> {
                text.skipBlanks();
                moment.hourOfTwelve(text.number(2, 1, 12));
            }
            case "M" -> moment.minute(text.number(2, 0, 59));
            case "S" -> moment.second(text.number(2, 0, 60), 0);
            case "p", "P" -> half();
            case "E*S" -> seconds(Integer.MAX_VALUE);
            case "s" -> moment.epochSeconds(text.signed(12));
            case "z" -> offset(false);
            case "Ez" -> offset(true);
            case "Z" -> moment.zone(ParsedMoment.named(text.word()));
            case "n", "t" -> text.skipBlanks();
            case "%" -> text.require('%');
            default -> seconds(FormatElements.decimals(element));
        }
    }

    private interface Names<T> {
        String of(TextStyle style, Locale locale);
    }

    private static Stream<String> names(Names<?> names) {
        return Stream.of(names.of(TextStyle.FULL, Locale.ENGLISH), names.of(TextStyle.SHORT, Locale.ENGLISH));
    }

    private int monthName() {
        return named(Stream.of(Month.values()).map(each -> names(each::getDisplayName))) + 1;
    }

    /** Which of them stands there. */
    private int named(Stream<Stream<String>> names) {
        int place = 0;
        for (Stream<String> each : names.toList()) {
            if (each.anyMatch(text::takeIf)) {
                return place;
            }
            place++;
        }
        throw text.failed();
    }

    private void half() {
        String said = text.take(2).toUpperCase(Locale.ROOT);
        if (!said.equals("AM") && !said.equals("PM")) {
            throw text.failed();
        }
        moment.afternoon(said.equals("PM"));
    }

    private void seconds(int decimals) {
        int whole = text.number(2, 0, 60);
        String fraction = decimals > 0 && text.takeIf(".") ? text.digits(decimals) : "";
        moment.second(whole, Integer.parseInt((fraction + "0".repeat(NANO_DIGITS)).substring(0, NANO_DIGITS)));
    }

    private void offset(boolean colon) {
        if (colon && text.takeIf("Z")) {
            moment.zone(ZoneOffset.UTC);
            return;
        }
        int sign = text.takeIf("-") ? -1 : 1;
        if (sign == 1) {
            text.require('+');
        }
        int seconds = text.digitsExactly(2) * 3600;
        boolean separated = colon && text.takeIf(":");
        seconds += separated || text.hasDigit() ? text.digitsExactly(2) * 60 : 0;
        if (seconds > MOST_OFFSET) {
            throw new GoogleError("Timezone offset out of valid range -14:00 to +14:00");
        }
        moment.zone(ZoneOffset.ofTotalSeconds(sign * seconds));
    }
}
