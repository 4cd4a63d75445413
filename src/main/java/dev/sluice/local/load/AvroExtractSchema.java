package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.jspecify.annotations.Nullable;

/**
 * The Avro schema of a table that is extracted: "Avro export details" of BigQuery's documentation. That tells nothing of the
 * names of nested records, which are those seen in exports of Google Analytics: {@code root.hits.Page} for {@code hits.page}.
 *
 * @param logicalTypes whether dates and times are written as such, or as texts and numbers
 */
record AvroExtractSchema(boolean logicalTypes) {

    private static final int NUMERIC_PRECISION = 38;
    private static final int NUMERIC_SCALE = 9;
    private static final int BIGNUMERIC_PRECISION = 77;
    private static final int BIGNUMERIC_SCALE = 38;

    Schema of(List<TableFieldSchema> fields) {
        return record("Root", null, "root", fields);
    }

    private Schema record(String name, @Nullable String namespace, String path, List<TableFieldSchema> fields) {
        Schema schema = Schema.createRecord(name, null, namespace, false);
        schema.setFields(fields.stream().map(field -> field(field, path)).toList());
        return schema;
    }

    private Schema.Field field(TableFieldSchema field, String path) {
        try {
            Schema type = type(field, path);
            if (FieldType.isRepeated(field)) {
                return new Schema.Field(field.getName(), Schema.createArray(type), null);
            }
            return FieldType.isRequired(field)
                    ? new Schema.Field(field.getName(), type, null)
                    : new Schema.Field(
                            field.getName(),
                            Schema.createUnion(Schema.create(Schema.Type.NULL), type),
                            null,
                            Schema.Field.NULL_DEFAULT_VALUE);
        } catch (SchemaParseException e) {
            throw LoadRefused.unsupported(
                    "Avro extracts of a field whose name Avro does not allow: " + field.getName());
        }
    }

    private Schema type(TableFieldSchema field, String path) {
        FieldType type = FieldType.of(field);
        return switch (type) {
            case INTEGER -> Schema.create(Schema.Type.LONG);
            case FLOAT -> Schema.create(Schema.Type.DOUBLE);
            case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
            case BYTES -> Schema.create(Schema.Type.BYTES);
            case NUMERIC -> decimal(field, NUMERIC_PRECISION, NUMERIC_SCALE);
            case BIGNUMERIC -> decimal(field, BIGNUMERIC_PRECISION, BIGNUMERIC_SCALE);
            case RECORD -> record(capitalized(field.getName()), path, path + "." + field.getName(), field.getFields());
            case STRING -> Schema.create(Schema.Type.STRING);
            case JSON -> text("sqlType", "JSON");
            case DATE, TIME, DATETIME, TIMESTAMP -> moment(type);
        };
    }

    private static String capitalized(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    /** As far as the column limits its digits, else as many as the type has. */
    private static Schema decimal(TableFieldSchema field, int precision, int scale) {
        boolean limited = field.getPrecision() != null;
        int digits = limited ? field.getPrecision().intValue() : precision;
        int decimals =
                limited ? Objects.requireNonNullElse(field.getScale(), 0L).intValue() : scale;
        return LogicalTypes.decimal(digits, decimals).addToSchema(Schema.create(Schema.Type.BYTES));
    }

    private Schema moment(FieldType type) {
        if (!logicalTypes) {
            return Schema.create(type == FieldType.TIMESTAMP ? Schema.Type.LONG : Schema.Type.STRING);
        }
        return switch (type) {
            case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
            case TIME -> LogicalTypes.timeMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case TIMESTAMP -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
            default -> text("logicalType", "datetime");
        };
    }

    /** A text that a mark of BigQuery's own tells from others. */
    private static Schema text(String mark, String value) {
        Schema text = Schema.create(Schema.Type.STRING);
        text.addProp(mark, value);
        return text;
    }
}
