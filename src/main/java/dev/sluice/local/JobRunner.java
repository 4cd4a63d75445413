package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobStatus;
import dev.sluice.local.sql.SqlRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs accepted jobs on workers of its own; a job's effect and its DONE are one transaction. Thread-safe. */
final class JobRunner implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
    private static final long CLOSE_SECONDS = 5;

    private final Store store;
    private final JobStore jobs;
    private final Effects effects;
    private final Clock clock;
    private final ExecutorService workers;
    private final ScheduledExecutorService timeouts = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, RunningJob> running = new ConcurrentHashMap<>();

    JobRunner(Store store, JobStore jobs, Effects effects, Clock clock, int workers) {
        this.store = store;
        this.jobs = jobs;
        this.effects = effects;
        this.clock = clock;
        this.workers = Executors.newFixedThreadPool(workers);
    }

    /** A job of this process that is not done. */
    static final class RunningJob {

        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile boolean started;
        private volatile boolean cancelled;
        private volatile String why = "Job execution was cancelled: User requested cancellation";

        boolean isCancelled() {
            return cancelled;
        }

        void cancel(String reason) {
            why = reason;
            cancelled = true;
        }
    }

    void resumeUnfinished() {
        List<String> unfinished = jobs.unfinished();
        unfinished.forEach(id -> submit(jobs.get(id)));
    }

    void submit(Job job) {
        String id = job.getJobReference().getJobId();
        var state = new RunningJob();
        running.put(id, state);
        Long timeout = job.getConfiguration().getJobTimeoutMs();
        if (timeout != null && timeout > 0) {
            var unused = timeouts.schedule(
                    () -> state.cancel("Job execution was cancelled: Job timed out after %d ms".formatted(timeout)),
                    timeout,
                    TimeUnit.MILLISECONDS);
        }
        workers.execute(() -> run(job, state));
    }

    private void run(Job job, RunningJob state) {
        String id = job.getJobReference().getJobId();
        state.started = true;
        long started = clock.millis();
        Path content = jobs.content(id);
        try {
            store.change(connection -> {
                job.getStatistics().setStartTime(started);
                effects.apply(connection, job, content, state);
                finish(job);
                JobStore.done(connection, job);
                return job;
            });
        } catch (ApiError e) {
            fail(job, started, state.isCancelled() ? new ApiError(200, "stopped", state.why) : e);
        } catch (SqlRefused e) {
            fail(job, started, new ApiError(400, e.reason(), String.valueOf(e.getMessage())));
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            log.error("BigQuery job {} failed inside the local BigQuery", id, e);
            fail(job, started, new ApiError(500, "internalError", "The local BigQuery failed; see its log"));
        } finally {
            running.remove(id);
            state.ended.countDown();
        }
        // only now is the job DONE on disk; until then it would need its bytes again
        forget(content);
    }

    private void finish(Job job) {
        job.getStatistics()
                .setEndTime(clock.millis())
                .setTotalSlotMs(Math.max(1, clock.millis() - job.getStatistics().getStartTime()));
        job.setStatus(new JobStatus().setState("DONE"));
    }

    private void fail(Job job, long started, ApiError error) {
        store.change(connection -> {
            job.getStatistics().setStartTime(started).setEndTime(clock.millis());
            job.setStatus(new JobStatus()
                    .setState("DONE")
                    .setErrorResult(error.proto())
                    .setErrors(List.of(error.proto())));
            JobStore.done(connection, job);
            return job;
        });
    }

    private static void forget(Path content) {
        if (content.toString().isEmpty()) {
            return;
        }
        try {
            Files.deleteIfExists(content);
        } catch (IOException e) {
            log.warn("cannot remove the uploaded bytes {}", content);
        }
    }

    /** The job as it is now: RUNNING is not stored. */
    Job current(String id) {
        RunningJob state = running.get(id);
        Job job = jobs.get(id);
        if (state != null && state.started && "PENDING".equals(job.getStatus().getState())) {
            job.getStatus().setState("RUNNING");
        }
        return job;
    }

    Job cancel(String id) {
        RunningJob state = running.get(id);
        if (state != null) {
            state.cancel("Job execution was cancelled: User requested cancellation");
        }
        return current(id);
    }

    /** Waits until the job has ended, or for so long. */
    void await(String id, long millis) throws InterruptedException {
        RunningJob state = running.get(id);
        if (state != null) {
            state.ended.await(millis, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        timeouts.shutdownNow();
        workers.shutdown();
        try {
            if (!workers.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("{} BigQuery jobs are cut off; they run again at the next start", running.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
