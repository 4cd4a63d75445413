package dev.sluice.local.load;

import java.util.ArrayList;
import java.util.List;

/** Values of any depth, in which no object has a name twice. */
final class PlainTree {

    private static final int DEEPEST = 16;
    private static final int MOST_NAMES = 32;
    private static final int LONGEST_NAME = 1000;

    private final PlainJson json;

    PlainTree(PlainJson json) {
        this.json = json;
    }

    boolean value() {
        return value(1);
    }

    private boolean value(int depth) {
        return switch (json.peek()) {
            case '"' -> json.string();
            case '{' -> depth <= DEEPEST && object(depth);
            case '[' -> depth <= DEEPEST && array(depth);
            case 't' -> json.take(PlainWord.TRUE);
            case 'f' -> json.take(PlainWord.FALSE);
            case 'n' -> json.take(PlainWord.NULL);
            default -> json.number();
        };
    }

    private boolean array(int depth) {
        json.take('[');
        if (json.take(']')) {
            return true;
        }
        do {
            if (!value(depth + 1)) {
                return false;
            }
        } while (json.take(','));
        return json.take(']');
    }

    private boolean object(int depth) {
        json.take('{');
        if (json.take('}')) {
            return true;
        }
        List<byte[]> names = new ArrayList<>();
        do {
            if (!name(names) || !json.take(':') || !value(depth + 1)) {
                return false;
            }
        } while (json.take(','));
        return json.take('}');
    }

    private boolean name(List<byte[]> names) {
        if (!json.simpleString() || names.size() == MOST_NAMES || names.stream().anyMatch(json::isText)) {
            return false;
        }
        byte[] name = json.text();
        names.add(name);
        return name.length <= LONGEST_NAME;
    }
}
