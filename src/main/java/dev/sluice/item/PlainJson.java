package dev.sluice.item;

import java.util.Arrays;

/**
 * Recognizes values for a column of type JSON that are right and plainly written: what is exact, has each key once, and is
 * neither deep nor wide. Not thread-safe.
 */
final class PlainJson {

    private static final int MAX_DEPTH = 16;
    private static final int MAX_KEYS = 64;

    /** Every decimal number of so many digits comes back from a double as it went in. */
    private static final int EXACT_DIGITS = 15;

    private static final int EXACT_INTEGER_DIGITS = 18;

    private final RowCursor cursor;
    private final int[] keyFrom = new int[MAX_KEYS];
    private final int[] keyTo = new int[MAX_KEYS];
    private int keys;

    PlainJson(RowCursor cursor) {
        this.cursor = cursor;
    }

    boolean take() {
        keys = 0;
        return take(0);
    }

    private boolean take(int depth) {
        return switch (cursor.peek()) {
            case '{' -> depth < MAX_DEPTH && takeObject(depth);
            case '[' -> depth < MAX_DEPTH && takeArray(depth);
            case '"' -> cursor.takeText();
            case 'n' -> cursor.takeNull();
            case 't', 'f' -> cursor.takeBoolean();
            default -> takeNumber();
        };
    }

    private boolean takeNumber() {
        return cursor.takeNumber() && cursor.digits() <= (cursor.decimals() == 0 ? EXACT_INTEGER_DIGITS : EXACT_DIGITS);
    }

    private boolean takeObject(int depth) {
        int firstKey = keys;
        boolean right = cursor.take('{');
        if (cursor.take('}')) {
            return right;
        }
        do {
            right = takeKey(firstKey) && cursor.take(':') && take(depth + 1);
        } while (right && cursor.take(','));
        keys = firstKey;
        return right && cursor.take('}');
    }

    private boolean takeKey(int firstKey) {
        if (keys == MAX_KEYS || !cursor.takeText() || cursor.isEscaped()) {
            return false;
        }
        byte[] bytes = cursor.bytes();
        for (int key = firstKey; key < keys; key++) {
            if (Arrays.equals(bytes, keyFrom[key], keyTo[key], bytes, cursor.textFrom(), cursor.textTo())) {
                return false;
            }
        }
        keyFrom[keys] = cursor.textFrom();
        keyTo[keys] = cursor.textTo();
        keys++;
        return true;
    }

    private boolean takeArray(int depth) {
        boolean right = cursor.take('[');
        if (cursor.take(']')) {
            return right;
        }
        do {
            right = take(depth + 1);
        } while (right && cursor.take(','));
        return right && cursor.take(']');
    }
}
