package dev.sluice.bigquery.monitor;

import dev.sluice.bigquery.JobFigures;
import dev.sluice.bigquery.ObservedJob;
import dev.sluice.bigquery.Tier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is worth a word goes to the log, by name: never SQL text, parameters or rows. */
final class JobLog {

    static final String SLOW_QUERIES = "dev.sluice.slow-queries";

    private static final Logger log = LoggerFactory.getLogger(JobLog.class);
    private static final Logger slowQueries = LoggerFactory.getLogger(SLOW_QUERIES);

    private final MonitorProperties properties;

    JobLog(MonitorProperties properties) {
        this.properties = properties;
    }

    void tell(ObservedJob job, JobFigures figures, Severity severity) {
        switch (severity) {
            case OK -> {}
            case WARN -> log.warn("{}", words(job, figures));
            case ALERT -> log.error("ALERT: {}", words(job, figures));
        }
        if (isSlow(job)) {
            slowQueries.warn("{}", words(job, figures));
        }
    }

    private boolean isSlow(ObservedJob job) {
        Tier tier = job.purpose().tier();
        boolean somebodyWaits = tier == Tier.USER || tier == Tier.AUTH;
        return somebodyWaits && job.elapsed().compareTo(properties.slow()) >= 0;
    }

    private static String words(ObservedJob job, JobFigures figures) {
        return "%s %s: %s after %d ms, %s bytes processed, %s billed%s, %s slot ms, %s rows, %d retries; tier %s, org %s, BigQuery job %s; 'sluice queries' lists the worst"
                .formatted(
                        job.purpose().type(),
                        job.purpose().operation(),
                        job.outcome(),
                        job.elapsed().toMillis(),
                        or(figures.bytesProcessed()),
                        or(figures.bytesBilled()),
                        Boolean.TRUE.equals(figures.cacheHit()) ? " (from the cache)" : "",
                        or(figures.slotMillis()),
                        or(figures.rows()),
                        job.retries(),
                        job.purpose().tier(),
                        or(job.purpose().org()),
                        or(job.bigQueryJobId()));
    }

    private static String or(@Nullable Object value) {
        return value == null ? "unknown" : value.toString();
    }
}
