package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** FORMAT with a literal format of the elements that we vouch for. */
final class Formats {

    private static final Pattern ELEMENT =
            Pattern.compile("%(?:(%)|([-+ #0']*\\d{0,4}(?:\\.\\d{0,4})?([dioxXfFeEgGstTpP])))|%|[^%]+");

    private Formats() {}

    static Typed translate(Arguments arguments) {
        if (arguments.isNull(0)) {
            return arguments.text(0);
        }
        String format = arguments.literal(0, "format");
        Matcher matcher = ELEMENT.matcher(format);
        List<Typed> parts = new ArrayList<>();
        int next = 1;
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                parts.add(Typed.text("%"));
            } else if (matcher.group(2) != null) {
                parts.add(element(arguments, matcher, next++));
            } else if (matcher.group().equals("%")) {
                throw arguments.unsupported("this format");
            } else {
                parts.add(Typed.text(matcher.group()));
            }
        }
        arguments.require(next);
        return parts.isEmpty() ? Typed.text("") : Typed.joined(Type.STRING, "(", " || ", ")", parts);
    }

    private static Typed element(Arguments arguments, Matcher matcher, int index) {
        if (index >= arguments.count()) {
            arguments.require(index + 1);
        }
        Typed value = arguments.typed(index);
        String letter = matcher.group(3);
        return switch (letter) {
            case "d", "i", "o", "x", "X" -> whole(arguments, matcher, index);
            case "f", "F", "e", "E", "g", "G" -> number(arguments, matcher, value);
            case "t", "T" -> laidOut(matcher, new ValueTexts(letter.equals("T"), arguments.at()).shown(value));
            case "s" -> laidOut(matcher, arguments.text(index));
            default -> laidOut(matcher, json(arguments, matcher, index));
        };
    }

    private static Typed whole(Arguments arguments, Matcher matcher, int index) {
        requireKnown(arguments, matcher);
        return arguments.integer(index).as(Type.STRING, "bq_format_whole(%s, " + quoted(matcher) + ")");
    }

    /** Commas only where it is sure where they stand. */
    private static void requireKnown(Arguments arguments, Matcher matcher) {
        boolean grouped = matcher.group(2).contains("'");
        boolean alternative = matcher.group(2).contains("#") && matcher.group(3).matches("[feEgGF]");
        if (alternative || grouped && !matcher.group(3).matches("[difF]")) {
            throw arguments.unsupported(matcher.group());
        }
    }

    private static Typed number(Arguments arguments, Matcher matcher, Typed value) {
        requireKnown(arguments, matcher);
        if (!value.type().isDecimal()) {
            if (!value.type().equals(Type.FLOAT64) && !value.type().equals(Type.NULL)) {
                throw Coercions.mismatch(arguments.at(), value);
            }
            Typed number = Coercions.to(Type.FLOAT64, value, arguments.at());
            return number.as(Type.STRING, "bq_format_double(%s, " + quoted(matcher) + ")");
        }
        Typed text = Casts.cast(value, Type.STRING, false, arguments.at());
        return text.as(Type.STRING, "bq_format_decimal(%s, " + quoted(matcher) + ")");
    }

    private static Typed json(Arguments arguments, Matcher matcher, int index) {
        Typed json = arguments.to(Type.JSON, index).as(Type.STRING, "CAST(%s AS VARCHAR)");
        return matcher.group(3).equals("P") ? json.as(Type.STRING, "bq_json_indented(%s)") : json;
    }

    private static Typed laidOut(Matcher matcher, Typed text) {
        return matcher.group(2).length() == 1
                ? text
                : text.as(Type.STRING, "bq_format_text(%s, " + quoted(matcher) + ")");
    }

    private static String quoted(Matcher matcher) {
        return "'" + matcher.group(2).replace("'", "''") + "'";
    }
}
