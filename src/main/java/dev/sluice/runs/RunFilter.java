package dev.sluice.runs;

import org.jspecify.annotations.Nullable;

/**
 * Which runs to list, the newest first.
 *
 * @param job null for every job
 * @param status Spring Batch's status name, null for every status
 * @param limit at most so many
 */
public record RunFilter(@Nullable String job, @Nullable String status, int limit) {}
