package dev.sluice.local.functions;

/** Reads a text from its beginning to its end. */
final class TextCursor {

    private final String text;
    private int at;

    TextCursor(String text) {
        this.text = text;
    }

    void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    void require(char c) {
        if (at == text.length() || text.charAt(at) != c) {
            throw failed();
        }
        at++;
    }

    void requireBlank() {
        if (at == text.length() || !Character.isWhitespace(text.charAt(at))) {
            throw failed();
        }
    }

    void requireEnd() {
        if (at < text.length()) {
            throw failed();
        }
    }

    GoogleError failed() {
        return new GoogleError("Failed to parse input string \"%s\"".formatted(text));
    }

    /** In whatever case. */
    boolean takeIf(String word) {
        boolean there = text.regionMatches(true, at, word, 0, word.length());
        at += there ? word.length() : 0;
        return there;
    }

    String take(int length) {
        at += length;
        return text.substring(at - length, at);
    }

    int number(int most) {
        return Integer.parseInt(digits(most));
    }

    int number(int most, int least, int largest) {
        int number = number(most);
        if (number < least || number > largest) {
            throw failed();
        }
        return number;
    }

    int digitsExactly(int count) {
        String digits = digits(count);
        if (digits.length() < count) {
            throw failed();
        }
        return Integer.parseInt(digits);
    }

    long signed(int most) {
        boolean negative = takeIf("-");
        long number = Long.parseLong(digits(most));
        return negative ? -number : number;
    }

    boolean hasDigit() {
        return at < text.length() && Character.isDigit(text.charAt(at));
    }

    /** Up to the next blank. */
    String word() {
        int start = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    /** At least one. */
    String digits(int most) {
        int start = at;
        while (at < text.length() && at - start < most && hasDigit()) {
            at++;
        }
        if (start == at) {
            throw failed();
        }
        return text.substring(start, at);
    }
}
