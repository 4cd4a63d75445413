package dev.sluice.local.functions;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a cast lays out numbers: digits, groups, a point, a sign and a dollar sign.
 *
 * @param fill whether it is padded with blanks to the width of the model
 * @param dollar a dollar sign, or nothing
 * @param whole what stands before the point
 * @param point a point, or nothing
 * @param decimals how many digits stand behind the point
 * @param sign S before the number or s behind it, MI, PR, or empty for the usual one
 */
public record NumberModel(boolean fill, String dollar, String whole, String point, int decimals, String sign) {

    private static final Pattern FORM = Pattern.compile("(?<fm>FM)?(?<head>S\\$?|\\$S?)?(?<whole>[09][09,G]*)?"
            + "(?:(?<point>[.D])(?<decimals>[09]*))?(?<tail>\\$?(?:S|MI|PR)?|(?:S|MI|PR)\\$)");

    /** Whether all of the format is known here. */
    public static boolean isKnown(String format) {
        String upper = format.toUpperCase(Locale.ROOT);
        Matcher form = FORM.matcher(upper);
        return form.matches()
                && upper.matches(".*[09].*")
                && upper.replaceAll("MI|PR|S", "!").replaceAll("[^!]", "").length() <= 1
                && upper.indexOf('$') == upper.lastIndexOf('$');
    }

    private static NumberModel of(String format) {
        String upper = format.toUpperCase(Locale.ROOT);
        Matcher form = FORM.matcher(upper);
        if (!form.matches()) {
            throw new IllegalArgumentException("The local BigQuery does not support the format " + format);
        }
        String head = form.group("head") == null ? "" : form.group("head").replace("$", "");
        String tail = form.group("tail").replace("$", "");
        String decimals = form.group("decimals") == null ? "" : form.group("decimals");
        return new NumberModel(
                form.group("fm") == null,
                upper.contains("$") ? "$" : "",
                form.group("whole") == null ? "" : form.group("whole").replace('G', ','),
                form.group("point") == null ? "" : ".",
                decimals.length(),
                head.isEmpty() ? tail.replace("S", "s") : head);
    }

    /** A NUMERIC, a BIGNUMERIC or an INT64, rounded half away from zero. */
    static String decimal(String number, String format) {
        return of(format).laidOut(new BigDecimal(number), RoundingMode.HALF_UP);
    }

    /** Rounded to even digits. */
    static String floating(Double number, String format) {
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("The local BigQuery does not support FORMAT of NaN and infinity");
        }
        return of(format).laidOut(new BigDecimal(number), RoundingMode.HALF_EVEN);
    }

    private String laidOut(BigDecimal number, RoundingMode rounding) {
        String digits = number.abs().setScale(decimals, rounding).toPlainString();
        String text = signed(dollar + digits(digits), number.signum() < 0);
        int width = dollar.length() + whole.length() + point.length() + decimals + (sign.equals("PR") ? 2 : 1);
        return fill ? " ".repeat(Math.max(0, width - text.length())) + text : text;
    }

    private String signed(String number, boolean negative) {
        String blank = fill ? " " : "";
        return switch (sign) {
            case "S" -> (negative ? "-" : "+") + number;
            case "s" -> number + (negative ? "-" : "+");
            case "MI" -> number + (negative ? "-" : blank);
            case "PR" -> negative ? "<" + number + ">" : blank + number + blank;
            default -> (negative ? "-" : blank) + number;
        };
    }

    private String digits(String number) {
        int end = decimals == 0 ? number.length() : number.length() - decimals - 1;
        String before = number.substring(0, end).replaceFirst("^0+", "");
        String behind = decimals == 0 ? "" : number.substring(end + 1);
        if (before.length() > whole.replace(",", "").length()) {
            return whole.replaceAll("[09]", "#") + point + "#".repeat(decimals);
        }
        String shown = fill ? behind : behind.replaceFirst("0+$", "");
        boolean alone = decimals == 0 || !fill && shown.isEmpty();
        return before(before, alone) + point + shown;
    }

    /**
     * From behind; zeros are shown from the first zero of the model on.
     *
     * @param alone whether no digits stand behind the point
     */
    private String before(String digits, boolean alone) {
        var text = new StringBuilder();
        int left = digits.length();
        int zeros = whole.indexOf('0');
        for (int i = whole.length() - 1; i >= 0; i--) {
            boolean shown = left > 0 || zeros >= 0 && i >= zeros;
            if (whole.charAt(i) != ',') {
                left--;
                boolean only = i == whole.length() - 1 && alone;
                text.append(left >= 0 ? String.valueOf(digits.charAt(left)) : shown || only ? "0" : "");
            } else if (shown) {
                text.append(',');
            }
        }
        return text.reverse().toString();
    }
}
