package dev.sluice.definition;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what was meant by a name that is not there. */
public final class Suggestion {

    private static final int MAX_EDITS = 3;

    private Suggestion() {}

    /** @return {@code " (did you mean 'x'?)"}, or an empty text if nothing known is close */
    public static String of(String unknown, Collection<String> known) {
        Optional<String> nearest = known.stream()
                .filter(name -> distance(unknown, name) <= Math.min(MAX_EDITS, name.length() / 2))
                .min(Comparator.comparingInt(name -> distance(unknown, name)));
        return nearest.map(name -> " (did you mean '" + name + "'?)").orElse("");
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
