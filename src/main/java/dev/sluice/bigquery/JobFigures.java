package dev.sluice.bigquery;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.JobStatistics2;
import com.google.api.services.bigquery.model.JobStatistics3;
import dev.sluice.ledger.EffectReceipt;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What BigQuery says a job came to; null is unknown.
 *
 * @param rows of the result, loaded, or changed
 * @param cacheHit whether the result was there already, unbilled
 */
public record JobFigures(
        @Nullable Long bytesProcessed,
        @Nullable Long bytesBilled,
        @Nullable Long slotMillis,
        @Nullable Long rows,
        @Nullable Boolean cacheHit) {

    public static final JobFigures UNKNOWN = new JobFigures(null, null, null, null, null);

    static JobFigures of(EffectReceipt receipt) {
        return new JobFigures(
                receipt.bytesProcessed(),
                receipt.bytesBilled(),
                receipt.slotMillis(),
                receipt.rowsOut() + receipt.rowsInserted() + receipt.rowsUpdated() + receipt.rowsDeleted(),
                false);
    }

    /** What a job's own statistics add. */
    JobFigures with(Job job) {
        JobStatistics statistics = job.getStatistics();
        if (statistics == null) {
            return this;
        }
        Optional<JobStatistics2> query = Optional.ofNullable(statistics.getQuery());
        return new JobFigures(
                or(statistics.getTotalBytesProcessed(), bytesProcessed),
                or(query.map(JobStatistics2::getTotalBytesBilled).orElse(null), bytesBilled),
                or(statistics.getTotalSlotMs(), slotMillis),
                or(
                        Optional.ofNullable(statistics.getLoad())
                                .map(JobStatistics3::getOutputRows)
                                .orElse(null),
                        rows),
                or(query.map(JobStatistics2::getCacheHit).orElse(null), cacheHit));
    }

    private static <T> @Nullable T or(@Nullable T told, @Nullable T known) {
        return told == null ? known : told;
    }
}
