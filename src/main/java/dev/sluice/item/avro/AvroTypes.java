package dev.sluice.item.avro;

import dev.sluice.bigquery.catalogue.TableColumn;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Which type of Avro BigQuery reads as a column's own. Stateless. */
final class AvroTypes {

    static final int NUMERIC_SCALE = 9;
    static final int BIGNUMERIC_SCALE = 38;

    private static final int NUMERIC_DIGITS = 38;
    private static final int BIGNUMERIC_DIGITS = 77;

    private AvroTypes() {}

    /** @param members of a STRUCT; another one's is not looked at */
    static Schema of(TableColumn column, Schema members) {
        Schema single = single(column, members);
        return switch (column.mode()) {
            case REQUIRED -> single;
            case NULLABLE -> Schema.createUnion(Schema.create(Schema.Type.NULL), single);
            case REPEATED -> Schema.createArray(single);
        };
    }

    private static Schema single(TableColumn column, Schema members) {
        return switch (column.type()) {
            case STRING -> Schema.create(Schema.Type.STRING);
            case BYTES -> Schema.create(Schema.Type.BYTES);
            case INT64 -> Schema.create(Schema.Type.LONG);
            case FLOAT64 -> Schema.create(Schema.Type.DOUBLE);
            case BOOL -> Schema.create(Schema.Type.BOOLEAN);
            case NUMERIC -> decimal(NUMERIC_DIGITS, NUMERIC_SCALE);
            case BIGNUMERIC -> decimal(BIGNUMERIC_DIGITS, BIGNUMERIC_SCALE);
            case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
            case TIME -> LogicalTypes.timeMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case DATETIME -> LogicalTypes.localTimestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case TIMESTAMP -> LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
            case JSON -> json();
            case STRUCT -> members;
        };
    }

    private static Schema decimal(int digits, int scale) {
        return LogicalTypes.decimal(digits, scale).addToSchema(Schema.create(Schema.Type.BYTES));
    }

    /** BigQuery's own mark. */
    private static Schema json() {
        Schema text = Schema.create(Schema.Type.STRING);
        text.addProp("sqlType", "JSON");
        return text;
    }
}
