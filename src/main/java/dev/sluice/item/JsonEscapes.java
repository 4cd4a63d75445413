package dev.sluice.item;

/** Characters that JSON can write and no STRING can hold: NUL and half a surrogate pair. */
final class JsonEscapes {

    private static final int UNICODE_ESCAPE = 6;
    private static final int HEX_DIGITS = 4;
    private static final int HEX = 16;

    private JsonEscapes() {}

    /** Of well-formed JSON; what is not is found elsewhere. */
    static boolean areLoadable(byte[] bytes, int from, int to) {
        int at = from;
        while (at + 1 < to) {
            if (bytes[at] != '\\') {
                at = Words.indexOf((byte) '\\', bytes, at, to);
                continue;
            }
            int unit = codeUnit(bytes, at, to);
            if (unit == 0 || unit > 0 && Character.isLowSurrogate((char) unit)) {
                return false;
            }
            if (unit > 0 && Character.isHighSurrogate((char) unit)) {
                at += UNICODE_ESCAPE;
                int next = codeUnit(bytes, at, to);
                if (next < 0 || !Character.isLowSurrogate((char) next)) {
                    return false;
                }
            }
            at += 2;
        }
        return true;
    }

    /** -1 if there is no Unicode escape. */
    private static int codeUnit(byte[] bytes, int at, int to) {
        if (at + UNICODE_ESCAPE > to || bytes[at] != '\\' || bytes[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + UNICODE_ESCAPE - HEX_DIGITS; i < at + UNICODE_ESCAPE; i++) {
            int digit = Character.digit(bytes[i], HEX);
            if (digit < 0) {
                return -1;
            }
            unit = unit * HEX + digit;
        }
        return unit;
    }
}
