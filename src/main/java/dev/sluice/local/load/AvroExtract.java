package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Avro container files of flat tables. */
record AvroExtract(String compression, boolean logicalTypes) implements ExtractFormat {

    private static final int PRECISION = 38;
    private static final int SCALE = 9;

    AvroExtract {
        codec(compression);
    }

    private static CodecFactory codec(String compression) {
        return switch (compression) {
            case "NONE" -> CodecFactory.nullCodec();
            case "SNAPPY" -> CodecFactory.snappyCodec();
            case "DEFLATE" -> CodecFactory.deflateCodec(CodecFactory.DEFAULT_DEFLATE_LEVEL);
            default -> throw LoadRefused.invalid("Compression %s is not supported here".formatted(compression));
        };
    }

    @Override
    public void write(Connection connection, String rows, List<TableFieldSchema> fields, Path file)
            throws IOException, SQLException {
        Schema schema = Schema.createRecord("Root", null, null, false);
        schema.setFields(fields.stream().map(this::field).toList());
        String values = fields.stream().map(this::sql).collect(Collectors.joining(", "));
        try (var writer = new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT %s FROM (%s)".formatted(values, rows))) {
            writer.setCodec(codec(compression)).create(schema, file.toFile());
            while (result.next()) {
                var record = new GenericData.Record(schema);
                for (int i = 0; i < fields.size(); i++) {
                    record.put(i, value(result, i + 1, FieldType.of(fields.get(i))));
                }
                writer.append(record);
            }
        }
    }

    private Schema.Field field(TableFieldSchema field) {
        if (FieldType.isRepeated(field) || FieldType.of(field) == FieldType.RECORD) {
            throw LoadRefused.unsupported("Avro extracts of nested or repeated fields");
        }
        Schema type = type(FieldType.of(field));
        return FieldType.isRequired(field)
                ? new Schema.Field(field.getName(), type, null)
                : new Schema.Field(
                        field.getName(),
                        Schema.createUnion(Schema.create(Schema.Type.NULL), type),
                        null,
                        Schema.Field.NULL_DEFAULT_VALUE);
    }

    private Schema type(FieldType type) {
        return switch (type) {
            case INTEGER -> Schema.create(Schema.Type.LONG);
            case FLOAT -> Schema.create(Schema.Type.DOUBLE);
            case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
            case BYTES -> Schema.create(Schema.Type.BYTES);
            case NUMERIC -> LogicalTypes.decimal(PRECISION, SCALE).addToSchema(Schema.create(Schema.Type.BYTES));
            case TIMESTAMP ->
                logicalTypes
                        ? LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG))
                        : Schema.create(Schema.Type.LONG);
            case DATE ->
                logicalTypes
                        ? LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT))
                        : Schema.create(Schema.Type.STRING);
            case BIGNUMERIC -> throw LoadRefused.unsupported("extracts of BIGNUMERIC as Avro");
            case TIME ->
                logicalTypes
                        ? LogicalTypes.timeMicros().addToSchema(Schema.create(Schema.Type.LONG))
                        : Schema.create(Schema.Type.STRING);
            case DATETIME -> dateTime();
            case STRING, JSON, RECORD -> Schema.create(Schema.Type.STRING);
        };
    }

    /** A text, which a logical type of BigQuery's own tells from others. */
    private Schema dateTime() {
        Schema text = Schema.create(Schema.Type.STRING);
        if (logicalTypes) {
            text.addProp("logicalType", "datetime");
        }
        return text;
    }

    private String sql(TableFieldSchema field) {
        String name = ExtractTexts.quoted(field.getName());
        return switch (FieldType.of(field)) {
            case INTEGER, FLOAT, BOOLEAN, BYTES, NUMERIC -> name;
            case TIMESTAMP -> "epoch_us(%s)".formatted(name);
            case DATE ->
                logicalTypes ? "CAST(%s - DATE '1970-01-01' AS BIGINT)".formatted(name) : ExtractTexts.flat(field);
            case TIME ->
                logicalTypes ? "datediff('us', TIME '00:00:00', %s)".formatted(name) : ExtractTexts.flat(field);
            default -> ExtractTexts.flat(field);
        };
    }

    private @Nullable Object value(ResultSet result, int column, FieldType type) throws SQLException {
        if (type == FieldType.NUMERIC) {
            BigDecimal number = result.getBigDecimal(column);
            return number == null
                    ? null
                    : ByteBuffer.wrap(number.setScale(SCALE).unscaledValue().toByteArray());
        }
        if (type == FieldType.BYTES) {
            byte[] bytes = result.getBytes(column);
            return bytes == null ? null : ByteBuffer.wrap(bytes);
        }
        Object value = result.getObject(column);
        return value instanceof Long days && type == FieldType.DATE ? (Object) days.intValue() : value;
    }
}
