package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** Values of a table as Avro has them: what DuckDB is asked for, and what becomes of its answer. */
record AvroExtractValues(boolean logicalTypes) {

    /** The fields as columns of a query, at whatever depth as numbers, texts and bytes. */
    String columns(List<TableFieldSchema> fields) {
        return fields.stream()
                .map(field -> value(ExtractTexts.quoted(field.getName()), field, 0))
                .collect(Collectors.joining(", "));
    }

    private String value(String of, TableFieldSchema field, int depth) {
        if (!FieldType.isRepeated(field)) {
            return single(of, field, depth);
        }
        String element = "e" + depth;
        return "list_transform(%s, lambda %s: %s)".formatted(of, element, single(element, field, depth + 1));
    }

    private String single(String of, TableFieldSchema field, int depth) {
        FieldType type = FieldType.of(field);
        return switch (type) {
            case RECORD -> "CASE WHEN %s IS NULL THEN NULL ELSE %s END".formatted(of, struct(of, field, depth));
            case INTEGER, FLOAT, BOOLEAN, BYTES, NUMERIC -> of;
            case TIMESTAMP -> "epoch_us(%s)".formatted(of);
            case DATE ->
                logicalTypes ? "CAST(%s - DATE '1970-01-01' AS BIGINT)".formatted(of) : ExtractTexts.scalar(of, type);
            case TIME ->
                logicalTypes ? "datediff('us', TIME '00:00:00', %s)".formatted(of) : ExtractTexts.scalar(of, type);
            default -> ExtractTexts.scalar(of, type);
        };
    }

    private String struct(String of, TableFieldSchema field, int depth) {
        return field.getFields().stream()
                .map(member -> {
                    String name = ExtractTexts.quoted(member.getName());
                    return "%s := %s".formatted(name, value(of + "." + name, member, depth));
                })
                .collect(Collectors.joining(", ", "struct_pack(", ")"));
    }

    /** @param answer of DuckDB for a column of that schema */
    static @Nullable Object of(@Nullable Object answer, Schema schema) throws SQLException {
        Schema type = AvroFields.notNull(schema);
        if (type.getType() == Schema.Type.ARRAY) {
            return array((Array) answer, type.getElementType());
        }
        return answer == null ? null : single(answer, type);
    }

    /** BigQuery knows no array that is NULL. */
    private static List<Object> array(@Nullable Array answer, Schema type) throws SQLException {
        List<Object> elements = new ArrayList<>();
        if (answer != null) {
            for (Object element : (Object[]) answer.getArray()) {
                elements.add(single(element, type));
            }
        }
        return elements;
    }

    private static Object single(Object answer, Schema type) throws SQLException {
        return switch (type.getType()) {
            case RECORD -> record((Struct) answer, type);
            case BYTES -> ByteBuffer.wrap(bytes(answer, type));
            case INT -> ((Number) answer).intValue();
            default -> answer;
        };
    }

    private static GenericData.Record record(Struct answer, Schema type) throws SQLException {
        var record = new GenericData.Record(type);
        Object[] members = answer.getAttributes();
        for (int i = 0; i < members.length; i++) {
            record.put(i, of(members[i], type.getFields().get(i).schema()));
        }
        return record;
    }

    private static byte[] bytes(Object answer, Schema type) throws SQLException {
        if (type.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return new BigDecimal(answer.toString())
                    .setScale(decimal.getScale())
                    .unscaledValue()
                    .toByteArray();
        }
        var blob = (Blob) answer;
        return blob.getBytes(1, (int) blob.length());
    }
}
