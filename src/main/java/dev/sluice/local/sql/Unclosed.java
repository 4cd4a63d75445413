package dev.sluice.local.sql;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What begins in a statement and does not end. */
final class Unclosed {

    private static final Pattern OPENING = Pattern.compile(
            "(?<prefix>[bB][rR]?|[rR][bB]?)?+(?<quote>\'\'\'|\"\"\"|\'|\")|(?<name>`)|(?<comment>/\\*)");

    private Unclosed() {}

    /** @param end where the token ends that begins there; there is none if it is the same place */
    static Optional<String> at(String sql, int begin, int end) {
        Matcher opening = OPENING.matcher(sql).region(begin, sql.length());
        if (!opening.lookingAt()) {
            return Optional.empty();
        }
        int length = opening.group().length()
                + (opening.group("quote") == null ? opening.group() : opening.group("quote")).length();
        return end - begin < length ? Optional.of(message(sql, opening)) : Optional.empty();
    }

    private static String message(String sql, Matcher opening) {
        if (opening.group("comment") != null) {
            return "Unclosed comment";
        }
        if (opening.group("name") != null) {
            return sql.startsWith("``", opening.start()) ? "Invalid empty identifier" : "Unclosed identifier literal";
        }
        String prefix =
                opening.group("prefix") == null ? "" : opening.group("prefix").toLowerCase(Locale.ROOT);
        return "Unclosed " + (opening.group("quote").length() == 1 ? "" : "triple-quoted ")
                + (prefix.contains("r") ? "raw " : "") + (prefix.contains("b") ? "bytes" : "string") + " literal";
    }
}
