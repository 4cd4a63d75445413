package dev.sluice.local;

import com.google.api.services.bigquery.model.TableFieldSchema;
import dev.sluice.local.sql.Type;
import dev.sluice.local.sql.TypeLimits;
import java.util.stream.Collectors;

/** Types of columns as DDL writes them, with their limits. */
final class InformationTypes {

    private InformationTypes() {}

    static String of(TableFieldSchema field) {
        String element = ColumnTypes.isRecord(field) ? record(field) : scalar(field);
        return "REPEATED".equals(field.getMode()) ? "ARRAY<%s>".formatted(element) : element;
    }

    private static String record(TableFieldSchema field) {
        return field.getFields().stream()
                .map(member -> member.getName() + " " + of(member))
                .collect(Collectors.joining(", ", "STRUCT<", ">"));
    }

    private static String scalar(TableFieldSchema field) {
        Type type = ColumnTypes.of(field);
        TypeLimits limits = ColumnTypes.limits(field);
        String name = (type.isArray() ? type.element() : type).toString();
        if (limits.length() != null) {
            return "%s(%d)".formatted(name, limits.length());
        }
        if (limits.precision() == null) {
            return name;
        }
        return limits.scale() == null || limits.scale() == 0
                ? "%s(%d)".formatted(name, limits.precision())
                : "%s(%d, %d)".formatted(name, limits.precision(), limits.scale());
    }
}
