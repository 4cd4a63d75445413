package dev.sluice.local.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Characters of JSON's strings that stand for themselves, eight bytes at a time, as
 * <https://graphics.stanford.edu/~seander/bithacks.html> looks for bytes in words. Not thread-safe.
 */
final class PlainCharacters {

    /** How many bytes there must be after the last line. */
    static final int BEYOND = Long.BYTES;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHEST = ONES << 7;

    /** Of all bytes, eight by eight: one is not of ASCII if one has its highest bit. */
    private long union;

    /** Forgets what it has gone over. */
    void begin() {
        union = 0;
    }

    /** Whether all that it has gone over is of ASCII. */
    boolean areAscii() {
        return (union & HIGHEST) == 0;
    }

    /**
     * Goes over those that are there.
     *
     * @param bytes in which a line feed comes, and {@link #BEYOND} bytes after it
     * @return where a quote, a backslash or a control character is
     */
    int end(byte[] bytes, int from) {
        int at = from;
        long word = (long) WORDS.get(bytes, at);
        long special = special(word);
        while (special == 0) {
            union |= word;
            at += Long.BYTES;
            word = (long) WORDS.get(bytes, at);
            special = special(word);
        }
        int bits = Long.numberOfTrailingZeros(special) + 1 - Byte.SIZE;
        union |= word & ((1L << bits) - 1);
        return at + bits / Byte.SIZE;
    }

    /** The highest bit of the first byte that ends them, and bits of later ones; 0 if there is none. */
    private static long special(long word) {
        long quote = word ^ ONES * '"';
        long backslash = word ^ ONES * '\\';
        return ((word - ONES * ' ') & ~word | (quote - ONES) & ~quote | (backslash - ONES) & ~backslash) & HIGHEST;
    }
}
