package dev.sluice.local;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.Map;

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

    static String duckDb(TableFieldSchema field) {
        String type = DUCK_DB.get(String.valueOf(field.getType()));
        if (type == null || "REPEATED".equals(field.getMode())) {
            throw ApiError.unsupported("columns of type %s, mode %s".formatted(field.getType(), field.getMode()));
        }
        return type;
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
            default -> type;
        };
    }

    /** A column as the text of a cell. */
    static String cell(TableFieldSchema field) {
        String name = quoted(field.getName());
        return switch (field.getType()) {
            case "TIMESTAMP" -> "CAST(epoch_us(" + name + ") AS VARCHAR)";
            case "DATETIME" -> "replace(strftime(" + name + ", '%Y-%m-%dT%H:%M:%S.%f'), '.000000', '')";
            case "NUMERIC" -> "rtrim(rtrim(CAST(" + name + " AS VARCHAR), '0'), '.')";
            case "FLOAT", "FLOAT64" ->
                "CASE WHEN isnan(%1$s) THEN 'NaN' WHEN isinf(%1$s) THEN CASE WHEN %1$s > 0 THEN 'Infinity' ELSE '-Infinity' END ELSE CAST(%1$s AS VARCHAR) END"
                        .formatted(name);
            default -> "CAST(" + name + " AS VARCHAR)";
        };
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
