package dev.sluice.definition;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds what looks like a secret in a text that would be kept where many may read it: parameters, reasons, exit
 * messages. It knows the usual forms and long random words; a short password without its name it cannot know.
 */
public final class SecretText {

    private static final String HIDDEN = "***";
    private static final int LONG_WORD = 40;
    private static final int MOST_REPEATED_SHARE = 6;

    private static final List<Pattern> FORMS = List.of(
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)"),
            // the name is kept: it says what to rotate
            Pattern.compile("(?<=://)[^/\\s:@]+:[^/\\s@]+(?=@)"),
            Pattern.compile(
                    "(?i)(?<=\\b(?:password|passwd|pwd|passphrase|secret|api[_-]?key|access[_-]?key|private[_-]?key"
                            + "|client[_-]?secret|auth[_-]?token|access[_-]?token|token|credentials?)\"?[=:]\\s?\"?)"
                            + "(?!\\*\\*\\*)[^\\s\"',;&]{4,}"),
            Pattern.compile("(?i)(?<=\\b(?:bearer|basic) )[A-Za-z0-9._~+/=-]{8,}"),
            Pattern.compile("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"),
            Pattern.compile("\\bAIza[0-9A-Za-z_-]{35}"),
            Pattern.compile("\\bya29\\.[0-9A-Za-z_-]{10,}"),
            Pattern.compile("\\bgh[pousr]_[0-9A-Za-z]{20,}"),
            Pattern.compile("\\b(?:sk|pk|rk)[-_](?:live|test|proj|ant)?[-_]?[0-9A-Za-z_-]{16,}"),
            Pattern.compile("\\bxox[abprs]-[0-9A-Za-z-]{10,}"),
            Pattern.compile("\\beyJ[0-9A-Za-z_-]{5,}\\.eyJ[0-9A-Za-z_-]{5,}\\.[0-9A-Za-z_-]*"));

    private static final Pattern WORD = Pattern.compile("[0-9A-Za-z+/]{" + LONG_WORD + ",}={0,2}");

    private SecretText() {}

    /** Whether keeping this text would keep a secret, as far as its form tells. */
    public static boolean isIn(String text) {
        return !scrub(text).equals(text);
    }

    /** The text with asterisks in place of what looks like a secret. */
    public static String scrub(String text) {
        String clean = text;
        for (Pattern form : FORMS) {
            clean = form.matcher(clean).replaceAll(HIDDEN);
        }
        return WORD.matcher(clean).replaceAll(word -> isRandom(word.group()) ? HIDDEN : word.group());
    }

    /** Upper case, lower case and digits in one long word without a slash, none of them often: keys are like that, names and digests are not. */
    private static boolean isRandom(String word) {
        boolean mixed = word.chars().anyMatch(Character::isUpperCase)
                && word.chars().anyMatch(Character::isLowerCase)
                && word.chars().filter(Character::isDigit).count() >= 3;
        boolean path = word.chars().filter(c -> c == '/').count() > 2;
        long mostRepeated = word.chars()
                .mapToLong(c -> word.chars().filter(other -> other == c).count())
                .max()
                .orElse(0);
        return mixed && !path && mostRepeated <= word.length() / MOST_REPEATED_SHARE;
    }
}
