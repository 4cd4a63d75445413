package dev.sluice.runs;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list, the newest first: those that everything given here fits.
 *
 * @param job null for every job
 * @param status Spring Batch's status name, in any case; null for every status
 * @param parameters names and whole values that a run must have been started with
 * @param since runs created at that moment or later, null for no bound; where the clocks of nodes differ, runs close to
 *     it may be on either side
 * @param until runs created before that moment, null for no bound; as sharp as {@code since}
 * @param before only runs with lower numbers, null for all: the last number of a page asks for the next page
 * @param limit at most so many
 */
public record RunFilter(
        @Nullable String job,
        @Nullable String status,
        Map<String, String> parameters,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable Long before,
        int limit) {

    public RunFilter {
        parameters = Map.copyOf(parameters);
    }

    /** By job and status alone. */
    public RunFilter(@Nullable String job, @Nullable String status, int limit) {
        this(job, status, Map.of(), null, null, null, limit);
    }
}
