package dev.sluice.bigquery;

import java.util.regex.Pattern;

/** What a server or a library says, fit for logs and people. */
final class ServerWords {

    private static final int MAX_WORDS = 300;
    private static final Pattern QUOTED = Pattern.compile("(?<![\\p{L}\\d])(?:'[^']*'|\"[^\"]*\")");
    private static final Pattern VALUE = Pattern.compile(
            "(?i)(\\b(?:value|literal|overflow|by zero|out of range|to an integer):|\\bin function: \\w+).*");

    private ServerWords() {}

    /** The first line, without what may be a value of a row or of a statement. */
    static String of(String text) {
        String line = text.lines().findFirst().orElse("");
        String masked = VALUE.matcher(QUOTED.matcher(line).replaceAll("'…'")).replaceAll("$1 …");
        return masked.substring(0, Math.min(masked.length(), MAX_WORDS));
    }
}
