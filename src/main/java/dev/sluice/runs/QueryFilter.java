package dev.sluice.runs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which observed BigQuery jobs to list; null leaves nothing out.
 *
 * @param operation or how it begins
 * @param since how long ago they were observed at most
 * @param limit at most so many
 */
public record QueryFilter(
        @Nullable String operation,
        @Nullable String tier,
        @Nullable String org,
        @Nullable String severity,
        @Nullable String outcome,
        @Nullable Long run,
        @Nullable Duration since,
        QueryOrder order,
        int limit) {}
