package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Which types of protocol buffers' scalars go into which columns, as BigQuery's table of supported types has them. */
final class ProtoTypes {

    static final Set<FieldDescriptor.Type> UNSIGNED32 =
            EnumSet.of(FieldDescriptor.Type.UINT32, FieldDescriptor.Type.FIXED32);
    static final Set<FieldDescriptor.Type> UNSIGNED64 =
            EnumSet.of(FieldDescriptor.Type.UINT64, FieldDescriptor.Type.FIXED64);

    private static final Set<FieldDescriptor.Type> SIGNED = EnumSet.of(
            FieldDescriptor.Type.INT32,
            FieldDescriptor.Type.INT64,
            FieldDescriptor.Type.SINT32,
            FieldDescriptor.Type.SINT64,
            FieldDescriptor.Type.SFIXED32,
            FieldDescriptor.Type.SFIXED64);

    private ProtoTypes() {}

    /** @throws ProtoMismatch if no value of the field is one of the column */
    static void requireFit(FieldDescriptor field, TableFieldSchema column) {
        if (!fits(field, FieldType.of(column))) {
            throw mismatch(field, column);
        }
    }

    static ProtoMismatch mismatch(FieldDescriptor field, TableFieldSchema column) {
        return ProtoMismatch.of(
                "The proto field mismatched with BigQuery field at %s, the proto field type %s, BigQuery field type %s"
                        .formatted(
                                field.getFullName(),
                                field.getType().name().toLowerCase(Locale.ROOT),
                                FieldType.of(column)));
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
            case NUMERIC, BIGNUMERIC -> whole || UNSIGNED64.contains(type) || floating || text || bytes;
            case DATE, TIME, DATETIME -> SIGNED.contains(type) || text;
            case TIMESTAMP -> whole || text || isTimestamp(field);
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
    static FieldDescriptor unwrapped(FieldDescriptor field) {
        if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE || !isGoogles(field, "Value")) {
            return field;
        }
        FieldDescriptor value = field.getMessageType().findFieldByName("value");
        return value == null ? field : value;
    }

    static boolean isTimestamp(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && isGoogles(field, "Timestamp");
    }

    private static boolean isGoogles(FieldDescriptor field, String ending) {
        String name = field.getMessageType().getFullName().replace('_', '.');
        return name.contains("google.protobuf.") && name.endsWith(ending);
    }
}
