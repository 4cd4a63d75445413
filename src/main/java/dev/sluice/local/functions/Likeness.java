package dev.sluice.local.functions;

import java.text.Normalizer;
import java.util.Locale;

/** How texts sound, how far they are apart, and where they are in each other. */
final class Likeness {

    /** The digits of A to Z; letters with zero are not heard, and keep no equal digits apart. */
    private static final String SOUNDS = "01230120022455012623010202";

    private static final int SOUND_LENGTH = 4;

    private Likeness() {}

    static String soundex(String text) {
        var code = new StringBuilder();
        char last = '0';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char upper = (char) (c >= 'a' && c <= 'z' ? c - 32 : c);
            if (upper < 'A' || upper > 'Z' || code.length() == SOUND_LENGTH) {
                continue;
            }
            char sound = SOUNDS.charAt(upper - 'A');
            if (code.isEmpty()) {
                code.append(c);
            } else if (sound != '0' && sound != last) {
                code.append(sound);
            }
            last = sound == '0' ? last : sound;
        }
        return code.isEmpty() ? "" : code + "0".repeat(SOUND_LENGTH - code.length());
    }

    /** Levenshtein's, in letters. */
    static Long distance(String one, String other) {
        int[] left = one.codePoints().toArray();
        int[] right = other.codePoints().toArray();
        int[] row = new int[right.length + 1];
        for (int j = 0; j <= right.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length; i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length; j++) {
                int changed = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return (long) row[right.length];
    }

    /** @param sought a position, an occurrence, and what is looked for, with a blank after each number */
    static Long place(String text, String sought) {
        String[] parts = sought.split(" ", 3);
        long position = Long.parseLong(parts[0]);
        long occurrence = Long.parseLong(parts[1]);
        if (position == 0 || occurrence <= 0) {
            throw new GoogleError(position == 0 ? "Position must be non-zero" : "Occurrence must be positive");
        }
        int[] letters = text.codePoints().toArray();
        int[] word = parts[2].codePoints().toArray();
        int last = letters.length - word.length + 1;
        int end = word.length == 0 ? last : letters.length;
        long at = position > 0 ? position : Math.min(last, end + position + 1);
        int step = position > 0 ? 1 : -1;
        for (; at >= 1 && at <= last; at += step) {
            if (isAt(letters, word, (int) at - 1) && --occurrence == 0) {
                return at;
            }
        }
        return 0L;
    }

    private static boolean isAt(int[] letters, int[] word, int at) {
        for (int i = 0; i < word.length; i++) {
            if (letters[at + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    /** Letters whose case is folded otherwise than to small ones are not known here. */
    static String folded(String text, String form) {
        var kind = Normalizer.Form.valueOf(form);
        String small = text.toLowerCase(Locale.ROOT);
        if (!text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).equals(small)
                || !Normalizer.normalize(small, kind)
                        .toLowerCase(Locale.ROOT)
                        .equals(Normalizer.normalize(small, kind))) {
            throw new IllegalArgumentException("The local BigQuery does not know the case of a letter");
        }
        return Normalizer.normalize(small, kind);
    }
}
