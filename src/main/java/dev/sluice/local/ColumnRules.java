package dev.sluice.local;

import com.google.api.client.util.Data;
import com.google.api.services.bigquery.model.TableFieldSchema;
import dev.sluice.local.sql.TypeLimits;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the limits of columns may be. */
final class ColumnRules {

    private static final Set<String> ROUNDING =
            Set.of("ROUNDING_MODE_UNSPECIFIED", "ROUND_HALF_AWAY_FROM_ZERO", "ROUND_HALF_EVEN");

    private ColumnRules() {}

    /**
     * Removes limits that are null, at whatever depth.
     *
     * @param field of a type that is known
     * @throws ApiError for limits that no column of its type can have
     */
    static void requireLimits(TableFieldSchema field) {
        field.setMaxLength(there(field.getMaxLength()))
                .setPrecision(there(field.getPrecision()))
                .setScale(there(field.getScale()))
                .setRoundingMode(there(field.getRoundingMode()));
        switch (String.valueOf(field.getType())) {
            case "STRING", "BYTES" -> requireLength(field);
            case "NUMERIC" -> requireDigits(field, TypeLimits.MOST_WHOLE_DIGITS, TypeLimits.MOST_SCALE);
            case "BIGNUMERIC" -> requireDigits(field, 38, 38);
            default -> {
                requireNone(field, "maxLength", field.getMaxLength());
                requireNoDigits(field);
            }
        }
        if (field.getFields() != null) {
            field.getFields().forEach(ColumnRules::requireLimits);
        }
    }

    private static <T> @Nullable T there(@Nullable T value) {
        return value == null || Data.isNull(value) ? null : value;
    }

    private static void requireLength(TableFieldSchema field) {
        requireNoDigits(field);
        if (field.getMaxLength() != null && field.getMaxLength() <= 0) {
            throw wrong(field, "maxLength must be above 0, not " + field.getMaxLength());
        }
    }

    private static void requireDigits(TableFieldSchema field, int mostWhole, int mostScale) {
        requireNone(field, "maxLength", field.getMaxLength());
        if (field.getRoundingMode() != null && !ROUNDING.contains(field.getRoundingMode())) {
            throw wrong(
                    field,
                    "roundingMode must be ROUND_HALF_AWAY_FROM_ZERO or ROUND_HALF_EVEN, not "
                            + field.getRoundingMode());
        }
        long scale = field.getScale() == null ? 0 : field.getScale();
        if (scale < 0 || scale > mostScale) {
            throw wrong(field, "scale must be from 0 to %d, not %d".formatted(mostScale, scale));
        }
        Long precision = field.getPrecision();
        if (precision == null) {
            requireNone(field, "scale without precision", field.getScale());
        } else if (precision < Math.max(1, scale) || precision > scale + mostWhole) {
            throw wrong(
                    field,
                    "precision must be from %d to %d with scale %d, not %d"
                            .formatted(Math.max(1, scale), scale + mostWhole, scale, precision));
        }
    }

    private static void requireNoDigits(TableFieldSchema field) {
        requireNone(field, "precision", field.getPrecision());
        requireNone(field, "scale", field.getScale());
        requireNone(field, "roundingMode", field.getRoundingMode());
    }

    private static void requireNone(TableFieldSchema field, String what, @Nullable Object value) {
        if (value != null) {
            throw wrong(field, "type %s cannot have %s".formatted(field.getType(), what));
        }
    }

    private static ApiError wrong(TableFieldSchema field, String what) {
        return ApiError.invalid("Invalid schema of field %s: %s".formatted(field.getName(), what));
    }
}
