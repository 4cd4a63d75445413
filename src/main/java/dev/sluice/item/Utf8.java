package dev.sluice.item;

/** Whether bytes are well-formed UTF-8, as BigQuery demands; decoders that replace what is not would change rows. */
final class Utf8 {

    private static final int MAX_BYTE = 0xFF;
    private static final int CONTINUATION_MASK = 0xC0;
    private static final int CONTINUATION = 0x80;

    private Utf8() {}

    static boolean isWellFormed(byte[] bytes, int from, int to) {
        int at = Words.endOfAscii(bytes, from, to);
        while (at < to) {
            if (bytes[at] >= 0) {
                at = Words.endOfAscii(bytes, at, to);
                continue;
            }
            int length = sequenceLength(bytes, at, to);
            if (length == 0) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** 0 if it is malformed: cut off, overlong, half a surrogate pair, or behind U+10FFFF. */
    private static int sequenceLength(byte[] bytes, int at, int to) {
        int first = bytes[at] & MAX_BYTE;
        int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        if (first < 0xC2 || first > 0xF4 || at + length > to) {
            return 0;
        }
        int second = bytes[at + 1] & MAX_BYTE;
        int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : CONTINUATION;
        int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        boolean wellFormed = second >= lowest && second <= highest;
        for (int i = 2; i < length; i++) {
            wellFormed &= (bytes[at + i] & CONTINUATION_MASK) == CONTINUATION;
        }
        return wellFormed ? length : 0;
    }
}
