package dev.sluice.local.sql;

import org.jspecify.annotations.Nullable;

/**
 * A dataset as a statement names it.
 *
 * @param project null if the statement leaves it out
 */
public record SchemaName(@Nullable String project, String dataset) {}
