package dev.sluice.definition;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a job file {@code jobs/<family>/<job>.yaml} declares; the flow itself is Java.
 *
 * @param schedule null if the job is never started by the clock
 * @param tier name of the tier of the job's short calls
 * @param jobTimeout how long one BigQuery job of this job may take
 * @param limits numbers and sizes by name, as the file has them
 */
public record JobDefinition(
        String name,
        String family,
        String description,
        String owner,
        @Nullable JobSchedule schedule,
        List<JobParameterDefinition> parameters,
        String tier,
        Duration jobTimeout,
        Map<String, String> limits) {

    /** The limit that the scheduler keeps: how many runs of the job may go on at once. */
    public static final String CONCURRENT_RUNS = "concurrentRuns";
}
