package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** FORMAT with a literal format of the elements that we vouch for. */
final class Formats {

    private static final Pattern ELEMENT =
            Pattern.compile("%(?:(%)|((?<flags>[-+ #0']*)(?<width>\\*|\\d{0,4})(?<decimals>\\.(?:\\*|\\d{0,4}))?"
                    + "(?<letter>[dioxXfFeEgGstTpP])))|%|[^%]+");

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
                var layout = new FormatLayout(arguments, matcher, next);
                parts.add(element(arguments, matcher, layout.text(), next + layout.stars()));
                next += layout.stars() + 1;
            } else if (matcher.group().equals("%")) {
                throw arguments.unsupported("this format");
            } else {
                parts.add(Typed.text(matcher.group()));
            }
        }
        arguments.require(next);
        return parts.isEmpty() ? Typed.text("") : Typed.joined(Type.STRING, "(", " || ", ")", parts);
    }

    private static Typed element(Arguments arguments, Matcher matcher, Typed layout, int index) {
        if (index >= arguments.count()) {
            arguments.require(index + 1);
        }
        Typed value = arguments.typed(index);
        String letter = matcher.group("letter");
        return switch (letter) {
            case "d", "i", "o", "x", "X" -> whole(arguments, matcher, layout, index);
            case "f", "F", "e", "E", "g", "G" -> number(arguments, matcher, layout, value);
            case "t", "T" -> laidOut(layout, new ValueTexts(letter.equals("T"), arguments.at()).shown(value));
            case "s" -> laidOut(layout, arguments.text(index));
            default -> laidOut(layout, json(arguments, matcher, index));
        };
    }

    private static Typed whole(Arguments arguments, Matcher matcher, Typed layout, int index) {
        requireKnown(arguments, matcher);
        return Typed.of(Type.STRING, "bq_format_whole(%s, %s)", arguments.integer(index), layout);
    }

    /** Commas only where it is sure where they stand. */
    private static void requireKnown(Arguments arguments, Matcher matcher) {
        boolean grouped = matcher.group(2).contains("'");
        boolean alternative =
                matcher.group(2).contains("#") && matcher.group("letter").matches("[feEgGF]");
        if (alternative || grouped && !matcher.group("letter").matches("[difF]")) {
            throw arguments.unsupported(matcher.group());
        }
    }

    private static Typed number(Arguments arguments, Matcher matcher, Typed layout, Typed value) {
        requireKnown(arguments, matcher);
        if (!value.type().isDecimal()) {
            if (!value.type().equals(Type.FLOAT64) && !value.type().equals(Type.NULL)) {
                throw Coercions.mismatch(arguments.at(), value);
            }
            Typed number = Coercions.to(Type.FLOAT64, value, arguments.at());
            return Typed.of(Type.STRING, "bq_format_double(%s, %s)", number, layout);
        }
        Typed text = Casts.cast(value, Type.STRING, false, arguments.at());
        return Typed.of(Type.STRING, "bq_format_decimal(%s, %s)", text, layout);
    }

    private static Typed json(Arguments arguments, Matcher matcher, int index) {
        Typed json = arguments.to(Type.JSON, index).as(Type.STRING, "CAST(%s AS VARCHAR)");
        return matcher.group("letter").equals("P") ? json.as(Type.STRING, "bq_json_indented(%s)") : json;
    }

    private static Typed laidOut(Typed layout, Typed text) {
        String said = layout.text();
        return said != null && said.length() == 1
                ? text
                : Typed.of(Type.STRING, "bq_format_text(%s, %s)", text, layout);
    }
}
