package dev.sluice.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What one BigQuery job cost and how long it was waited for, to be looked at later. Null is unknown.
 *
 * @param rows of the result, loaded, or changed
 */
public record QueryRecord(
        Subject subject,
        End end,
        @Nullable Long bytesProcessed,
        @Nullable Long bytesBilled,
        @Nullable Long slotMillis,
        @Nullable Long rows,
        @Nullable Boolean cacheHit) {

    /**
     * Which BigQuery job.
     *
     * @param type query or load
     * @param operation a SQL file, or job and step; never SQL text
     * @param bigQueryJobId null if it did not get that far
     */
    public record Subject(
            String type,
            String operation,
            String tier,
            @Nullable String org,
            @Nullable Long runId,
            @Nullable String bigQueryJobId) {}

    /**
     * How the wait for it ended.
     *
     * @param severity OK, WARN or ALERT
     */
    public record End(String outcome, String severity, long elapsedMillis, int retries) {}
}
