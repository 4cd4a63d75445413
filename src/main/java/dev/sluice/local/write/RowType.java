package dev.sluice.local.write;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.WrappersProto;

/** The message type of rows, as a writer describes it. */
final class RowType {

    private static final FileDescriptor[] KNOWN = {WrappersProto.getDescriptor(), TimestampProto.getDescriptor()};

    private RowType() {}

    /** @throws WriteRefused if it needs types that it does not bring along */
    static Descriptor of(DescriptorProto described, String stream) {
        FileDescriptorProto.Builder file =
                FileDescriptorProto.newBuilder().setName("row.proto").setSyntax("proto2");
        for (FileDescriptor known : KNOWN) {
            file.addDependency(known.getName());
        }
        try {
            return FileDescriptor.buildFrom(file.addMessageType(described).build(), KNOWN)
                    .getMessageTypes()
                    .get(0);
        } catch (DescriptorValidationException e) {
            throw WriteRefused.invalid("Invalid proto schema: " + e.getMessage(), stream);
        }
    }
}
