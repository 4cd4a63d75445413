package dev.sluice.item;

/** A line of JSON while it is written. Not thread-safe. */
final class JsonLine {

    private byte[] bytes = {};
    private int size;

    /** Begins another one, for which there has to be room. */
    void begin(int mostBytes) {
        size = 0;
        if (bytes.length < mostBytes) {
            bytes = new byte[mostBytes];
        }
    }

    void add(char ascii) {
        bytes[size++] = (byte) ascii;
    }

    void add(byte[] some) {
        add(some, 0, some.length);
    }

    void add(byte[] some, int from, int to) {
        System.arraycopy(some, from, bytes, size, to - from);
        size += to - from;
    }

    /** Without the characters that have no escape of a letter. */
    void addEscaped(byte[] text, int from, int to) {
        int at = from;
        while (at < to) {
            int end = Words.endOfText(text, at, to);
            add(text, at, end);
            if (end < to) {
                add('\\');
                add(letter(text[end]));
            }
            at = end + 1;
        }
    }

    private static char letter(byte b) {
        return switch (b) {
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            default -> (char) b;
        };
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }
}
