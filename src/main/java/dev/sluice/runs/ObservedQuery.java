package dev.sluice.runs;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One BigQuery job as it was observed; the component names are the names of the {@code --json} form. Null is unknown.
 *
 * @param type query or load
 * @param operation a SQL file, or job and step of a load
 * @param org the tenant it was about, null if about none
 * @param run null for a read
 * @param outcome DONE, FAILED, STOPPED or DEADLINE_EXCEEDED
 * @param severity OK, WARN or ALERT
 * @param elapsedMillis how long its caller waited, retries included
 * @param rows of the result, loaded, or changed
 * @param costUsd billed bytes at the configured price, an estimate in US dollars
 */
public record ObservedQuery(
        @Nullable String bigQueryJobId,
        String type,
        String operation,
        String tier,
        @Nullable String org,
        @Nullable Long run,
        String outcome,
        String severity,
        long elapsedMillis,
        int retries,
        @Nullable Long bytesProcessed,
        @Nullable Long bytesBilled,
        @Nullable Long slotMillis,
        @Nullable Long rows,
        @Nullable Boolean cacheHit,
        @Nullable BigDecimal costUsd,
        Instant recorded) {}
