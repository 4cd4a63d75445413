package dev.sluice.local.functions;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths like {@code $.a."b c"[0]} and {@code $['a']}. */
final class JsonPath {

    private static final Pattern STEP = Pattern.compile(
            "\\.(?<name>[^.\\[\\]\"']+)|\\.\"(?<quoted>[^\"\\\\]*)\"|\\[\\s*(?<index>-?\\d+)\\s*]|\\['(?<old>[^'\\\\]*)'\\]");

    private JsonPath() {}

    static List<String> steps(String path) {
        return steps(path, "");
    }

    /** Those that are places in arrays have a bracket before them. */
    static List<String> marked(String path) {
        return steps(path, "[");
    }

    private static List<String> steps(String path, String mark) {
        if (!path.startsWith("$")) {
            throw new GoogleError("JSONPath must start with '$'");
        }
        List<String> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        int at = 1;
        while (at < path.length()) {
            matcher.region(at, path.length());
            if (!matcher.lookingAt()) {
                throw new GoogleError("Invalid token in JSONPath at: " + path.substring(at));
            }
            for (String group : List.of("name", "quoted", "index", "old")) {
                String step = matcher.group(group);
                if (step != null) {
                    steps.add(group.equals("index") ? mark + new BigInteger(step) : step);
                }
            }
            at = matcher.end();
        }
        return steps;
    }
}
