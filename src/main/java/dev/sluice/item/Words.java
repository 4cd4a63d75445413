package dev.sluice.item;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

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

    /** Where the first of either byte is, or {@code to}. */
    static int indexOfEither(byte one, byte other, byte[] bytes, int from, int to) {
        int at = from;
        for (; at + BYTES <= to; at += BYTES) {
            long word = (long) WORD.get(bytes, at);
            long found = equal(word, one) | equal(word, other);
            if (found != 0) {
                return at + first(found);
            }
        }
        while (at < to && bytes[at] != one && bytes[at] != other) {
            at++;
        }
        return at;
    }

    /** Where the first byte is that is not ASCII, or {@code to}. */
    static int endOfAscii(byte[] bytes, int from, int to) {
        int at = from;
        while (at + 4 * BYTES <= to && !isBeyondAscii(bytes, at)) {
            at += 4 * BYTES;
        }
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

    /** Whether one of the next four words' bytes is. */
    private static boolean isBeyondAscii(byte[] bytes, int at) {
        long some = (long) WORD.get(bytes, at) | (long) WORD.get(bytes, at + BYTES);
        long more = (long) WORD.get(bytes, at + 2 * BYTES) | (long) WORD.get(bytes, at + 3 * BYTES);
        return ((some | more) & HIGH_BITS) != 0;
    }

    /** Where the first quote, backslash or control character of a JSON string is, or {@code to}. */
    static int endOfText(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + BYTES <= to; at += BYTES) {
            long found = noText((long) WORD.get(bytes, at));
            if (found != 0) {
                return at + first(found);
            }
        }
        while (at < to && isText(bytes[at])) {
            at++;
        }
        return at;
    }

    /** The same, or where that byte is first; it is ASCII. */
    static int endOfText(byte[] bytes, int from, int to, byte end) {
        int at = from;
        for (; at + BYTES <= to; at += BYTES) {
            long word = (long) WORD.get(bytes, at);
            long found = noText(word) | equal(word, end);
            if (found != 0) {
                return at + first(found);
            }
        }
        while (at < to && bytes[at] != end && isText(bytes[at])) {
            at++;
        }
        return at;
    }

    /** A bit in the first byte of the word that is a quote, backslash or control character; those above as in {@link #equal}. */
    private static long noText(long word) {
        // with this bit changed, quotes stand where blanks are: behind control characters, before all else
        long quoteOrControl = ((word ^ '\2' * EACH) - '!' * EACH) & ~word & HIGH_BITS;
        return quoteOrControl | equal(word, (byte) '\\');
    }

    /** Whether those bytes stand there; so many there must be. */
    static boolean are(byte[] wanted, byte[] bytes, int from) {
        int last = wanted.length - BYTES;
        if (last < 0) {
            return Arrays.equals(wanted, 0, wanted.length, bytes, from, from + wanted.length);
        }
        for (int at = 0; at < last; at += BYTES) {
            if ((long) WORD.get(wanted, at) != (long) WORD.get(bytes, from + at)) {
                return false;
            }
        }
        return (long) WORD.get(wanted, last) == (long) WORD.get(bytes, from + last);
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
