package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;

/** Types of columns, by the older of BigQuery's two names. */
enum FieldType {
    STRING,
    BYTES,
    INTEGER,
    FLOAT,
    NUMERIC,
    BIGNUMERIC,
    BOOLEAN,
    TIMESTAMP,
    DATE,
    TIME,
    DATETIME,
    JSON,
    RECORD;

    static FieldType of(TableFieldSchema field) {
        return switch (String.valueOf(field.getType())) {
            case "STRING" -> STRING;
            case "BYTES" -> BYTES;
            case "INTEGER", "INT64" -> INTEGER;
            case "FLOAT", "FLOAT64" -> FLOAT;
            case "NUMERIC" -> NUMERIC;
            case "BIGNUMERIC" -> BIGNUMERIC;
            case "BOOLEAN", "BOOL" -> BOOLEAN;
            case "TIMESTAMP" -> TIMESTAMP;
            case "DATE" -> DATE;
            case "TIME" -> TIME;
            case "DATETIME" -> DATETIME;
            case "JSON" -> JSON;
            case "RECORD", "STRUCT" -> RECORD;
            default -> throw LoadRefused.unsupported("loads of columns of type " + field.getType());
        };
    }

    static boolean isRepeated(TableFieldSchema field) {
        return "REPEATED".equals(field.getMode());
    }

    static boolean isRequired(TableFieldSchema field) {
        return "REQUIRED".equals(field.getMode());
    }
}
