package dev.sluice.local.sql;

import org.jspecify.annotations.Nullable;

/** A column of a table or of a result. */
public record Column(
        String name, Type type, boolean required, @Nullable String description) {

    public Column(String name, Type type) {
        this(name, type, false, null);
    }

    /** DuckDB's name of it in the table with this alias. */
    String qualified(String alias) {
        return alias + "." + OutputNames.quoted(name);
    }
}
