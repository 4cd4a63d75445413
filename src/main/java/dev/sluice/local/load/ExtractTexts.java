package dev.sluice.local.load;

import com.google.api.services.bigquery.model.TableFieldSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/** DuckDB's expressions for values as an extract writes them. */
final class ExtractTexts {

    private ExtractTexts() {}

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    static void copy(Connection connection, String rows, Path file, String options) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "COPY (%s) TO '%s' (%s)".formatted(rows, file.toString().replace("'", "''"), options));
        }
    }

    /** @throws LoadRefused if the field nests */
    static String flat(TableFieldSchema field) {
        FieldType type = FieldType.of(field);
        if (FieldType.isRepeated(field) || type == FieldType.RECORD) {
            throw LoadRefused.invalid("Operation cannot be performed on a nested schema. Field: " + field.getName());
        }
        return scalar(quoted(field.getName()), type);
    }

    static String scalar(String of, FieldType type) {
        return switch (type) {
            case TIMESTAMP -> "replace(strftime(%s, '%%Y-%%m-%%d %%H:%%M:%%S.%%f UTC'), '.000000', '')".formatted(of);
            case DATETIME -> "replace(strftime(%s, '%%Y-%%m-%%dT%%H:%%M:%%S.%%f'), '.000000', '')".formatted(of);
            case NUMERIC -> "rtrim(rtrim(CAST(%s AS VARCHAR), '0'), '.')".formatted(of);
            case BIGNUMERIC -> "bq_bignumeric_text(%s)".formatted(of);
            case BYTES -> "to_base64(%s)".formatted(of);
            default -> "CAST(%s AS VARCHAR)".formatted(of);
        };
    }

    /** A JSON object of the members that are not NULL. */
    static String object(String of, List<TableFieldSchema> fields, int depth) {
        String members = fields.stream()
                .map(field -> {
                    String value = (of.isEmpty() ? "" : of + ".") + quoted(field.getName());
                    return "%s := %s".formatted(quoted(field.getName()), value(value, field, depth));
                })
                .collect(Collectors.joining(", "));
        return "json_merge_patch('{}', to_json(struct_pack(%s)))".formatted(members);
    }

    private static String value(String of, TableFieldSchema field, int depth) {
        if (!FieldType.isRepeated(field)) {
            return single(of, field, depth);
        }
        String element = "e" + depth;
        return "list_transform(%s, lambda %s: %s)".formatted(of, element, single(element, field, depth + 1));
    }

    /** What JSON has no number for is a text. */
    private static String number(String of) {
        return ("CASE WHEN isfinite(%1$s) THEN to_json(%1$s) WHEN isnan(%1$s) THEN to_json('NaN')"
                        + " WHEN %1$s > 0 THEN to_json('Infinity') WHEN %1$s < 0 THEN to_json('-Infinity') END")
                .formatted(of);
    }

    private static String single(String of, TableFieldSchema field, int depth) {
        FieldType type = FieldType.of(field);
        return switch (type) {
            case RECORD ->
                "CASE WHEN %s IS NULL THEN NULL ELSE %s END".formatted(of, object(of, field.getFields(), depth));
            case BOOLEAN, JSON -> of;
            case FLOAT -> number(of);
            default -> scalar(of, type);
        };
    }
}
