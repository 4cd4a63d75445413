package dev.sluice.local.sql;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** BigQuery's types, as far as expressions can be of them. */
enum Type {
    STRING("VARCHAR"),
    INT64("BIGINT"),
    FLOAT64("DOUBLE"),
    NUMERIC("DECIMAL(38,9)"),
    BOOL("BOOLEAN"),
    TIMESTAMP("TIMESTAMP WITH TIME ZONE"),
    DATE("DATE"),
    DATETIME("TIMESTAMP"),
    TIME("TIME"),
    JSON("JSON"),
    BYTES("BLOB"),
    /** The literal NULL, which becomes whatever is wanted; INT64 if nothing is. */
    NULL("BIGINT");

    private static final Map<String, Type> ALIASES = Map.of(
            "INTEGER", INT64,
            "INT", INT64,
            "BIGINT", INT64,
            "SMALLINT", INT64,
            "FLOAT", FLOAT64,
            "BOOLEAN", BOOL,
            "DECIMAL", NUMERIC);

    private final String duckDb;

    Type(String duckDb) {
        this.duckDb = duckDb;
    }

    static Optional<Type> named(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        for (Type type : values()) {
            if (type != NULL && type.name().equals(upper)) {
                return Optional.of(type);
            }
        }
        return Optional.ofNullable(ALIASES.get(upper));
    }

    String duckDb() {
        return duckDb;
    }

    boolean isNumber() {
        return this == INT64 || this == FLOAT64 || this == NUMERIC;
    }

    boolean isComparable() {
        return this != JSON;
    }

    /** Whether every value of this type becomes one of the other without being asked. */
    boolean widensTo(Type other) {
        return this == other
                || this == NULL
                || this == INT64 && (other == NUMERIC || other == FLOAT64)
                || this == NUMERIC && other == FLOAT64;
    }

    /** The narrower of the two that both become. */
    Optional<Type> common(Type other) {
        if (widensTo(other)) {
            return Optional.of(other);
        }
        return other.widensTo(this) ? Optional.of(this) : Optional.empty();
    }
}
