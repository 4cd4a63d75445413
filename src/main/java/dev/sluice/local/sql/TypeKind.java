package dev.sluice.local.sql;

/** What a type is besides its parts. */
public enum TypeKind {
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

    TypeKind(String duckDb) {
        this.duckDb = duckDb;
    }

    /** Of those that have no parts. */
    String duckDb() {
        return duckDb;
    }
}
