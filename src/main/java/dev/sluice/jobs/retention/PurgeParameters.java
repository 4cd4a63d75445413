package dev.sluice.jobs.retention;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.boot.convert.DurationStyle;

/**
 * What one purge was asked to do; names as in {@code jobs/retention/purge.yaml}.
 *
 * @param age instances that ended longer ago go
 * @param dryRun counts and lists them instead
 * @param blockSize instances that go in one transaction
 */
record PurgeParameters(Duration age, boolean dryRun, int blockSize) {

    static PurgeParameters of(JobParameters parameters) {
        return new PurgeParameters(
                DurationStyle.SIMPLE.parse(or(parameters.getString("age"), "180d")),
                Boolean.parseBoolean(parameters.getString("dryRun")),
                Integer.parseInt(or(parameters.getString("blockSize"), "100")));
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }
}
