package dev.sluice.runs;

import org.jspecify.annotations.Nullable;

/**
 * Which ticks to list, the newest first; null leaves nothing out.
 *
 * @param limit at most so many
 */
public record TickFilter(@Nullable String job, @Nullable String state, int limit) {}
