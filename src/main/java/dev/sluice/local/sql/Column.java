package dev.sluice.local.sql;

import org.jspecify.annotations.Nullable;

/**
 * A column as DDL declares it.
 *
 * @param type BigQuery's name, for example INT64
 */
public record Column(
        String name,
        String type,
        boolean required,
        @Nullable String description) {}
