package dev.sluice.local.functions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The elements of the text behind FORMAT in a cast from or to dates and times. */
final class FormatModel {

    private static final Pattern ELEMENT =
            Pattern.compile("\"(?<quoted>(?:[^\"\\\\]|\\\\[\"\\\\])*+)\"|(?<mark>\\s+|[-./,';:])|(?<name>"
                    + ModelElement.names().stream()
                            .sorted(Comparator.comparingInt(String::length).reversed())
                            .map(Pattern::quote)
                            .collect(Collectors.joining("|", "(?i:", "))")));

    private FormatModel() {}

    /** The longest that fit, one after the other. */
    static List<ModelElement> elements(String format) {
        List<ModelElement> elements = new ArrayList<>();
        Matcher matcher = ELEMENT.matcher(format);
        int at = 0;
        while (at < format.length()) {
            matcher.region(at, format.length());
            if (!matcher.lookingAt()) {
                throw new GoogleError("Cannot find matched format element at " + at);
            }
            elements.add(element(matcher));
            at = matcher.end();
        }
        return elements;
    }

    private static ModelElement element(Matcher matcher) {
        String name = matcher.group("name");
        if (name != null) {
            return new ModelElement(name.toUpperCase(Locale.ROOT), name);
        }
        String quoted = matcher.group("quoted");
        return new ModelElement("", quoted == null ? matcher.group() : quoted.replaceAll("\\\\(.)", "$1"));
    }
}
