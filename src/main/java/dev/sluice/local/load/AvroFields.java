package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The columns of an Avro schema, as BigQuery derives them. */
final class AvroFields {

    private static final int NUMERIC_SCALE = 9;
    private static final int NUMERIC_DIGITS = 29;

    private static final int BIGNUMERIC_SCALE = 38;
    private static final int BIGNUMERIC_DIGITS = 39;

    private final boolean logicalTypes;
    private final List<String> decimals;

    /**
     * @param logicalTypes whether they say more than the types that they stand on; decimals always do
     * @param decimals what decimals may become
     */
    AvroFields(boolean logicalTypes, List<String> decimals) {
        this.logicalTypes = logicalTypes;
        this.decimals = decimals;
    }

    List<TableFieldSchema> of(Schema record) {
        if (record.getType() != Schema.Type.RECORD) {
            throw LoadRefused.invalid("The root of an Avro schema must be a record");
        }
        return record.getFields().stream()
                .map(field -> field(field.name(), field.schema()))
                .toList();
    }

    private TableFieldSchema field(String name, Schema schema) {
        Schema value = notNull(schema);
        return switch (value.getType()) {
            case ARRAY -> of(name, notNull(value.getElementType()), "REPEATED");
            case MAP ->
                new TableFieldSchema()
                        .setName(name)
                        .setType("RECORD")
                        .setMode("REPEATED")
                        .setFields(List.of(
                                new TableFieldSchema()
                                        .setName("key")
                                        .setType("STRING")
                                        .setMode("REQUIRED"),
                                field("value", value.getValueType())));
            default -> of(name, value, schema.isNullable() ? "NULLABLE" : "REQUIRED");
        };
    }

    private TableFieldSchema of(String name, Schema value, String mode) {
        FieldType type = type(value);
        var field = new TableFieldSchema().setName(name).setType(type.name()).setMode(mode);
        return type == FieldType.RECORD ? field.setFields(of(value)) : field;
    }

    /** What a union with null holds else. */
    static Schema notNull(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        List<Schema> others = schema.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .toList();
        if (others.size() != 1) {
            throw LoadRefused.unsupported("Avro unions of several types");
        }
        return others.get(0);
    }

    FieldType type(Schema schema) {
        return switch (schema.getType()) {
            case STRING -> text(schema);
            case ENUM -> FieldType.STRING;
            case BYTES, FIXED ->
                schema.getLogicalType() instanceof LogicalTypes.Decimal decimal ? decimal(decimal) : FieldType.BYTES;
            case INT, LONG -> integer(schema);
            case FLOAT, DOUBLE -> FieldType.FLOAT;
            case BOOLEAN -> FieldType.BOOLEAN;
            case RECORD -> FieldType.RECORD;
            default -> throw LoadRefused.unsupported("Avro type " + schema.getType());
        };
    }

    private FieldType text(Schema schema) {
        if ("JSON".equals(schema.getProp("sqlType"))) {
            return FieldType.JSON;
        }
        return logicalTypes && named(schema, "datetime") ? FieldType.DATETIME : FieldType.STRING;
    }

    private static boolean named(Schema schema, String logicalType) {
        return logicalType.equals(schema.getProp("logicalType"));
    }

    private FieldType decimal(LogicalTypes.Decimal decimal) {
        int integers = decimal.getPrecision() - decimal.getScale();
        if (decimals.contains("NUMERIC") && decimal.getScale() <= NUMERIC_SCALE && integers <= NUMERIC_DIGITS) {
            return FieldType.NUMERIC;
        }
        if (decimals.contains("BIGNUMERIC")
                && decimal.getScale() <= BIGNUMERIC_SCALE
                && integers <= BIGNUMERIC_DIGITS) {
            return FieldType.BIGNUMERIC;
        }
        throw LoadRefused.unsupported("Avro decimals that need another type than " + String.join(", ", decimals));
    }

    private FieldType integer(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        if (!logicalTypes || logical == null) {
            return FieldType.INTEGER;
        }
        return switch (logical.getName()) {
            case "date" -> FieldType.DATE;
            case "time-millis", "time-micros" -> FieldType.TIME;
            case "timestamp-millis", "timestamp-micros" -> FieldType.TIMESTAMP;
            case "local-timestamp-millis", "local-timestamp-micros" -> FieldType.DATETIME;
            default -> throw LoadRefused.unsupported("Avro logical type " + logical.getName());
        };
    }
}
