package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import dev.sluice.local.functions.BigNumerics;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericFixed;

/** Avro's scalars as values of a column. */
final class AvroValues {

    private static final long MICROS_PER_MILLI = 1000;
    private static final long NANOS_PER_MICRO = 1000;

    private AvroValues() {}

    static Object value(TableFieldSchema field, Schema schema, Object given, String path) {
        try {
            return switch (FieldType.of(field)) {
                case INTEGER -> ((Number) given).longValue();
                case FLOAT -> ((Number) given).doubleValue();
                case BOOLEAN, RECORD -> given;
                case BYTES -> bytes(given);
                case NUMERIC -> ColumnValue.numeric(decimal(schema, given));
                case BIGNUMERIC -> BigNumerics.stored(decimal(schema, given));
                case DATE -> ColumnValue.inYears(LocalDate.ofEpochDay(((Number) given).longValue()));
                case TIME -> LocalTime.ofNanoOfDay(micros(schema, given) * NANOS_PER_MICRO);
                case TIMESTAMP -> ColumnValue.inYears(ColumnValue.epochMicros(micros(schema, given)));
                case DATETIME ->
                    given instanceof CharSequence text
                            ? ColumnValue.of(FieldType.DATETIME, text.toString())
                            : ColumnValue.inYears(ColumnValue.epochMicros(micros(schema, given)))
                                    .withOffsetSameInstant(ZoneOffset.UTC)
                                    .toLocalDateTime();
                case STRING, JSON -> ColumnValue.of(FieldType.of(field), given.toString());
            };
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException | ClassCastException e) {
            throw BadRow.unfit(path, field, "");
        }
    }

    private static byte[] bytes(Object given) {
        if (given instanceof GenericFixed fixed) {
            return fixed.bytes();
        }
        ByteBuffer buffer = ((ByteBuffer) given).duplicate();
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static BigDecimal decimal(Schema schema, Object given) {
        return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
                ? new BigDecimal(new BigInteger(bytes(given)), decimal.getScale())
                : new BigDecimal(given.toString());
    }

    private static long micros(Schema schema, Object given) {
        long value = ((Number) given).longValue();
        return String.valueOf(schema.getProp("logicalType")).endsWith("-millis")
                ? Math.multiplyExact(value, MICROS_PER_MILLI)
                : value;
    }
}
