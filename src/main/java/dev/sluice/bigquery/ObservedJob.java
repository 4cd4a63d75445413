package dev.sluice.bigquery;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A BigQuery job that a caller has waited for.
 *
 * @param bigQueryJobId null if it did not get that far
 * @param elapsed how long the caller waited, repetitions included
 * @param retries repetitions within that time
 * @param known what the caller learned by the way
 * @param asked the same and what BigQuery adds when it is asked, which may block for 5 s; never throws
 */
public record ObservedJob(
        JobPurpose purpose,
        @Nullable String bigQueryJobId,
        JobOutcome outcome,
        Duration elapsed,
        int retries,
        JobFigures known,
        Supplier<JobFigures> asked) {}
