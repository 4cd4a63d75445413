package dev.sluice.item.avro;

import dev.sluice.bigquery.catalogue.ColumnMode;
import dev.sluice.bigquery.catalogue.ColumnType;
import dev.sluice.bigquery.catalogue.TableColumn;
import dev.sluice.item.RowColumns;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a JSON object that is right for columns, a row or a STRUCT, as a record of Avro. Not thread-safe. */
final class AvroRecord {

    private static final Schema NO_MEMBERS = Schema.create(Schema.Type.NULL);

    /**
     * What the records of a schema have in common.
     *
     * @param numbers tell them apart: Avro takes a second record of a name for the first, whatever its fields are
     * @param members hears how many a record has, set or not, before it is made
     */
    record Shared(IntSupplier numbers, JsonTexts documents, IntConsumer members) {}

    private final RowColumns columns;
    private final Shared shared;
    private final @Nullable AvroRecord[] structs;
    private final Schema schema;

    /** @param shared by all records of a schema, and by no others */
    AvroRecord(RowColumns columns, Shared shared) {
        this.columns = columns;
        this.shared = shared;
        this.structs = new AvroRecord[columns.columns().size()];
        // names of columns would not do: a.b and a_b are two
        String name = "row" + shared.numbers().getAsInt();
        List<Schema.Field> fields = new ArrayList<>();
        for (TableColumn column : columns.columns()) {
            AvroRecord struct =
                    column.type() == ColumnType.STRUCT ? new AvroRecord(columns.fieldsOf(column), shared) : null;
            structs[fields.size()] = struct;
            Schema type = AvroTypes.of(column, struct == null ? NO_MEMBERS : struct.schema);
            fields.add(new Schema.Field(column.name(), type));
        }
        this.schema = Schema.createRecord(name, null, null, false, fields);
    }

    Schema schema() {
        return schema;
    }

    /** The parser stands on the object's start and is left on its end. */
    GenericRecord read(JsonParser parser) {
        shared.members().accept(structs.length);
        var record = new GenericData.Record(schema);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            int position = columns.position(parser.currentName());
            JsonToken token = parser.nextToken();
            if (position < 0) {
                parser.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                record.put(position, value(position, parser));
            }
        }
        fillArrays(record);
        return record;
    }

    private void fillArrays(GenericRecord record) {
        for (int i = 0; i < structs.length; i++) {
            if (columns.columns().get(i).mode() == ColumnMode.REPEATED && record.get(i) == null) {
                record.put(i, List.of());
            }
        }
    }

    private Object value(int position, JsonParser parser) {
        TableColumn column = columns.columns().get(position);
        if (column.mode() != ColumnMode.REPEATED) {
            return single(column, position, parser);
        }
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(single(column, position, parser));
        }
        return elements;
    }

    private Object single(TableColumn column, int position, JsonParser parser) {
        if (column.type() == ColumnType.JSON) {
            return shared.documents().read(parser);
        }
        @Nullable AvroRecord struct = structs[position];
        return struct == null ? scalar(column.type(), parser.getString()) : struct.read(parser);
    }

    /** Numbers and booleans have their texts, too. */
    private static Object scalar(ColumnType type, String text) {
        return switch (type) {
            case STRING, JSON, STRUCT -> text;
            case BYTES -> ByteBuffer.wrap(Base64.getDecoder().decode(text));
            case INT64 -> Long.parseLong(text);
            case FLOAT64 -> Double.parseDouble(text);
            case NUMERIC -> decimal(text, AvroTypes.NUMERIC_SCALE);
            case BIGNUMERIC -> decimal(text, AvroTypes.BIGNUMERIC_SCALE);
            case BOOL -> Boolean.parseBoolean(text);
            case DATE -> CalendarNumbers.days(text);
            case TIME -> CalendarNumbers.time(text);
            case DATETIME -> CalendarNumbers.dateTime(text);
            case TIMESTAMP -> CalendarNumbers.timestamp(text);
        };
    }

    private static ByteBuffer decimal(String text, int scale) {
        return ByteBuffer.wrap(
                new BigDecimal(text).setScale(scale).unscaledValue().toByteArray());
    }
}
