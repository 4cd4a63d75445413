package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.cloud.bigquery.storage.v1.AnnotationsProto;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which columns the members of a message mean. */
final class ProtoNames {

    private static final ExtensionRegistryLite COLUMN_NAMES = columnNames();
    private static final Set<String> CHANGES = Set.of("_CHANGE_TYPE", "_CHANGE_SEQUENCE_NUMBER");

    private ProtoNames() {}

    private static ExtensionRegistryLite columnNames() {
        var registry = ExtensionRegistryLite.newInstance();
        registry.add(AnnotationsProto.columnName);
        return registry;
    }

    /** The name of a column may be none that a member can have. */
    static String column(FieldDescriptor field) {
        try {
            FieldOptions options = FieldOptions.parseFrom(field.getOptions().toByteString(), COLUMN_NAMES);
            return options.hasExtension(AnnotationsProto.columnName)
                    ? options.getExtension(AnnotationsProto.columnName)
                    : field.getName();
        } catch (InvalidProtocolBufferException e) {
            throw ProtoMismatch.of("The options of proto field %s cannot be read".formatted(field.getName()));
        }
    }

    /** @throws LoadRefused if rows may be changes of others */
    static void requireNoChanges(Descriptor type) {
        for (FieldDescriptor member : type.getFields()) {
            if (CHANGES.contains(column(member).toUpperCase(Locale.ROOT))) {
                throw LoadRefused.unsupported("change data capture (%s)".formatted(column(member)));
            }
        }
    }

    /** The paths of members that no column has, at whatever depth. */
    static List<String> extra(Descriptor type, List<TableFieldSchema> fields) {
        List<String> paths = new ArrayList<>();
        collect(type, fields, "", paths);
        return paths;
    }

    private static void collect(Descriptor type, List<TableFieldSchema> fields, String within, List<String> paths) {
        for (FieldDescriptor member : type.getFields()) {
            int position = Fields.position(fields, column(member));
            if (position < 0) {
                paths.add(within + column(member));
                continue;
            }
            TableFieldSchema field = fields.get(position);
            boolean record = FieldType.of(field) == FieldType.RECORD;
            if (record && member.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                collect(member.getMessageType(), field.getFields(), within + field.getName() + ".", paths);
            }
        }
    }
}
