package dev.sluice.bigquery;

import com.google.api.client.util.Data;
import com.google.api.services.bigquery.model.TableCell;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableRow;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.LegacySQLTypeName;
import com.google.cloud.bigquery.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns rows and schemas of the wire into the client's value types. */
final class Cells {

    private Cells() {}

    static Schema schema(@Nullable TableSchema schema) {
        return Schema.of(fields(schema == null ? null : schema.getFields()));
    }

    private static FieldList fields(@Nullable List<TableFieldSchema> fields) {
        return FieldList.of(
                fields == null ? List.of() : fields.stream().map(Cells::field).toList());
    }

    private static Field field(TableFieldSchema field) {
        LegacySQLTypeName type = LegacySQLTypeName.valueOf(field.getType());
        Field.Builder builder = field.getFields() == null
                ? Field.newBuilder(field.getName(), type)
                : Field.newBuilder(field.getName(), type, fields(field.getFields()));
        return builder.setMode(field.getMode() == null ? Field.Mode.NULLABLE : Field.Mode.valueOf(field.getMode()))
                .setDescription(field.getDescription())
                .build();
    }

    static FieldValueList row(TableRow row, Schema schema) {
        List<FieldValue> values = new ArrayList<>();
        for (int i = 0; i < schema.getFields().size(); i++) {
            TableCell cell = row.getF().get(i);
            values.add(value(cell.getV(), schema.getFields().get(i)));
        }
        return FieldValueList.of(values, schema.getFields());
    }

    private static FieldValue value(@Nullable Object value, Field field) {
        if (value == null || Data.isNull(value)) {
            return FieldValue.of(FieldValue.Attribute.PRIMITIVE, null);
        }
        if (field.getMode() == Field.Mode.REPEATED) {
            Field element = field.toBuilder().setMode(Field.Mode.NULLABLE).build();
            List<FieldValue> elements = new ArrayList<>();
            for (Object item : (List<?>) value) {
                elements.add(value(((Map<?, ?>) item).get("v"), element));
            }
            return FieldValue.of(FieldValue.Attribute.REPEATED, FieldValueList.of(elements));
        }
        if (field.getType().equals(LegacySQLTypeName.RECORD)) {
            return FieldValue.of(FieldValue.Attribute.RECORD, struct((Map<?, ?>) value, field.getSubFields()));
        }
        return FieldValue.of(FieldValue.Attribute.PRIMITIVE, value);
    }

    private static FieldValueList struct(Map<?, ?> value, FieldList fields) {
        List<?> cells = Objects.requireNonNull((List<?>) value.get("f"), "a row without cells");
        List<FieldValue> values = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            values.add(value(((Map<?, ?>) cells.get(i)).get("v"), fields.get(i)));
        }
        return FieldValueList.of(values, fields);
    }
}
