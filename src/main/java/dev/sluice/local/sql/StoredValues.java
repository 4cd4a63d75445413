package dev.sluice.local.sql;

import java.util.List;

/**
 * Values as tables hold them: within the limits of their types, with no NULL in an array, and within structs with no array
 * that is NULL.
 */
public final class StoredValues {

    private StoredValues() {}

    /**
     * DuckDB's SQL of what a column holds of a value of its type; where that is too long or too large, it raises an error.
     *
     * @param value a name, in DuckDB's SQL
     */
    public static String of(String value, Column column) {
        return of(Typed.given(column.type(), value), column.details()).sql();
    }

    static Typed of(Typed value, ColumnDetails details) {
        return of(value, details, 0);
    }

    private static Typed of(Typed value, ColumnDetails details, int depth) {
        if (value.type().isArray()) {
            return elements(Arrays.withoutNulls(value), details, depth);
        }
        if (!value.type().isStruct()) {
            return details.limits().enforced(value);
        }
        return hasArray(value.type()) || details.isLimited()
                ? Structs.mapped(
                        value, (place, field) -> field(value.type(), place, field, details.field(place), depth))
                : value;
    }

    private static Typed field(Type struct, int place, Typed field, ColumnDetails details, int depth) {
        Typed stored = of(field, details, depth);
        if (details.required()) {
            String name = Type.fieldName(struct.parts(), place);
            String missing = Guards.error("Required field %s cannot be null".formatted(name), field.type());
            return Typed.coalesced(field.type(), List.of(stored, Typed.of(field.type(), missing.replace("%", "%%"))));
        }
        String none = "CAST([] AS " + field.type().duckDb() + ")";
        return field.type().isArray()
                ? Typed.coalesced(field.type(), List.of(stored, Typed.constant(field.type(), none)))
                : stored;
    }

    private static Typed elements(Typed array, ColumnDetails details, int depth) {
        if (!hasArray(array.type().element()) && !details.isLimited()) {
            return array;
        }
        String each = "_sluice_stored" + depth;
        Typed element = of(Typed.constant(array.type().element(), each), details, depth + 1);
        return array.as(
                array.type(),
                "list_transform(%s, lambda " + each + ": " + element.sql().replace("%", "%%") + ")");
    }

    /** Whether a struct has an array somewhere in it. */
    private static boolean hasArray(Type type) {
        return type.isStruct()
                && type.parts().stream().anyMatch(part -> part.type().isArray() || hasArray(part.type()));
    }
}
