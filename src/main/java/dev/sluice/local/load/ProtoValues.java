package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.cloud.bigquery.storage.v1.BigDecimalByteStringEncoder;
import com.google.cloud.bigquery.storage.v1.CivilTimeEncoder;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.sluice.local.functions.BigNumerics;
import dev.sluice.local.functions.WrittenMoment;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Protocol buffers' scalars as values of a column whose type they go into. */
final class ProtoValues {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1000;
    private static final int FIRST_YEAR = 1;
    private static final int LAST_YEAR = 9999;

    private ProtoValues() {}

    static Object value(FieldDescriptor field, TableFieldSchema column, Object given, String path) {
        try {
            if (ProtoTypes.isTimestamp(field)) {
                return timestamp((Message) given, path);
            }
            FieldDescriptor wrapped = ProtoTypes.unwrapped(field);
            Object single = wrapped.equals(field) ? given : ((Message) given).getField(wrapped);
            if (FieldType.of(column) == FieldType.TIMESTAMP && !(single instanceof String)) {
                return timestamp(whole(wrapped, single), path);
            }
            return value(FieldType.of(column), wrapped, single);
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            throw BadRow.unfit(path, column, "");
        }
    }

    private static Object value(FieldType column, FieldDescriptor field, Object given) {
        return switch (column) {
            case STRING -> given instanceof EnumValueDescriptor named ? named.getName() : given;
            case BYTES -> ((ByteString) given).toByteArray();
            case INTEGER -> whole(field, given);
            case FLOAT -> ((Number) given).doubleValue();
            case BOOLEAN -> given instanceof Boolean ? given : whole(field, given) != 0;
            case NUMERIC -> ColumnValue.numeric(decimal(column, field, given));
            case BIGNUMERIC -> BigNumerics.stored(decimal(column, field, given));
            case DATE -> given instanceof String text ? WrittenMoment.date(text) : date(whole(field, given));
            case TIME -> given instanceof String text ? WrittenMoment.time(text) : time(whole(field, given));
            case DATETIME ->
                given instanceof String text ? WrittenMoment.moment(text, false) : dateTime(whole(field, given));
            case TIMESTAMP -> WrittenMoment.moment((String) given, true).atOffset(ZoneOffset.UTC);
            case JSON -> JsonValues.parsed((String) given);
            case RECORD -> throw new IllegalArgumentException("refused before");
        };
    }

    private static long whole(FieldDescriptor field, Object given) {
        if (given instanceof EnumValueDescriptor named) {
            return named.getNumber();
        }
        return ProtoTypes.UNSIGNED32.contains(field.getType())
                ? Integer.toUnsignedLong((Integer) given)
                : ((Number) given).longValue();
    }

    /** Floating point numbers are taken with all their digits and rounded half away from zero, as a cast does. */
    private static BigDecimal decimal(FieldType column, FieldDescriptor field, Object given) {
        if (given instanceof ByteString bytes) {
            return column == FieldType.NUMERIC
                    ? BigDecimalByteStringEncoder.decodeNumericByteString(bytes)
                    : BigDecimalByteStringEncoder.decodeBigNumericByteString(bytes);
        }
        if (given instanceof String text) {
            return new BigDecimal(text);
        }
        if (given instanceof Float || given instanceof Double) {
            int scale = column == FieldType.NUMERIC ? ColumnValue.NUMERIC_SCALE : BigNumerics.SCALE;
            return new BigDecimal(((Number) given).doubleValue()).setScale(scale, RoundingMode.HALF_UP);
        }
        return ProtoTypes.UNSIGNED64.contains(field.getType())
                ? new BigDecimal(new BigInteger(Long.toUnsignedString((Long) given)))
                : BigDecimal.valueOf(whole(field, given));
    }

    private static LocalDate date(long days) {
        LocalDate date = LocalDate.ofEpochDay(days);
        requireYear(date.getYear());
        return date;
    }

    private static LocalTime time(long packed) {
        return CivilTimeEncoder.decodePacked64TimeMicrosLocalTime(packed);
    }

    private static LocalDateTime dateTime(long packed) {
        LocalDateTime time = CivilTimeEncoder.decodePacked64DatetimeMicrosLocalDateTime(packed);
        requireYear(time.getYear());
        return time;
    }

    private static OffsetDateTime timestamp(long micros, String path) {
        OffsetDateTime time = ColumnValue.epochMicros(micros);
        if (time.getYear() < FIRST_YEAR || time.getYear() > LAST_YEAR) {
            throw outOfRange(micros, path);
        }
        return time;
    }

    private static BadRow outOfRange(long value, String path) {
        return BadRow.of("Timestamp field value is out of range: %d on field %s.".formatted(value, path));
    }

    private static void requireYear(int year) {
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw new DateTimeException("out of range");
        }
    }

    private static OffsetDateTime timestamp(Message timestamp, String path) {
        var type = timestamp.getDescriptorForType();
        long seconds = (Long) timestamp.getField(type.findFieldByName("seconds"));
        int nanos = (Integer) timestamp.getField(type.findFieldByName("nanos"));
        long micros;
        try {
            micros = Math.addExact(Math.multiplyExact(seconds, MICROS_PER_SECOND), nanos / NANOS_PER_MICRO);
        } catch (ArithmeticException e) {
            throw outOfRange(seconds, path);
        }
        return timestamp(micros, path);
    }
}
