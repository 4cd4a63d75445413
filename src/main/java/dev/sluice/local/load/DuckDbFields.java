package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.util.ArrayList;
import java.util.List;

/** Columns of a DuckDB query as BigQuery's fields: reads types such as {@code STRUCT(a BIGINT, b VARCHAR[])}. */
public final class DuckDbFields {

    private final String type;
    private int at;

    private DuckDbFields(String type) {
        this.type = type;
    }

    /** @throws LoadRefused for a type that BigQuery does not have */
    public static TableFieldSchema of(String name, String type) {
        return new DuckDbFields(type).field(name);
    }

    private TableFieldSchema field(String name) {
        var field = new TableFieldSchema().setName(name).setMode("NULLABLE");
        if (type.startsWith("STRUCT(", at)) {
            at += "STRUCT(".length();
            field.setType("RECORD").setFields(members());
        } else {
            field.setType(scalar(word()).name());
        }
        if (type.startsWith("[]", at)) {
            at += 2;
            field.setMode("REPEATED");
        }
        if (type.startsWith("[", at)) {
            throw LoadRefused.unsupported("arrays of arrays");
        }
        return field;
    }

    private List<TableFieldSchema> members() {
        List<TableFieldSchema> members = new ArrayList<>();
        while (type.charAt(at) != ')') {
            if (type.startsWith(", ", at)) {
                at += 2;
            }
            String name = name();
            at++;
            members.add(field(name));
        }
        at++;
        return members;
    }

    private String name() {
        if (type.charAt(at) != '"') {
            int end = type.indexOf(' ', at);
            String name = type.substring(at, end);
            at = end;
            return name;
        }
        int end = at + 1;
        while (type.charAt(end) != '"' || type.startsWith("\"\"", end)) {
            end += type.charAt(end) == '"' ? 2 : 1;
        }
        String name = type.substring(at + 1, end).replace("\"\"", "\"");
        at = end + 1;
        return name;
    }

    /** Up to what ends a type; DECIMAL has a comma of its own. */
    private String word() {
        int begin = at;
        int depth = 0;
        for (; at < type.length(); at++) {
            char c = type.charAt(at);
            if (depth == 0 && (c == ',' || c == ')' || c == '[')) {
                break;
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        return type.substring(begin, at);
    }

    private static FieldType scalar(String word) {
        if (word.startsWith("DECIMAL(")) {
            return FieldType.NUMERIC;
        }
        return switch (word) {
            case "VARCHAR" -> FieldType.STRING;
            case "BLOB" -> FieldType.BYTES;
            case "TINYINT",
                    "SMALLINT",
                    "INTEGER",
                    "BIGINT",
                    "HUGEINT",
                    "UTINYINT",
                    "USMALLINT",
                    "UINTEGER",
                    "UBIGINT" -> FieldType.INTEGER;
            case "FLOAT", "DOUBLE" -> FieldType.FLOAT;
            case "BOOLEAN" -> FieldType.BOOLEAN;
            case "TIMESTAMP WITH TIME ZONE" -> FieldType.TIMESTAMP;
            case "TIMESTAMP", "TIMESTAMP_NS", "TIMESTAMP_MS", "TIMESTAMP_S" -> FieldType.DATETIME;
            case "DATE" -> FieldType.DATE;
            case "TIME" -> FieldType.TIME;
            case "JSON" -> FieldType.JSON;
            default -> throw LoadRefused.unsupported("columns of type " + word);
        };
    }
}
