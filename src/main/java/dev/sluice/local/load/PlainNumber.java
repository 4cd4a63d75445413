package dev.sluice.local.load;

/** JSON's numbers as all would write them, which are read alike as a long, a double or a decimal. */
final class PlainNumber {

    /** Of an integer: fewer than a long has. */
    private static final int MOST_DIGITS = 18;
    /** Of a number with a fraction: all of them survive in a double. */
    private static final int MOST_DIGITS_OF_FRACTION = 15;

    private PlainNumber() {}

    /** Where one ends; 0 if there is none. */
    static int integerEnd(byte[] bytes, int from) {
        boolean negative = bytes[from] == '-';
        int first = negative ? from + 1 : from;
        int end = digitsEnd(bytes, first);
        int digits = end - first;
        boolean zero = digits > 0 && bytes[first] == '0';
        return digits == 0 || digits > MOST_DIGITS || zero && (negative || digits > 1) ? 0 : end;
    }

    /** Where one with or without a fraction ends; 0 if there is none. A fraction does not end with 0, and 0.0 is left out. */
    static int end(byte[] bytes, int from) {
        int whole = integerEnd(bytes, from);
        if (whole == 0 || bytes[whole] != '.') {
            return whole;
        }
        int end = digitsEnd(bytes, whole + 1);
        boolean small = bytes[from] == '0' && bytes[whole + 1] == '0';
        boolean plain = end > whole + 1 && bytes[end - 1] != '0' && !small;
        return plain && end - from - 1 <= MOST_DIGITS_OF_FRACTION ? end : 0;
    }

    private static int digitsEnd(byte[] bytes, int from) {
        int end = from;
        while (bytes[end] >= '0' && bytes[end] <= '9') {
            end++;
        }
        return end;
    }
}
