package dev.sluice.jobs.bulkinsert;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the process that bulk inserts depend on.
 *
 * @param home where reject files go, below {@code rejects}
 * @param environment second half of a tenant dataset's name
 * @param google where tables are
 * @param bulkInsert settings of this family alone
 */
@ConfigurationProperties("sluice")
record BulkInsertProperties(
        @DefaultValue(".sluice") String home,
        @DefaultValue("development") String environment,
        @DefaultValue Google google,
        @DefaultValue Limits bulkInsert) {

    /** @param projectId the local BigQuery's unless set */
    record Google(@DefaultValue("sluice-local") String projectId) {}

    /**
     * @param stagingLifetime after which an abandoned staging table removes itself
     * @param jobTimeout how long one load or publishing BigQuery job may take
     * @param maxRowSize longer rows are set aside, at most 1 GB; BigQuery's own limit is 100 MB
     * @param maxExpansion how many times its compressed size a file may become; more is taken for a bomb
     */
    record Limits(
            @DefaultValue("7d") Duration stagingLifetime,
            @DefaultValue("30m") Duration jobTimeout,
            @DefaultValue("100MB") DataSize maxRowSize,
            @DefaultValue("200") int maxExpansion) {}
}
