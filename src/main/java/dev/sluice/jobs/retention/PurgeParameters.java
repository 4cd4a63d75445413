package dev.sluice.jobs.retention;

import java.time.Duration;
import java.util.Objects;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.boot.convert.DurationStyle;

/**
 * What one purge was asked to do; names as in {@code jobs/retention/purge.yaml}, which has their defaults.
 *
 * @param age instances that ended longer ago go
 * @param dryRun counts and lists them instead
 * @param blockSize instances that go in one transaction
 */
record PurgeParameters(Duration age, boolean dryRun, int blockSize) {

    static PurgeParameters of(JobParameters parameters) {
        return new PurgeParameters(
                DurationStyle.SIMPLE.parse(text(parameters, "age")),
                Boolean.parseBoolean(text(parameters, "dryRun")),
                Integer.parseInt(text(parameters, "blockSize")));
    }

    private static String text(JobParameters parameters, String name) {
        return Objects.requireNonNull(parameters.getString(name), name);
    }
}
