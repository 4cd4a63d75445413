package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** The limits of STRING(n), BYTES(n) and NUMERIC(p, s). */
final class ValueLimits {

    private ValueLimits() {}

    static boolean has(TableFieldSchema field) {
        return switch (FieldType.of(field)) {
            case STRING, BYTES -> field.getMaxLength() != null;
            case NUMERIC -> field.getPrecision() != null;
            default -> false;
        };
    }

    /**
     * The value, rounded if it has too many decimals.
     *
     * @throws BadRow if it is too long or too large
     */
    static Object kept(TableFieldSchema field, Object value, String path) {
        if (!has(field)) {
            return value;
        }
        if (value instanceof BigDecimal number) {
            return rounded(field, number, path);
        }
        long length = value instanceof byte[] bytes ? bytes.length : characters((String) value);
        if (length > field.getMaxLength()) {
            throw BadRow.beyond(
                    path,
                    "%s(%d) has maximum length %2$d but got a value with length %d"
                            .formatted(FieldType.of(field), field.getMaxLength(), length));
        }
        return value;
    }

    private static long characters(String text) {
        return text.codePointCount(0, text.length());
    }

    private static BigDecimal rounded(TableFieldSchema field, BigDecimal number, String path) {
        BigDecimal rounded = number.setScale(scale(field), rounding(field));
        if (rounded.abs().compareTo(most(field)) > 0) {
            throw BadRow.beyond(
                    path,
                    "NUMERIC(%d, %d) has precision %1$d and scale %2$d but got a value that is not in range of [-%s, %3$s]"
                            .formatted(
                                    field.getPrecision(),
                                    scale(field),
                                    most(field).toPlainString()));
        }
        return rounded.setScale(ColumnValue.NUMERIC_SCALE);
    }

    static int scale(TableFieldSchema field) {
        return field.getScale() == null ? 0 : Math.toIntExact(field.getScale());
    }

    /** The largest number of as many digits. */
    static BigDecimal most(TableFieldSchema field) {
        int wholes = Math.toIntExact(field.getPrecision()) - scale(field);
        return BigDecimal.ONE.movePointRight(wholes).subtract(BigDecimal.ONE.movePointLeft(scale(field)));
    }

    private static RoundingMode rounding(TableFieldSchema field) {
        return "ROUND_HALF_EVEN".equals(field.getRoundingMode()) ? RoundingMode.HALF_EVEN : RoundingMode.HALF_UP;
    }
}
