package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Avro records as rows of a table, or as values of a record: members find their fields by name. */
final class AvroRow {

    private final List<TableFieldSchema> fields;
    private final Schema.@Nullable Field[] members;
    private final boolean logicalTypes;

    /** @throws LoadRefused if a member has no field, or one of another type */
    AvroRow(List<TableFieldSchema> fields, Schema record, boolean logicalTypes) {
        this.fields = fields;
        this.logicalTypes = logicalTypes;
        this.members = new Schema.Field[fields.size()];
        record.getFields().forEach(member -> {
            int position = Fields.position(fields, member.name());
            if (position >= 0) {
                members[position] = member;
            }
        });
    }

    @Nullable
    Object[] values(GenericRecord record) {
        return values(record, "");
    }

    private @Nullable Object[] values(GenericRecord record, String within) {
        @Nullable Object[] values = new Object[fields.size()];
        for (int i = 0; i < values.length; i++) {
            Schema.Field member = members[i];
            Object given = member == null ? null : record.get(member.pos());
            if (member != null && given != null) {
                values[i] = value(fields.get(i), AvroFields.notNull(member.schema()), given, within);
            }
        }
        return values;
    }

    private Object value(TableFieldSchema field, Schema schema, Object given, String within) {
        if (given instanceof Map<?, ?> map) {
            List<Object> entries = new ArrayList<>();
            TableFieldSchema value = field.getFields().get(1);
            map.forEach((key, each) -> entries.add(Arrays.asList(
                    key.toString(),
                    each == null ? null : value(value, AvroFields.notNull(schema.getValueType()), each, within))));
            return entries;
        }
        if (!(given instanceof Collection<?> elements)) {
            return single(field, schema, given, within);
        }
        List<Object> values = new ArrayList<>();
        for (Object element : elements) {
            if (element == null) {
                throw BadRow.of("Only optional fields can be set to NULL. Field: %s; Value: NULL"
                        .formatted(Fields.path(within, field)));
            }
            values.add(single(field, AvroFields.notNull(schema.getElementType()), element, within));
        }
        return values;
    }

    private Object single(TableFieldSchema field, Schema schema, Object given, String within) {
        if (given instanceof GenericRecord record) {
            var nested = new AvroRow(field.getFields(), schema, logicalTypes);
            return Arrays.asList(nested.values(record, Fields.path(within, field)));
        }
        return AvroValues.value(field, schema, given, Fields.path(within, field));
    }
}
