package dev.sluice.item;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A value for a column of type JSON: it must come back as it went in, so keys are unique and numbers exact. */
final class JsonColumn {

    private static final int UNSIGNED_BITS = 64;
    private static final int SURE_LENGTH = 18;

    private JsonColumn() {}

    /** The parser stands on the value's first token and is left on its last; null if it can be loaded. */
    static @Nullable String check(JsonParser parser) {
        Deque<Set<String>> keys = new ArrayDeque<>();
        int depth = 0;
        for (JsonToken token = parser.currentToken(); ; token = parser.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                keys.push(new HashSet<>());
            } else if (token == JsonToken.END_OBJECT) {
                keys.pop();
            } else if (token == JsonToken.PROPERTY_NAME && !keys.element().add(parser.currentName())) {
                return "a key given twice";
            } else if (token.isNumeric() && !isExact(token, parser.getString())) {
                return "a number that JSON columns cannot hold exactly";
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth == 0) {
                return null;
            }
        }
    }

    private static boolean isExact(JsonToken token, String text) {
        if (token == JsonToken.VALUE_NUMBER_INT) {
            if (text.length() <= SURE_LENGTH) {
                return true;
            }
            BigInteger value = new BigInteger(text);
            return value.signum() < 0 ? value.bitLength() < UNSIGNED_BITS : value.bitLength() <= UNSIGNED_BITS;
        }
        double value = Double.parseDouble(text);
        return Double.isFinite(value) && new BigDecimal(Double.toString(value)).compareTo(new BigDecimal(text)) == 0;
    }
}
