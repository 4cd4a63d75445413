package dev.sluice.local.functions;

import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Writes dates and times as format models say. */
final class ModelWriter {

    private ModelWriter() {}

    /**
     * @param words a type, a zone and the format model, with a blank after the first two
     * @param micros since 1970
     */
    static String written(String words, Long micros) {
        String[] parts = words.split(" ", 3);
        OffsetDateTime moment = MomentFormats.zoned(parts[1], micros);
        var text = new StringBuilder();
        for (ModelElement element : FormatModel.elements(parts[2])) {
            if (!element.isOf(parts[0])) {
                throw new GoogleError("%s does not support '%s'".formatted(parts[0], element.name()));
            }
            text.append(element.isLiteral() ? element.text() : element(element, moment));
        }
        return text.toString();
    }

    private static String element(ModelElement element, OffsetDateTime zoned) {
        LocalDateTime moment = zoned.toLocalDateTime();
        int year = moment.getYear();
        return switch (element.name()) {
            case "YYYY", "RRRR" -> "%04d".formatted(year);
            case "YYY" -> "%03d".formatted(year % 1000);
            case "YY", "RR" -> "%02d".formatted(year % 100);
            case "Y" -> String.valueOf(year % 10);
            case "MM" -> "%02d".formatted(moment.getMonthValue());
            case "MON" -> cased(moment.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH), element.text());
            case "MONTH" -> cased(moment.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH), element.text());
            case "DDD" -> "%03d".formatted(moment.getDayOfYear());
            case "DD" -> "%02d".formatted(moment.getDayOfMonth());
            case "D" -> String.valueOf(moment.getDayOfWeek().getValue() % 7 + 1);
            case "DAY" -> cased(moment.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH), element.text());
            case "DY" -> cased(moment.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH), element.text());
            default -> time(element, zoned);
        };
    }

    private static String time(ModelElement element, OffsetDateTime zoned) {
        LocalDateTime moment = zoned.toLocalDateTime();
        int minutes = zoned.getOffset().getTotalSeconds() / 60;
        return switch (element.name()) {
            case "HH", "HH12" -> "%02d".formatted(moment.get(ChronoField.CLOCK_HOUR_OF_AMPM));
            case "HH24" -> "%02d".formatted(moment.getHour());
            case "MI" -> "%02d".formatted(moment.getMinute());
            case "SS" -> "%02d".formatted(moment.getSecond());
            case "SSSSS" -> "%05d".formatted(moment.get(ChronoField.SECOND_OF_DAY));
            case "AM", "PM" -> meridian(moment, element, "AM", "PM");
            case "A.M.", "P.M." -> meridian(moment, element, "A.M.", "P.M.");
            case "TZH" -> "%s%02d".formatted(minutes < 0 ? "-" : "+", Math.abs(minutes) / 60);
            case "TZM" -> "%02d".formatted(Math.abs(minutes) % 60);
            case "Y,YYY" -> throw new GoogleError("Unsupported format element 'Y,YYY'");
            default -> "%09d".formatted(moment.getNano()).substring(0, digits(element));
        };
    }

    /** Of a second. */
    static int digits(ModelElement element) {
        return element.name().charAt(2) - '0';
    }

    private static String meridian(LocalDateTime moment, ModelElement element, String morning, String afternoon) {
        String said = moment.getHour() < 12 ? morning : afternoon;
        return Character.isLowerCase(element.text().charAt(0)) ? said.toLowerCase(Locale.ROOT) : said;
    }

    /** All in the case of the first letter, unless only that is large. */
    private static String cased(String name, String element) {
        if (Character.isLowerCase(element.charAt(0))) {
            return name.toLowerCase(Locale.ROOT);
        }
        return Character.isLowerCase(element.charAt(1)) ? name : name.toUpperCase(Locale.ROOT);
    }
}
