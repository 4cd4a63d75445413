package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.cloud.bigquery.storage.v1.BigDecimalByteStringEncoder;
import com.google.cloud.bigquery.storage.v1.CivilTimeEncoder;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Protocol buffers' scalars as values of a column, as BigQuery's table of supported types has them. */
final class ProtoValues {

    private static final Set<FieldDescriptor.Type> SIGNED = EnumSet.of(
            FieldDescriptor.Type.INT32,
            FieldDescriptor.Type.INT64,
            FieldDescriptor.Type.SINT32,
            FieldDescriptor.Type.SINT64,
            FieldDescriptor.Type.SFIXED32,
            FieldDescriptor.Type.SFIXED64);
    private static final Set<FieldDescriptor.Type> UNSIGNED32 =
            EnumSet.of(FieldDescriptor.Type.UINT32, FieldDescriptor.Type.FIXED32);
    private static final Set<FieldDescriptor.Type> UNSIGNED64 =
            EnumSet.of(FieldDescriptor.Type.UINT64, FieldDescriptor.Type.FIXED64);
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1000;
    private static final int FIRST_YEAR = 1;
    private static final int LAST_YEAR = 9999;

    private ProtoValues() {}

    /** @throws ProtoMismatch if no value of the field is one of the column */
    static void requireFit(FieldDescriptor field, TableFieldSchema column, String path) {
        if (!fits(field, FieldType.of(column))) {
            throw mismatch(field, column, path);
        }
    }

    static ProtoMismatch mismatch(FieldDescriptor field, TableFieldSchema column, String path) {
        return ProtoMismatch.of(
                "The proto field mismatched with BigQuery field at %s, the proto field type %s, BigQuery field type %s"
                        .formatted(path, field.getType().name().toLowerCase(Locale.ROOT), FieldType.of(column)));
    }

    private static boolean fits(FieldDescriptor field, FieldType column) {
        FieldDescriptor wrapped = unwrapped(field);
        FieldDescriptor.Type type = wrapped.getType();
        boolean whole = SIGNED.contains(type) || UNSIGNED32.contains(type);
        boolean text = type == FieldDescriptor.Type.STRING;
        boolean bytes = type == FieldDescriptor.Type.BYTES;
        boolean floating = type == FieldDescriptor.Type.DOUBLE || type == FieldDescriptor.Type.FLOAT;
        boolean named = type == FieldDescriptor.Type.ENUM;
        return switch (column) {
            case STRING -> text || named;
            case BYTES -> bytes || refused(text, "strings for columns of type BYTES");
            case INTEGER -> whole || named;
            case FLOAT -> floating;
            case BOOLEAN -> whole || UNSIGNED64.contains(type) || type == FieldDescriptor.Type.BOOL;
            case NUMERIC -> whole || UNSIGNED64.contains(type) || floating || text || bytes;
            case BIGNUMERIC -> refused(true, "appends to columns of type BIGNUMERIC");
            case DATE, TIME, DATETIME -> SIGNED.contains(type) || text;
            case TIMESTAMP -> whole || isTimestamp(field);
            case JSON -> text;
            case RECORD -> false;
        };
    }

    private static boolean refused(boolean here, String what) {
        if (here) {
            throw LoadRefused.unsupported(what);
        }
        return false;
    }

    /** The value of a google.protobuf.Int64Value and its like; also if its type had to be nested. */
    private static FieldDescriptor unwrapped(FieldDescriptor field) {
        if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE || !isGoogles(field, "Value")) {
            return field;
        }
        FieldDescriptor value = field.getMessageType().findFieldByName("value");
        return value == null ? field : value;
    }

    private static boolean isTimestamp(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && isGoogles(field, "Timestamp");
    }

    private static boolean isGoogles(FieldDescriptor field, String ending) {
        String name = field.getMessageType().getFullName().replace('_', '.');
        return name.contains("google.protobuf.") && name.endsWith(ending);
    }

    static Object value(FieldDescriptor field, TableFieldSchema column, Object given, String path) {
        try {
            if (isTimestamp(field)) {
                return inYears(ColumnValue.epochMicros(micros((Message) given)));
            }
            FieldDescriptor wrapped = unwrapped(field);
            Object single = wrapped.equals(field) ? given : ((Message) given).getField(wrapped);
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
            case NUMERIC -> numeric(field, given);
            case DATE -> given instanceof String ? text(column, given) : date(whole(field, given));
            case TIME -> given instanceof String ? text(column, given) : time(whole(field, given));
            case DATETIME -> given instanceof String ? text(column, given) : dateTime(whole(field, given));
            case TIMESTAMP -> inYears(ColumnValue.epochMicros(whole(field, given)));
            case JSON -> text(column, given);
            case RECORD, BIGNUMERIC -> throw new IllegalArgumentException("refused before");
        };
    }

    private static Object text(FieldType column, Object given) {
        return ColumnValue.of(column, (String) given);
    }

    private static long whole(FieldDescriptor field, Object given) {
        if (given instanceof EnumValueDescriptor named) {
            return named.getNumber();
        }
        return UNSIGNED32.contains(field.getType())
                ? Integer.toUnsignedLong((Integer) given)
                : ((Number) given).longValue();
    }

    private static BigDecimal numeric(FieldDescriptor field, Object given) {
        if (given instanceof ByteString bytes) {
            return ColumnValue.numeric(BigDecimalByteStringEncoder.decodeNumericByteString(bytes));
        }
        if (given instanceof String || given instanceof Float || given instanceof Double) {
            return ColumnValue.numeric(new BigDecimal(given.toString()));
        }
        return ColumnValue.numeric(
                UNSIGNED64.contains(field.getType())
                        ? new BigDecimal(new BigInteger(Long.toUnsignedString((Long) given)))
                        : BigDecimal.valueOf(whole(field, given)));
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

    private static OffsetDateTime inYears(OffsetDateTime time) {
        requireYear(time.getYear());
        return time;
    }

    private static void requireYear(int year) {
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw new DateTimeException("out of range");
        }
    }

    private static long micros(Message timestamp) {
        var type = timestamp.getDescriptorForType();
        long seconds = (Long) timestamp.getField(type.findFieldByName("seconds"));
        int nanos = (Integer) timestamp.getField(type.findFieldByName("nanos"));
        return Math.addExact(Math.multiplyExact(seconds, MICROS_PER_SECOND), nanos / NANOS_PER_MICRO);
    }
}
