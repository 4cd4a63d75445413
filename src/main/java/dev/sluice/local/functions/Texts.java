package dev.sluice.local.functions;

import com.google.common.hash.Hashing;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Texts; bytes come and go in hexadecimal. */
final class Texts {

    private Texts() {}

    static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    static String trimmed(String text, String characters, boolean left, boolean right) {
        Set<Integer> set = characters.codePoints().boxed().collect(Collectors.toSet());
        int[] points = text.codePoints().toArray();
        int from = 0;
        int to = points.length;
        while (left && from < to && set.contains(points[from])) {
            from++;
        }
        while (right && to > from && set.contains(points[to - 1])) {
            to--;
        }
        return new String(points, from, to - from);
    }

    /** The same text, which has no letter twice. */
    static String distinct(String letters) {
        if (letters.codePoints().distinct().count() < letters.codePoints().count()) {
            throw new GoogleError("Duplicate character in TRANSLATE source characters");
        }
        return letters;
    }

    /** Letter by letter. */
    static String reversed(String text) {
        int[] points = text.codePoints().toArray();
        var reversed = new StringBuilder();
        for (int i = points.length - 1; i >= 0; i--) {
            reversed.appendCodePoint(points[i]);
        }
        return reversed.toString();
    }

    static String normalized(String text, String form) {
        return Normalizer.normalize(text, Normalizer.Form.valueOf(form));
    }

    static Long fingerprint(String hex) {
        return Hashing.farmHashFingerprint64()
                .hashBytes(HexFormat.of().parseHex(hex))
                .asLong();
    }

    static String sha512(String hex) {
        return Hashing.sha512().hashBytes(HexFormat.of().parseHex(hex)).toString();
    }

    /** Letter by letter, of which none becomes several. */
    static String capitalized(String text, String delimiters) {
        var result = new StringBuilder();
        boolean first = true;
        for (int point : text.codePoints().toArray()) {
            boolean between = delimiters.indexOf(point) >= 0;
            result.appendCodePoint(
                    between ? point : first ? Character.toUpperCase(point) : Character.toLowerCase(point));
            first = between;
        }
        return result.toString();
    }

    static String fromBase32(String text) {
        try {
            return HexFormat.of()
                    .formatHex(com.google.common.io.BaseEncoding.base32().decode(text));
        } catch (IllegalArgumentException e) {
            throw new GoogleError("Failed to decode invalid base32 string");
        }
    }

    /** Blanks stand between nothing, and what fills up the last four letters may be missing. */
    static String fromBase64(String text) {
        String letters = text.replaceAll("\\s", "");
        boolean padded = letters.endsWith("=");
        try {
            if (padded && letters.length() % 4 != 0) {
                throw new IllegalArgumentException();
            }
            return HexFormat.of().formatHex(java.util.Base64.getDecoder().decode(letters));
        } catch (IllegalArgumentException e) {
            throw new GoogleError("Failed to decode invalid base64 string");
        }
    }

    static String base32(String hex) {
        return com.google.common.io.BaseEncoding.base32().encode(HexFormat.of().parseHex(hex));
    }
}
