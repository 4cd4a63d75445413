package dev.sluice.local.sql;

import org.jspecify.annotations.Nullable;

/**
 * A table as a statement names it.
 *
 * @param project null if the statement leaves it out
 */
public record TableName(@Nullable String project, String dataset, String table) {

    /** What stands before the name of a view of INFORMATION_SCHEMA. */
    public static final String INFORMATION_SCHEMA = "INFORMATION_SCHEMA.";

    public TableName(String dataset, String table) {
        this(null, dataset, table);
    }
}
