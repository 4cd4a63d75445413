package dev.sluice.local.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** FORMAT with a literal format of the elements that we vouch for. */
final class Formats {

    private static final Pattern ELEMENT =
            Pattern.compile("%(?:(%)|(0?\\d{0,2})(?:\\.(\\d{1,2}))?([dstTifx]))|%|[^%]+");

    private Formats() {}

    static Typed translate(Arguments arguments) {
        String format = arguments.literal(0, "format");
        Matcher matcher = ELEMENT.matcher(format);
        List<Typed> parts = new ArrayList<>();
        int next = 1;
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                parts.add(Typed.text("%"));
            } else if (matcher.group(4) != null) {
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
        Typed value = arguments.typed(index);
        boolean plain = matcher.group(2).isEmpty() && matcher.group(3) == null;
        String width = matcher.group(2) + (matcher.group(3) == null ? "" : "." + matcher.group(3));
        switch (matcher.group(4)) {
            case "d", "i", "x" -> {
                if (value.type().equals(Type.INT64) && matcher.group(3) == null) {
                    String letter = matcher.group(4).equals("x") ? "x" : "d";
                    return value.as(Type.STRING, "printf('%%" + width + letter + "', %s)");
                }
            }
            case "f" -> {
                if (value.type().equals(Type.FLOAT64)) {
                    return Guards.finite(value).as(Type.STRING, "bq_double_fixed(%s, '" + width + "')");
                }
            }
            default -> {
                boolean shown = value.type().equals(Type.STRING)
                        || matcher.group(4).equals("t")
                                && (value.type().equals(Type.INT64)
                                        || value.type().equals(Type.DATE)
                                        || value.type().equals(Type.BOOL));
                if (plain && shown && !matcher.group(4).equals("T")) {
                    Typed text = Casts.cast(value, Type.STRING, false, arguments.at());
                    return matcher.group(4).equals("t") ? text.as(Type.STRING, "coalesce(%s, 'NULL')") : text;
                }
            }
        }
        throw arguments.unsupported("%s of %s".formatted(matcher.group(), value.type()));
    }
}
