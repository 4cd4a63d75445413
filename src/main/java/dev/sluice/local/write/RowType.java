package dev.sluice.local.write;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileOptions;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.WrappersProto;

/** The message type of rows, as a writer describes it. */
final class RowType {

    private static final FileDescriptor[] KNOWN = {WrappersProto.getDescriptor(), TimestampProto.getDescriptor()};

    /** As BigQuery's errors call it. */
    private static final String FILE = "BqMessage.proto";

    private RowType() {}

    /** @throws WriteRefused if it needs types that it does not bring along */
    static Descriptor of(DescriptorProto described, String stream) {
        requireProto2(described, described.getName(), stream);
        // java_string_check_utf8: texts that are none would become others
        FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder()
                .setName(FILE)
                .setSyntax("proto2")
                .setOptions(FileOptions.newBuilder().setJavaStringCheckUtf8(true));
        for (FileDescriptor known : KNOWN) {
            file.addDependency(known.getName());
        }
        try {
            return FileDescriptor.buildFrom(file.addMessageType(described).build(), KNOWN)
                    .getMessageTypes()
                    .get(0);
        } catch (DescriptorValidationException e) {
            throw invalid(String.valueOf(e.getMessage()), stream);
        }
    }

    private static WriteRefused invalid(String problem, String stream) {
        return WriteRefused.invalid("Invalid proto schema: %s: %s".formatted(FILE, problem), stream);
    }

    private static void requireProto2(DescriptorProto described, String name, String stream) {
        for (FieldDescriptorProto field : described.getFieldList()) {
            if (field.getProto3Optional()) {
                String path = name + "." + field.getName();
                throw invalid(
                        "%s: The [proto3_optional=true] option may only be set on proto3 fields, not %1$s"
                                .formatted(path),
                        stream);
            }
        }
        described.getNestedTypeList().forEach(nested -> requireProto2(nested, name + "." + nested.getName(), stream));
    }
}
