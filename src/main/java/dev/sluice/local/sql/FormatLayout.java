package dev.sluice.local.sql;

import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;

/** What stands behind the percent sign of an element of FORMAT; its stars are arguments before its value. */
final class FormatLayout {

    private static final int WIDEST = 9999;
    private static final String TOO_LARGE =
            Guards.error("The local BigQuery knows widths up to " + WIDEST, Type.STRING);

    private static final String WIDTH = "CASE WHEN %1$s NOT BETWEEN -" + WIDEST + " AND " + WIDEST + " THEN "
            + TOO_LARGE + " WHEN %1$s < 0 THEN '-' || CAST(-%1$s AS VARCHAR) ELSE CAST(%1$s AS VARCHAR) END";

    /** None if it is negative. */
    private static final String DECIMALS = "CASE WHEN %1$s > " + WIDEST + " THEN " + TOO_LARGE
            + " WHEN %1$s < 0 THEN '' ELSE '.' || CAST(%1$s AS VARCHAR) END";

    private final Arguments arguments;
    private final Matcher element;
    private final int index;

    /** @param index of its first argument */
    FormatLayout(Arguments arguments, Matcher element, int index) {
        this.arguments = arguments;
        this.element = element;
        this.index = index;
    }

    int stars() {
        return (int) said("width").chars().filter(letter -> letter == '*').count()
                + (int) said("decimals").chars().filter(letter -> letter == '*').count();
    }

    /** NULL if a star's argument is. */
    Typed text() {
        if (stars() == 0) {
            return Typed.text(element.group(2));
        }
        boolean wide = said("width").equals("*");
        Typed width = wide ? argument(index, WIDTH) : Typed.text(said("width"));
        Typed decimals = said("decimals").equals(".*")
                ? argument(index + (wide ? 1 : 0), DECIMALS)
                : Typed.text(said("decimals"));
        List<Typed> parts = List.of(Typed.text(said("flags")), width, decimals, Typed.text(said("letter")));
        return Typed.joined(Type.STRING, "(", " || ", ")", parts);
    }

    private String said(String part) {
        return Objects.requireNonNullElse(element.group(part), "");
    }

    private Typed argument(int place, String format) {
        if (place >= arguments.count()) {
            arguments.require(place + 1);
        }
        return arguments.integer(place).as(Type.STRING, format);
    }
}
