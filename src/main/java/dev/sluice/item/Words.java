package dev.sluice.item;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes at once: at the bulk of a source, which is plain text, there is nothing to be seen. */
final class Words {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BYTES = Long.BYTES;
    private static final long EACH = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Words() {}

    /** Where the byte is first, or {@code to}. */
    static int indexOf(byte wanted, byte[] bytes, int from, int to) {
        int at = from;
        for (; at + BYTES <= to; at += BYTES) {
            long found = equal((long) WORD.get(bytes, at), wanted);
            if (found != 0) {
                return at + first(found);
            }
        }
        while (at < to && bytes[at] != wanted) {
            at++;
        }
        return at;
    }

    /** Where the first byte is that is not ASCII, or {@code to}. */
    static int endOfAscii(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + BYTES <= to; at += BYTES) {
            long found = (long) WORD.get(bytes, at) & HIGH_BITS;
            if (found != 0) {
                return at + first(found);
            }
        }
        while (at < to && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    /** Where the first quote, backslash or control character of a JSON string is, or {@code to}. */
    static int endOfText(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + BYTES <= to; at += BYTES) {
            long word = (long) WORD.get(bytes, at);
            long control = (word - ' ' * EACH) & ~word & HIGH_BITS;
            long found = equal(word, (byte) '"') | equal(word, (byte) '\\') | control;
            if (found != 0) {
                return at + first(found);
            }
        }
        while (at < to && isText(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isText(byte b) {
        return b != '"' && b != '\\' && (b < 0 || b >= ' ');
    }

    /** A bit in the first byte of the word that equals; those above may have one without reason. */
    private static long equal(long word, byte wanted) {
        long difference = word ^ wanted * EACH;
        return (difference - EACH) & ~difference & HIGH_BITS;
    }

    private static int first(long found) {
        return Long.numberOfTrailingZeros(found) / BYTES;
    }
}
