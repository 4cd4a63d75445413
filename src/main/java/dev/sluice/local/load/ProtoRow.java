package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Protocol buffer messages as rows of a table, or as values of a record: members find their fields by name. */
public final class ProtoRow {

    private final Descriptor type;
    private final List<TableFieldSchema> fields;
    private final @Nullable Member[] members;

    private record Member(FieldDescriptor field, @Nullable ProtoRow record) {}

    private ProtoRow(Descriptor type, List<TableFieldSchema> fields, @Nullable Member[] members) {
        this.type = type;
        this.fields = fields;
        this.members = members;
    }

    /**
     * @throws ProtoMismatch if a member has no field, or one of another type
     * @throws LoadRefused if the types are BigQuery's but not ours
     */
    public static ProtoRow of(Descriptor type, List<TableFieldSchema> fields) {
        ProtoNames.requireNoChanges(type);
        List<String> extra = ProtoNames.extra(type, fields);
        if (!extra.isEmpty()) {
            throw ProtoMismatch.extra(extra);
        }
        return described(type, fields);
    }

    /** The columns that rows of a type have, in lower case. */
    public static Set<String> columns(Descriptor type) {
        return type.getFields().stream()
                .map(field -> ProtoNames.column(field).toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static ProtoRow described(Descriptor type, List<TableFieldSchema> fields) {
        @Nullable Member[] members = new Member[fields.size()];
        for (FieldDescriptor field : type.getFields()) {
            int position = Fields.position(fields, ProtoNames.column(field));
            members[position] = member(field, fields.get(position));
        }
        return new ProtoRow(type, fields, members);
    }

    private static Member member(FieldDescriptor field, TableFieldSchema column) {
        if (field.isRepeated() != FieldType.isRepeated(column)) {
            throw ProtoMismatch.of("The proto field mismatched with BigQuery field at %s, one of them is repeated"
                    .formatted(field.getFullName()));
        }
        if (FieldType.of(column) != FieldType.RECORD) {
            ProtoTypes.requireFit(field, column);
            return new Member(field, null);
        }
        if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
            throw ProtoTypes.mismatch(field, column);
        }
        return new Member(field, described(field.getMessageType(), column.getFields()));
    }

    /** @throws BadRow if it does not fit */
    public @Nullable Object[] values(ByteString row) {
        try {
            return values(DynamicMessage.parseFrom(type, row), "");
        } catch (InvalidProtocolBufferException e) {
            throw BadRow.of("Unable to parse row as a protocol buffer message");
        }
    }

    private @Nullable Object[] values(Message message, String within) {
        if (!message.getUnknownFields().asMap().isEmpty()) {
            throw BadRow.of("The row has fields that are not in the writer's schema%s"
                    .formatted(within.isEmpty() ? "" : ", within " + within));
        }
        @Nullable Object[] values = new Object[fields.size()];
        for (int i = 0; i < values.length; i++) {
            Member member = members[i];
            if (member != null && (member.field().isRepeated() || message.hasField(member.field()))) {
                String path = Fields.path(within, fields.get(i));
                values[i] = value(member, fields.get(i), message.getField(member.field()), path);
            }
        }
        return values;
    }

    private static Object value(Member member, TableFieldSchema column, Object given, String path) {
        if (!(given instanceof Collection<?> elements)) {
            return single(member, column, given, path);
        }
        List<Object> values = new ArrayList<>();
        elements.forEach(element -> values.add(single(member, column, element, path)));
        return values;
    }

    private static Object single(Member member, TableFieldSchema column, Object given, String path) {
        return member.record() == null
                ? ProtoValues.value(member.field(), column, given, path)
                : Arrays.asList(member.record().values((Message) given, path));
    }
}
