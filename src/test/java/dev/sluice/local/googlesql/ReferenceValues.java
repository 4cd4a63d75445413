package dev.sluice.local.googlesql;

import com.google.zetasql.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values as texts: ISO dates and times, decimals without needless zeros, bytes in Base64, lists in brackets. */
final class ReferenceValues {

    private ReferenceValues() {}

    static @Nullable String text(Value value) {
        if (value.isNull()) {
            return value.getType().isArray() ? "[]" : null;
        }
        return switch (value.getType().getKind()) {
            case TYPE_INT64 -> String.valueOf(value.getInt64Value());
            case TYPE_DOUBLE -> String.valueOf(value.getDoubleValue());
            case TYPE_BOOL -> String.valueOf(value.getBoolValue());
            case TYPE_STRING -> value.getStringValue();
            case TYPE_JSON -> value.getJsonValue();
            case TYPE_BYTES ->
                Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray());
            case TYPE_NUMERIC -> text(value.getNumericValue());
            case TYPE_DATE -> LocalDate.ofEpochDay(value.getDateValue()).toString();
            case TYPE_DATETIME -> value.getLocalDateTimeValue().toString();
            case TYPE_TIME -> value.getLocalTimeValue().toString();
            case TYPE_TIMESTAMP ->
                Instant.EPOCH
                        .plus(value.getTimestampUnixMicros(), ChronoUnit.MICROS)
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDateTime()
                        .toString();
            case TYPE_ARRAY -> list(value.getElementList());
            case TYPE_STRUCT -> list(value.getFieldList());
            default -> throw new UnsupportedOperationException(value.getType().toString());
        };
    }

    private static String list(List<Value> values) {
        List<@Nullable String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(text(value)));
        return texts.toString();
    }

    private static String text(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
