package dev.sluice.local;

import com.google.api.client.util.Data;
import com.google.api.services.bigquery.model.TableCell;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableRow;
import dev.sluice.local.load.JsonValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Values as the cells of an answer: text, and {@code {"f": [{"v": …}]}} or {@code [{"v": …}]} where they nest. */
final class Cells {

    private static final Set<String> READ_BACK = Set.of("STRING", "INTEGER", "BOOLEAN", "FLOAT", "NUMERIC", "DATE");

    private Cells() {}

    static boolean isNested(TableFieldSchema field) {
        return "REPEATED".equals(field.getMode()) || ColumnTypes.isRecord(field);
    }

    /** DuckDB's expression for the text of a column's cell; JSON where the column {@link #isNested}. */
    static String sql(TableFieldSchema field, TimestampFormat moments) {
        return value(ColumnTypes.quoted(field.getName()), field, moments, 0);
    }

    private static String value(String of, TableFieldSchema field, TimestampFormat moments, int depth) {
        if (!"REPEATED".equals(field.getMode())) {
            return single(of, field, moments, depth);
        }
        String element = "e" + depth;
        return "COALESCE(to_json(list_transform(%s, lambda %s: json_object('v', %s))), '[]'::JSON)"
                .formatted(of, element, single(element, field, moments, depth + 1));
    }

    private static String single(String of, TableFieldSchema field, TimestampFormat moments, int depth) {
        if (!ColumnTypes.isRecord(field)) {
            return scalar(of, ColumnTypes.standard(field.getType()), moments);
        }
        String members = field.getFields().stream()
                .map(member -> "json_object('v', %s)"
                        .formatted(value(of + "." + ColumnTypes.quoted(member.getName()), member, moments, depth)))
                .collect(Collectors.joining(", "));
        return "CASE WHEN %s IS NULL THEN NULL ELSE json_object('f', json_array(%s)) END".formatted(of, members);
    }

    private static String scalar(String of, String type, TimestampFormat moments) {
        return switch (type) {
            case "TIMESTAMP" -> moments.sql(of);
            case "DATETIME" -> "replace(strftime(" + of + ", '%Y-%m-%dT%H:%M:%S.%f'), '.000000', '')";
            case "TIME" ->
                "rpad(CAST(%1$s AS VARCHAR), CASE WHEN microsecond(%1$s) %% 1000000 = 0 THEN 8 ELSE 15 END, '0')"
                        .formatted(of);
            case "NUMERIC" -> "rtrim(rtrim(CAST(" + of + " AS VARCHAR), '0'), '.')";
            case "BIGNUMERIC" -> "bq_bignumeric_text(" + of + ")";
            case "BYTES" -> "to_base64(" + of + ")";
            case "FLOAT" ->
                "CASE WHEN isnan(%1$s) THEN 'NaN' WHEN isinf(%1$s) THEN CASE WHEN %1$s > 0 THEN 'Infinity' ELSE '-Infinity' END ELSE CAST(%1$s AS VARCHAR) END"
                        .formatted(of);
            default -> "CAST(" + of + " AS VARCHAR)";
        };
    }

    /** Whether DuckDB casts the text of a cell back to the value that it was. */
    static boolean isReadBack(TableFieldSchema field) {
        return !isNested(field) && READ_BACK.contains(ColumnTypes.standard(field.getType()));
    }

    /** @param texts what {@link #sql} gave for each field */
    static TableRow row(List<@Nullable String> texts, List<TableFieldSchema> fields) {
        List<TableCell> cells = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            String text = texts.get(i);
            Object value = text == null ? Data.nullOf(Object.class) : text;
            cells.add(new TableCell()
                    .setV(text != null && isNested(fields.get(i)) ? tree(JsonValues.JSON.readTree(text)) : value));
        }
        return new TableRow().setF(cells);
    }

    private static Object tree(JsonNode json) {
        if (json.isObject()) {
            return json.propertyStream()
                    .collect(Collectors.toMap(Map.Entry::getKey, member -> tree(member.getValue())));
        }
        if (json.isArray()) {
            return json.valueStream().map(Cells::tree).toList();
        }
        return json.isNull() ? Data.nullOf(Object.class) : json.asString();
    }
}
