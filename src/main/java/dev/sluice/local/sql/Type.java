package dev.sluice.local.sql;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One of BigQuery's types, as far as expressions can be of it. Those without parts are constants.
 *
 * @param parts an array's one element, a struct's fields, otherwise none
 */
public record Type(TypeKind kind, List<Part> parts) {

    /** @param name null if it has none */
    public record Part(@Nullable String name, Type type) {}

    public static final Type STRING = new Type(TypeKind.STRING);
    public static final Type INT64 = new Type(TypeKind.INT64);
    public static final Type FLOAT64 = new Type(TypeKind.FLOAT64);
    public static final Type NUMERIC = new Type(TypeKind.NUMERIC);
    public static final Type BIGNUMERIC = new Type(TypeKind.BIGNUMERIC);
    public static final Type BOOL = new Type(TypeKind.BOOL);
    public static final Type TIMESTAMP = new Type(TypeKind.TIMESTAMP);
    public static final Type DATE = new Type(TypeKind.DATE);
    public static final Type DATETIME = new Type(TypeKind.DATETIME);
    public static final Type TIME = new Type(TypeKind.TIME);
    public static final Type JSON = new Type(TypeKind.JSON);
    public static final Type BYTES = new Type(TypeKind.BYTES);
    static final Type NULL = new Type(TypeKind.NULL);

    private static final List<Type> SCALARS =
            List.of(STRING, INT64, FLOAT64, NUMERIC, BIGNUMERIC, BOOL, TIMESTAMP, DATE, DATETIME, TIME, JSON, BYTES);
    private static final Map<String, Type> ALIASES = Map.of(
            "INTEGER", INT64,
            "INT", INT64,
            "BIGINT", INT64,
            "SMALLINT", INT64,
            "TINYINT", INT64,
            "BYTEINT", INT64,
            "FLOAT", FLOAT64,
            "BOOLEAN", BOOL,
            "DECIMAL", NUMERIC,
            "BIGDECIMAL", BIGNUMERIC);

    public Type {
        parts = List.copyOf(parts);
    }

    private Type(TypeKind kind) {
        this(kind, List.of());
    }

    public static Type array(Type element) {
        return new Type(TypeKind.ARRAY, List.of(new Part(null, element)));
    }

    public static Type struct(List<Part> fields) {
        return new Type(TypeKind.STRUCT, fields);
    }

    /** A type without parts, by one of its names. */
    public static Optional<Type> named(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return SCALARS.stream()
                .filter(type -> type.kind.name().equals(upper))
                .findFirst()
                .or(() -> Optional.ofNullable(ALIASES.get(upper)));
    }

    public boolean isArray() {
        return kind == TypeKind.ARRAY;
    }

    public boolean isStruct() {
        return kind == TypeKind.STRUCT;
    }

    /** Of an array. */
    public Type element() {
        return parts.get(0).type();
    }

    /** What DuckDB calls a field of a struct. */
    public static String fieldName(List<Part> fields, int index) {
        String name = fields.get(index).name();
        return name == null ? "_field_" + (index + 1) : name;
    }

    public String duckDb() {
        if (isArray()) {
            return element().duckDb() + "[]";
        }
        if (!isStruct()) {
            return kind.duckDb();
        }
        var fields = new StringBuilder("STRUCT(");
        for (int i = 0; i < parts.size(); i++) {
            fields.append(i == 0 ? "" : ", ")
                    .append(OutputNames.quoted(fieldName(parts, i)))
                    .append(' ')
                    .append(parts.get(i).type().duckDb());
        }
        return fields + ")";
    }

    private boolean is(Type scalar) {
        return kind == scalar.kind;
    }

    boolean isNumber() {
        return is(INT64) || is(FLOAT64) || isDecimal();
    }

    boolean isDecimal() {
        return is(NUMERIC) || is(BIGNUMERIC);
    }

    /** Whether values can be compared, sorted and grouped. */
    boolean isComparable() {
        return !is(JSON) && parts.isEmpty();
    }

    /** Whether values are equal or not; structs are, as far as their fields are. */
    boolean hasEquality() {
        return isComparable()
                || isStruct() && parts.stream().allMatch(part -> part.type().hasEquality());
    }

    /** Whether values can be grouped; a FLOAT64 within others cannot, whose zeros and NaN DuckDB tells apart. */
    boolean isGroupable() {
        return isComparable()
                || !parts.isEmpty()
                        && parts.stream().allMatch(part -> part.type().isGroupedWithin());
    }

    private boolean isGroupedWithin() {
        return isGroupable() && !is(FLOAT64);
    }

    /** As GoogleSQL writes it. */
    @Override
    public String toString() {
        if (parts.isEmpty()) {
            return isStruct() ? "STRUCT<>" : is(NULL) ? "INT64" : kind.name();
        }
        return parts.stream()
                .map(part -> part.name() == null ? part.type().toString() : part.name() + " " + part.type())
                .collect(Collectors.joining(", ", kind + "<", ">"));
    }
}
