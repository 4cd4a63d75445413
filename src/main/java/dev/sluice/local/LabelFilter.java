package dev.sluice.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which resources a list has: {@code labels.<name>[:<value>]}, several with spaces between them, which must all be there.
 */
record LabelFilter(List<Wanted> wanted) {

    private static final Pattern LABEL = Pattern.compile("labels\\.([^:\\s]+)(?::(\\S*))?");

    /** @param value null for any */
    record Wanted(String name, @Nullable String value) {}

    /** @throws ApiError if it is another filter */
    static LabelFilter of(String filter) {
        List<Wanted> wanted = new ArrayList<>();
        for (String part : filter.strip().split("\\s+", -1)) {
            Matcher label = LABEL.matcher(part);
            if (label.matches()) {
                wanted.add(new Wanted(label.group(1), label.group(2)));
            } else if (!part.isEmpty()) {
                throw ApiError.invalid(
                        "Invalid value for filter: %s; labels.<name>[:<value>] is wanted".formatted(filter));
            }
        }
        return new LabelFilter(List.copyOf(wanted));
    }

    boolean test(@Nullable Map<String, String> labels) {
        Map<String, String> all = labels == null ? Map.of() : labels;
        return wanted.stream()
                .allMatch(label -> all.containsKey(label.name())
                        && (label.value() == null || label.value().equals(all.get(label.name()))));
    }
}
