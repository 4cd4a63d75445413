package dev.sluice.local;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import java.util.List;

/** Descriptors of the messages that writers append as rows. */
final class RowMessages {

    private RowMessages() {}

    static FieldDescriptorProto field(String name, int number, Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
                .build();
    }

    static DescriptorProto message(FieldDescriptorProto... fields) {
        return DescriptorProto.newBuilder()
                .setName("Row")
                .addAllField(List.of(fields))
                .build();
    }
}
