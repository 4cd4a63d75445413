package dev.sluice.bigquery;

import com.google.api.services.bigquery.model.DmlStatistics;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobStatistics;
import dev.sluice.ledger.EffectReceipt;
import dev.sluice.ledger.Intent;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a finished job's statistics. */
final class JobReceipts {

    private JobReceipts() {}

    static EffectReceipt of(Intent intent, Job job) {
        JobStatistics statistics = job.getStatistics();
        Optional<DmlStatistics> dml = Optional.ofNullable(statistics.getQuery()).map(query -> query.getDmlStats());
        Long billed =
                statistics.getQuery() == null ? null : statistics.getQuery().getTotalBytesBilled();
        return new EffectReceipt(
                intent.bigQueryJobId(),
                intent.kind(),
                intent.attempt(),
                statistics.getLoad() == null ? 0 : number(statistics.getLoad().getOutputRows()),
                dml.map(DmlStatistics::getInsertedRowCount).orElse(0L),
                dml.map(DmlStatistics::getUpdatedRowCount).orElse(0L),
                dml.map(DmlStatistics::getDeletedRowCount).orElse(0L),
                number(statistics.getTotalBytesProcessed()),
                number(billed),
                number(statistics.getTotalSlotMs()),
                Instant.ofEpochMilli(number(statistics.getStartTime())),
                Instant.ofEpochMilli(number(statistics.getEndTime())));
    }

    private static long number(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
