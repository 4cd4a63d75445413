package dev.sluice.local.functions;

import java.time.DateTimeException;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/** Reads one text as a format model says; used once. */
final class ModelReader {

    private static final int NANO_DIGITS = 9;
    private static final int MOST_HOURS = 14;
    private static final int SECONDS_OF_DAY = 86_400;

    private final int currentYear;
    private final List<ModelElement> elements;
    private final TextCursor text;
    private final ParsedMoment moment = new ParsedMoment();
    private int second;
    private String fraction = "";
    private int sign = 1;
    private int offset;

    private ModelReader(int currentYear, List<ModelElement> elements, String text) {
        this.currentYear = currentYear;
        this.elements = elements;
        this.text = new TextCursor(text);
    }

    /**
     * Microseconds since 1970; a zone in the text is subtracted.
     *
     * @param words a type, the current year and the format model, with a blank after the first two
     */
    static Long read(String words, String text) {
        String[] parts = words.split(" ", 3);
        List<ModelElement> elements = FormatModel.elements(parts[2]);
        ModelRules.require(parts[0], elements);
        try {
            return new ModelReader(Integer.parseInt(parts[1]), elements, text).micros();
        } catch (DateTimeException | IndexOutOfBoundsException e) {
            throw new GoogleError("Failed to parse input timestamp string");
        }
    }

    private long micros() {
        text.skipBlanks();
        for (int i = 0; i < elements.size(); i++) {
            read(elements.get(i), i);
        }
        text.skipBlanks();
        text.requireEnd();
        moment.second(second, Integer.parseInt((fraction + "0".repeat(NANO_DIGITS)).substring(0, NANO_DIGITS)));
        moment.zone(ZoneOffset.ofTotalSeconds(sign * offset * 60));
        return moment.micros();
    }

    private void read(ModelElement element, int place) {
        switch (element.name()) {
            case "" -> literal(element);
            case "YYYY", "RRRR" -> moment.year(isFollowedByDigit(place) ? text.number(4) : text.number(5, 0, 10_000));
            case "YYY" -> moment.year(currentYear / 1000 * 1000 + text.number(3));
            case "YY" -> moment.year(currentYear / 100 * 100 + text.number(2));
            case "Y" -> moment.year(currentYear / 10 * 10 + text.number(1));
            case "RR" -> moment.year(nearby(text.number(2)));
            case "Y,YYY" -> {
                int thousands = text.number(1);
                text.require(',');
                moment.year(1000 * thousands + text.digitsExactly(3));
            }
            case "MM" -> moment.month(text.number(2, 1, 12));
            case "MON" -> moment.month(month(TextStyle.SHORT));
            case "MONTH" -> moment.month(month(TextStyle.FULL));
            case "DD" -> moment.day(text.number(2, 1, 31));
            default -> time(element.name());
        }
    }

    private void time(String element) {
        switch (element) {
            case "HH", "HH12" -> moment.hourOfTwelve(text.number(2, 1, 12));
            case "HH24" -> moment.hour(text.number(2, 0, 23));
            case "A.M.", "P.M." -> moment.afternoon(afternoon());
            case "MI" -> moment.minute(text.number(2, 0, 59));
            case "SS" -> second = text.number(2, 0, 59);
            case "SSSSS" -> {
                int all = text.number(5, 0, SECONDS_OF_DAY - 1);
                moment.hour(all / 3600);
                moment.minute(all / 60 % 60);
                second = all % 60;
            }
            case "TZH" -> {
                sign = text.takeIf("-") ? -1 : 1;
                if (sign == 1 && !text.takeIf("+")) {
                    text.require(' ');
                }
                offset += 60 * text.number(2, 0, MOST_HOURS);
            }
            case "TZM" -> offset += text.number(2, 0, 59);
            default -> fraction = text.digits(element.charAt(2) - '0');
        }
        if (offset > MOST_HOURS * 60) {
            throw new GoogleError("Invalid time zone");
        }
    }

    private void literal(ModelElement element) {
        if (!element.isBlank()) {
            element.text().chars().forEach(c -> text.require((char) c));
            return;
        }
        text.requireBlank();
        text.skipBlanks();
    }

    private boolean isFollowedByDigit(int place) {
        return elements.stream()
                .skip(place + 1L)
                .filter(element -> !element.isLiteral() || !element.text().isEmpty())
                .findFirst()
                .filter(ModelElement::beginsWithDigit)
                .isPresent();
    }

    /** In the half century around the current year that ends in it. */
    private int nearby(int yearOfCentury) {
        int century = currentYear / 100 * 100;
        boolean late = currentYear % 100 >= 50;
        int shift = late == yearOfCentury >= 50 ? 0 : late ? 100 : -100;
        return century + shift + yearOfCentury;
    }

    private int month(TextStyle style) {
        for (Month month : Month.values()) {
            if (text.takeIf(month.getDisplayName(style, Locale.ENGLISH))) {
                return month.getValue();
            }
        }
        throw new GoogleError("Failed to parse input timestamp string");
    }

    private boolean afternoon() {
        boolean afternoon = text.takeIf("P.M.");
        if (!afternoon && !text.takeIf("A.M.")) {
            throw new GoogleError("Failed to parse input timestamp string");
        }
        return afternoon;
    }
}
