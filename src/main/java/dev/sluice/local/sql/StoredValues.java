package dev.sluice.local.sql;

/** Values as tables hold them: no NULL in an array, and within structs no array that is NULL. */
final class StoredValues {

    private StoredValues() {}

    static Typed of(Typed value) {
        return of(value, 0);
    }

    private static Typed of(Typed value, int depth) {
        if (value.type().isArray()) {
            return elements(Arrays.withoutNulls(value), depth);
        }
        return hasArray(value.type()) ? Structs.mapped(value, field -> field(field, depth)) : value;
    }

    private static Typed field(Typed field, int depth) {
        return field.type().isArray()
                ? Typed.coalesced(
                        field.type(),
                        java.util.List.of(
                                of(field, depth),
                                Typed.constant(
                                        field.type(),
                                        "CAST([] AS " + field.type().duckDb() + ")")))
                : of(field, depth);
    }

    private static Typed elements(Typed array, int depth) {
        if (!hasArray(array.type().element())) {
            return array;
        }
        String each = "_sluice_stored" + depth;
        Typed element = of(Typed.constant(array.type().element(), each), depth + 1);
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
