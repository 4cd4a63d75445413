package dev.sluice.bigquery.monitor;

import dev.sluice.bigquery.JobFigures;
import dev.sluice.bigquery.JobObserver;
import dev.sluice.bigquery.ObservedJob;
import dev.sluice.ledger.QueryRecord;
import dev.sluice.ledger.QueryRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Observes BigQuery jobs on a thread of its own, so that nobody waits for it and nothing fails because of it. Closing
 * lets the thread finish what is waiting, for 5 s at most.
 */
final class QueryMonitor implements JobObserver, AutoCloseable {

    static final int MOST_WAITING = 10_000;

    private static final Logger log = LoggerFactory.getLogger(QueryMonitor.class);
    private static final int MOST_AT_ONCE = 200;
    private static final int TOO_MANY_TO_ASK = 100;
    private static final long IDLE_MILLIS = 50;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final MonitorProperties properties;
    private final DoorMeters meters;
    private final JobLog words;
    private final QueryRecords records;
    private final BlockingQueue<ObservedJob> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Thread thread = new Thread(this::work, "bigquery-monitor");
    private volatile boolean closed;

    QueryMonitor(MonitorProperties properties, DoorMeters meters, QueryRecords records) {
        this.properties = properties;
        this.meters = meters;
        this.words = new JobLog(properties);
        this.records = records;
        thread.setDaemon(true);
    }

    QueryMonitor start() {
        thread.start();
        return this;
    }

    @Override
    public void ended(ObservedJob job) {
        if (closed || !waiting.offer(job)) {
            meters.dropped();
        }
    }

    private void work() {
        if (properties.record()) {
            keep(() -> records.forgetAfter(properties.retention()));
        }
        try {
            while (!closed || !waiting.isEmpty()) {
                ObservedJob first = waiting.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<ObservedJob> jobs = new ArrayList<>(List.of(first));
                    waiting.drainTo(jobs, MOST_AT_ONCE - 1);
                    observe(jobs);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void observe(List<ObservedJob> jobs) {
        List<QueryRecord> kept = new ArrayList<>();
        for (ObservedJob job : jobs) {
            JobFigures figures = figures(job);
            Long processed = figures.bytesProcessed();
            Severity severity = properties.severity(job.elapsed(), processed == null ? 0 : processed);
            words.tell(job, figures, severity);
            meters.ended(job, figures, severity);
            kept.add(record(job, figures, severity));
        }
        if (properties.record()) {
            keep(() -> records.add(kept));
        }
    }

    private JobFigures figures(ObservedJob job) {
        boolean ask = properties.record() && waiting.size() < TOO_MANY_TO_ASK;
        return ask ? job.asked().get() : job.known();
    }

    private static QueryRecord record(ObservedJob job, JobFigures figures, Severity severity) {
        var subject = new QueryRecord.Subject(
                job.purpose().type(),
                job.purpose().operation(),
                job.purpose().tier().name(),
                job.purpose().org(),
                job.purpose().runId(),
                job.bigQueryJobId());
        var end = new QueryRecord.End(
                job.outcome().name(), severity.name(), job.elapsed().toMillis(), job.retries());
        return new QueryRecord(
                subject,
                end,
                figures.bytesProcessed(),
                figures.bytesBilled(),
                figures.slotMillis(),
                figures.rows(),
                figures.cacheHit());
    }

    private void keep(Runnable work) {
        try {
            work.run();
        } catch (DataAccessException e) {
            log.warn(
                    "BigQuery jobs are not kept for 'sluice queries': {}",
                    e.getMostSpecificCause().getMessage());
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            thread.interrupt();
            log.warn("{} BigQuery jobs were not kept for 'sluice queries': no time was left", waiting.size());
        }
    }
}
