package dev.sluice.local;

import com.google.api.services.bigquery.model.TableFieldSchema;
import dev.sluice.local.sql.Column;
import dev.sluice.local.sql.ColumnDetails;
import dev.sluice.local.sql.Type;
import dev.sluice.local.sql.TypeKind;
import dev.sluice.local.sql.TypeLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The types of columns: of table resources, of expressions and of DuckDB. */
final class ColumnTypes {

    private static final Map<TypeKind, String> OLDER =
            Map.of(TypeKind.INT64, "INTEGER", TypeKind.FLOAT64, "FLOAT", TypeKind.BOOL, "BOOLEAN");

    private static final Set<String> UNSUPPORTED = Set.of("GEOGRAPHY", "RANGE", "INTERVAL", "FOREIGN");

    private ColumnTypes() {}

    /** @throws ApiError if no column can be of it */
    static Type of(TableFieldSchema field) {
        Type type = isRecord(field)
                ? Type.struct(members(field).stream()
                        .map(part -> new Type.Part(part.getName(), of(part)))
                        .toList())
                : Type.named(String.valueOf(field.getType())).orElseThrow(() -> unusable(field));
        return "REPEATED".equals(field.getMode()) ? Type.array(type) : type;
    }

    private static ApiError unusable(TableFieldSchema field) {
        if (field.getType() == null) {
            return ApiError.invalid("Required parameter is missing: type of field " + field.getName());
        }
        return UNSUPPORTED.contains(field.getType())
                ? ApiError.unsupported("columns of type " + field.getType())
                : ApiError.invalid("Invalid value for type: %s is not a valid value".formatted(field.getType()));
    }

    static Column column(TableFieldSchema field) {
        return new Column(field.getName(), of(field), details(field));
    }

    private static ColumnDetails details(TableFieldSchema field) {
        return new ColumnDetails(
                "REQUIRED".equals(field.getMode()),
                field.getDescription(),
                field.getDefaultValueExpression(),
                limits(field),
                isRecord(field)
                        ? members(field).stream().map(ColumnTypes::details).toList()
                        : List.of());
    }

    static TypeLimits limits(TableFieldSchema field) {
        return new TypeLimits(
                field.getMaxLength(),
                field.getPrecision(),
                field.getScale(),
                "ROUND_HALF_EVEN".equals(field.getRoundingMode()));
    }

    static List<TableFieldSchema> fields(List<Column> columns) {
        return columns.stream().map(ColumnTypes::field).toList();
    }

    static TableFieldSchema field(Column column) {
        return field(column.name(), column.type(), column.details());
    }

    private static TableFieldSchema field(String name, Type type, ColumnDetails details) {
        Type element = type.isArray() ? type.element() : type;
        String mode = type.isArray() ? "REPEATED" : details.required() ? "REQUIRED" : "NULLABLE";
        var field = new TableFieldSchema()
                .setName(name)
                .setMode(mode)
                .setDescription(details.description())
                .setDefaultValueExpression(details.defaultValue())
                .setMaxLength(details.limits().length())
                .setPrecision(details.limits().precision())
                .setScale(details.limits().scale());
        if (!element.isStruct()) {
            return field.setType(
                    OLDER.getOrDefault(element.kind(), element.kind().name()));
        }
        List<TableFieldSchema> parts = new ArrayList<>();
        for (int i = 0; i < element.parts().size(); i++) {
            parts.add(field(
                    Type.fieldName(element.parts(), i), element.parts().get(i).type(), details.field(i)));
        }
        return field.setType("RECORD").setFields(parts);
    }

    /** A repeated column is a list, a record a struct. */
    static String duckDb(TableFieldSchema field) {
        return of(field).duckDb();
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
