package dev.sluice.local;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How BigQuery's types are kept in DuckDB, and which BigQuery type an expression of DuckDB's has. */
final class ColumnTypes {

    private static final Map<String, String> DUCK_DB = Map.ofEntries(
            Map.entry("STRING", "VARCHAR"),
            Map.entry("INTEGER", "BIGINT"),
            Map.entry("INT64", "BIGINT"),
            Map.entry("FLOAT", "DOUBLE"),
            Map.entry("FLOAT64", "DOUBLE"),
            Map.entry("BOOLEAN", "BOOLEAN"),
            Map.entry("BOOL", "BOOLEAN"),
            Map.entry("TIMESTAMP", "TIMESTAMP WITH TIME ZONE"),
            Map.entry("DATE", "DATE"),
            Map.entry("DATETIME", "TIMESTAMP"),
            Map.entry("TIME", "TIME"),
            Map.entry("NUMERIC", "DECIMAL(38,9)"),
            Map.entry("BYTES", "BLOB"),
            Map.entry("JSON", "JSON"));
    private static final Map<String, String> BIG_QUERY = Map.of(
            "VARCHAR", "STRING",
            "BIGINT", "INTEGER",
            "INTEGER", "INTEGER",
            "HUGEINT", "INTEGER",
            "DOUBLE", "FLOAT",
            "BOOLEAN", "BOOLEAN",
            "TIMESTAMP WITH TIME ZONE", "TIMESTAMP",
            "DATE", "DATE",
            "TIMESTAMP", "DATETIME",
            "JSON", "JSON");

    private ColumnTypes() {}

    /** A repeated column is a list, a record a struct. */
    static String duckDb(TableFieldSchema field) {
        return "REPEATED".equals(field.getMode()) ? single(field) + "[]" : single(field);
    }

    private static String single(TableFieldSchema field) {
        if (isRecord(field)) {
            return members(field).stream()
                    .map(member -> quoted(member.getName()) + " " + duckDb(member))
                    .collect(Collectors.joining(", ", "STRUCT(", ")"));
        }
        String type = DUCK_DB.get(String.valueOf(field.getType()));
        if (type == null) {
            throw ApiError.unsupported("columns of type " + field.getType());
        }
        return type;
    }

    static boolean isRecord(TableFieldSchema field) {
        return "RECORD".equals(field.getType()) || "STRUCT".equals(field.getType());
    }

    private static List<TableFieldSchema> members(TableFieldSchema record) {
        if (record.getFields() == null || record.getFields().isEmpty()) {
            throw ApiError.invalid("Field %s is type RECORD but has no schema".formatted(record.getName()));
        }
        return record.getFields();
    }

    static String bigQuery(String duckDbType) {
        if (duckDbType.startsWith("DECIMAL")) {
            return "NUMERIC";
        }
        String type = BIG_QUERY.get(duckDbType);
        if (type == null) {
            throw ApiError.unsupported("results of type " + duckDbType);
        }
        return type;
    }

    /** The older of a type's two names. */
    static String standard(String type) {
        return switch (type) {
            case "INT64" -> "INTEGER";
            case "FLOAT64" -> "FLOAT";
            case "BOOL" -> "BOOLEAN";
            case "STRUCT" -> "RECORD";
            default -> type;
        };
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
