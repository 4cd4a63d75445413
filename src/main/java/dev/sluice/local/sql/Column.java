package dev.sluice.local.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A column of a table or of a result. */
public record Column(String name, Type type, ColumnDetails details) {

    public Column(String name, Type type) {
        this(name, type, ColumnDetails.NONE);
    }

    public Column(String name, Type type, boolean required, @Nullable String description) {
        this(name, type, new ColumnDetails(required, description, null, TypeLimits.NONE, List.of()));
    }

    /** DuckDB's name of it in the table with this alias. */
    String qualified(String alias) {
        return alias + "." + OutputNames.quoted(name);
    }
}
