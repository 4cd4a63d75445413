package dev.sluice.runs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of a run.
 *
 * @param read items, as Spring Batch counts them
 * @param written items
 */
public record RunStep(
        String name,
        String status,
        long read,
        long written,
        @Nullable Instant started,
        @Nullable Instant ended) {}
