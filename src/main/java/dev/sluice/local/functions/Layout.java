package dev.sluice.local.functions;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How FORMAT lays out one value, as C's printf does.
 *
 * @param precision -1 if none is said
 */
record Layout(String flags, int width, int precision, char letter) {

    private static final Pattern FORM = Pattern.compile("([-+ #0']*)(\\d*)(?:(\\.)(\\d*))?([a-zA-Z])");

    static Layout of(String element) {
        Matcher parts = FORM.matcher(element);
        if (!parts.matches()) {
            throw new IllegalArgumentException("The local BigQuery does not support the format %" + element);
        }
        int precision = parts.group(3) == null ? -1 : number(parts.group(4));
        return new Layout(
                parts.group(1),
                number(parts.group(2)),
                precision,
                parts.group(5).charAt(0));
    }

    private static int number(String digits) {
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    boolean has(char flag) {
        return flags.indexOf(flag) >= 0;
    }

    boolean isUpper() {
        return Character.isUpperCase(letter);
    }

    String sign(boolean negative) {
        return negative ? "-" : has('+') ? "+" : has(' ') ? " " : "";
    }

    /** With blanks before or behind it; a text's letters count, not its characters. */
    String padded(String text) {
        String blanks = " ".repeat(Math.max(0, width - text.codePointCount(0, text.length())));
        return has('-') ? text + blanks : blanks + text;
    }

    /** With zeros between the sign and the digits if the flags say so. */
    String padded(String sign, String digits, boolean zeros) {
        boolean filled = zeros && has('0') && !has('-');
        return padded(sign + (filled ? "0".repeat(Math.max(0, width - sign.length() - digits.length())) : "") + digits);
    }

    /** With commas, if the flags say so. */
    String grouped(String number) {
        return has('\'') ? number.replaceAll("(?<=^\\d{1,400})(?=(\\d{3})+(\\.|$))(?<!\\.\\d{1,400})", ",") : number;
    }
}
