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
public record Type(Kind kind, List<Part> parts) {

    /** What a type is besides its parts. */
    public enum Kind {
        STRING("VARCHAR"),
        INT64("BIGINT"),
        FLOAT64("DOUBLE"),
        NUMERIC("DECIMAL(38,9)"),
        /** As {@link dev.sluice.local.functions.BigNumerics} writes it. */
        BIGNUMERIC("VARCHAR"),
        BOOL("BOOLEAN"),
        TIMESTAMP("TIMESTAMP WITH TIME ZONE"),
        DATE("DATE"),
        DATETIME("TIMESTAMP"),
        TIME("TIME"),
        JSON("JSON"),
        BYTES("BLOB"),
        ARRAY("[]"),
        STRUCT("STRUCT"),
        /** The literal NULL, which becomes whatever is wanted; INT64 if nothing is. */
        NULL("BIGINT");

        private final String duckDb;

        Kind(String duckDb) {
            this.duckDb = duckDb;
        }
    }

    /** @param name null if it has none */
    public record Part(@Nullable String name, Type type) {}

    public static final Type STRING = new Type(Kind.STRING);
    public static final Type INT64 = new Type(Kind.INT64);
    public static final Type FLOAT64 = new Type(Kind.FLOAT64);
    public static final Type NUMERIC = new Type(Kind.NUMERIC);
    public static final Type BIGNUMERIC = new Type(Kind.BIGNUMERIC);
    public static final Type BOOL = new Type(Kind.BOOL);
    public static final Type TIMESTAMP = new Type(Kind.TIMESTAMP);
    public static final Type DATE = new Type(Kind.DATE);
    public static final Type DATETIME = new Type(Kind.DATETIME);
    public static final Type TIME = new Type(Kind.TIME);
    public static final Type JSON = new Type(Kind.JSON);
    public static final Type BYTES = new Type(Kind.BYTES);
    static final Type NULL = new Type(Kind.NULL);

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

    private Type(Kind kind) {
        this(kind, List.of());
    }

    public static Type array(Type element) {
        return new Type(Kind.ARRAY, List.of(new Part(null, element)));
    }

    public static Type struct(List<Part> fields) {
        return new Type(Kind.STRUCT, fields);
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
        return kind == Kind.ARRAY;
    }

    public boolean isStruct() {
        return kind == Kind.STRUCT;
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
            return kind.duckDb;
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

    /** Whether every value of this type becomes one of the other without being asked. */
    boolean widensTo(Type other) {
        return equals(other)
                || is(NULL)
                || is(INT64) && (other.is(NUMERIC) || other.is(FLOAT64))
                || is(NUMERIC) && other.is(FLOAT64)
                || (is(INT64) || is(NUMERIC)) && other.is(BIGNUMERIC)
                || is(BIGNUMERIC) && other.is(FLOAT64)
                || isArray() && other.isArray() && element().is(NULL)
                || widensByField(other);
    }

    private boolean widensByField(Type other) {
        if (!isStruct() || !other.isStruct() || parts.size() != other.parts.size()) {
            return false;
        }
        boolean widens = true;
        for (int i = 0; i < parts.size(); i++) {
            widens &= parts.get(i).type().widensTo(other.parts.get(i).type());
        }
        return widens;
    }

    /** The narrower of the two that both become. */
    Optional<Type> common(Type other) {
        if (widensTo(other)) {
            return Optional.of(other);
        }
        return other.widensTo(this) ? Optional.of(this) : Optional.empty();
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
