package dev.sluice.local.functions;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** JSON as values of other types, or NULL. */
final class LaxJson {

    private LaxJson() {}

    static @Nullable Boolean bool(String json) {
        JsonNode node = JsonTexts.known(json);
        if (node.isBoolean()) {
            return node.asBoolean();
        }
        if (node.isString()) {
            String text = node.asString().toLowerCase(Locale.ROOT);
            return text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
        }
        return node.isNumber() ? node.decimalValue().signum() != 0 : null;
    }

    static @Nullable Long int64(String json) {
        JsonNode node = JsonTexts.known(json);
        if (node.isBoolean()) {
            return node.asBoolean() ? 1L : 0L;
        }
        BigDecimal number = node.isNumber() ? node.decimalValue() : node.isString() ? number(node.asString()) : null;
        try {
            return number == null
                    ? null
                    : number.setScale(0, RoundingMode.HALF_UP).longValueExact();
        } catch (ArithmeticException e) {
            return null;
        }
    }

    private static @Nullable BigDecimal number(String text) {
        boolean written = text.strip().matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");
        return written ? new BigDecimal(text.strip()) : null;
    }

    static @Nullable Double float64(String json) {
        JsonNode node = JsonTexts.known(json);
        if (node.isNumber()) {
            return node.decimalValue().doubleValue();
        }
        try {
            return node.isString() ? TextCasts.float64(node.asString()) : null;
        } catch (GoogleError e) {
            return null;
        }
    }

    static @Nullable String string(String json) {
        JsonNode node = JsonTexts.known(json);
        if (node.isContainer() || node.isNull()) {
            return null;
        }
        if (node.isString()) {
            return node.asString();
        }
        boolean fraction = node.isNumber() && !node.isIntegralNumber();
        return fraction ? Doubles.cast(node.doubleValue()) : json;
    }
}
