package dev.sluice.local.functions;

import java.time.LocalDateTime;

/** The parts of a format of dates and times. */
final class FormatElements {

    private FormatElements() {}

    /** Where the element ends that begins here, behind its percent sign. */
    static int end(String format, int start) {
        if (format.charAt(start) != 'E') {
            return start + 1;
        }
        int end = start + 1;
        while (end < format.length() && (Character.isDigit(format.charAt(end)) || format.charAt(end) == '*')) {
            end++;
        }
        return Math.min(format.length(), end + 1);
    }

    /** With its point, without zeros at its end; empty if it is zero. */
    static String fraction(int nanos) {
        String digits = "%09d".formatted(nanos).replaceFirst("0+$", "");
        return digits.isEmpty() ? "" : "." + digits;
    }

    /** How many digits of a second an element like E3S has. */
    static int decimals(String element) {
        if (!element.matches("E[0-9]S")) {
            throw new IllegalArgumentException("The local BigQuery does not support the format element %" + element);
        }
        return element.charAt(1) - '0';
    }

    /** Seconds with a number of digits behind the point. */
    static String digits(String element, LocalDateTime moment) {
        int digits = decimals(element);
        return "%02d.%s"
                .formatted(
                        moment.getSecond(), "%09d".formatted(moment.getNano()).substring(0, digits));
    }
}
