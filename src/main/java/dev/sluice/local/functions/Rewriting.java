package dev.sluice.local.functions;

import com.google.re2j.Matcher;
import org.jspecify.annotations.Nullable;

/** What takes the place of a match: a text with {@code \0} to {@code \9} for groups and {@code \\}. */
final class Rewriting {

    private final String text;
    private final int groups;

    Rewriting(String text, int groups) {
        this.text = text;
        this.groups = groups;
        for (int i = text.indexOf('\\'); i >= 0; i = text.indexOf('\\', i + 2)) {
            require(i + 1 < text.length() ? text.charAt(i + 1) : ' ');
        }
    }

    private void require(char letter) {
        if (letter != '\\' && !isDigit(letter)) {
            throw new GoogleError(
                    "Invalid REGEXP_REPLACE pattern: Rewrite schema error: '\\' must be followed by a digit or '\\'.");
        }
        if (isDigit(letter) && letter - '0' > groups) {
            throw new GoogleError(
                    "Invalid REGEXP_REPLACE pattern: Rewrite schema requests %s matches, but the regexp only has %d parenthesized subexpressions."
                            .formatted(letter, groups));
        }
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    void append(Matcher matcher, StringBuilder result) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '\\') {
                i++;
                letter = text.charAt(i);
                @Nullable String group = isDigit(letter) ? matcher.group(letter - '0') : "\\";
                result.append(group == null ? "" : group);
            } else {
                result.append(letter);
            }
        }
    }
}
