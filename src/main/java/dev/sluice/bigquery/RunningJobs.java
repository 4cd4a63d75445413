package dev.sluice.bigquery;

import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.Job;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks BigQuery jobs up by id, waits for them and cancels them. Thread-safe; owns the threads that cancel. */
final class RunningJobs implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RunningJobs.class);
    private static final Duration ASIDE_LIMIT = Duration.ofSeconds(5);
    private static final long FIRST_POLL_MILLIS = 20;
    private static final long LONGEST_POLL_MILLIS = 2_000;
    private static final int CANCELS_AT_ONCE = 2;
    private static final int WAITING_CANCELS = 10_000;

    private final Bigquery bigquery;
    private final Project project;
    private final RemoteCalls calls;
    private final LongSupplier nanoTime;
    private final ThreadPoolExecutor cancellations = new ThreadPoolExecutor(
            CANCELS_AT_ONCE,
            CANCELS_AT_ONCE,
            ASIDE_LIMIT.toSeconds(),
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_CANCELS),
            DaemonThreads.named("bigquery-cancel"));

    RunningJobs(Bigquery bigquery, Project project, RemoteCalls calls, LongSupplier nanoTime) {
        this.bigquery = bigquery;
        this.project = project;
        this.calls = calls;
        this.nanoTime = nanoTime;
        cancellations.allowCoreThreadTimeOut(true);
    }

    Optional<Job> find(String id, Deadline deadline) {
        return calls.attempt(new Purpose(CallKind.FIND_JOB, "follow", id), deadline, () -> {
            Job job = bigquery.jobs()
                    .get(project.id(), id)
                    .setLocation(project.location())
                    .execute();
            if (job.getConfiguration() == null
                    || job.getStatus() == null
                    || isDone(job) && job.getStatistics() == null) {
                throw new IOException("the answer says too little about BigQuery job " + id);
            }
            return job;
        });
    }

    /**
     * Polls until the job is DONE, successfully or not.
     *
     * @param meanwhile looks before each poll whether to wait any longer, and throws if not
     */
    Job await(String id, Job there, Deadline deadline, Runnable meanwhile) {
        var purpose = new Purpose(CallKind.FIND_JOB, "follow", id);
        Job job = there;
        for (long pause = FIRST_POLL_MILLIS; !isDone(job); pause = Math.min(LONGEST_POLL_MILLIS, pause * 3 / 2)) {
            meanwhile.run();
            calls.await(Duration.ofMillis(pause), purpose, deadline);
            job = find(id, deadline).orElseThrow(() -> vanished(id));
        }
        return job;
    }

    static boolean isDone(Job job) {
        return "DONE".equals(job.getStatus().getState());
    }

    private BigQueryFailure vanished(String id) {
        return new BigQueryFailure.Permanent(
                "BigQuery job %s has vanished; look for it in the console, location %s"
                        .formatted(id, project.location()),
                null);
    }

    /** Looks once, for a few seconds at most; empty if there is no answer. */
    Optional<Job> glance(String id) {
        try {
            return find(id, new RunningDeadline(Tier.USER, ASIDE_LIMIT, nanoTime));
        } catch (BigQueryFailure e) {
            return Optional.empty();
        }
    }

    /** Asks for a cancel on another thread, with a limit of its own; best effort, as BigQuery's cancel is. */
    void cancelLater(String id) {
        try {
            cancellations.execute(() -> cancel(id));
        } catch (RejectedExecutionException e) {
            log.warn("BigQuery job {} was not cancelled: too many cancels are waiting", id);
        }
    }

    private void cancel(String id) {
        Deadline deadline = new RunningDeadline(Tier.USER, ASIDE_LIMIT, nanoTime);
        try {
            calls.attempt(
                    new Purpose(CallKind.CANCEL_JOB, "cancel", id),
                    deadline,
                    () -> bigquery.jobs()
                            .cancel(project.id(), id)
                            .setLocation(project.location())
                            .execute());
        } catch (BigQueryFailure e) {
            log.warn("BigQuery job {} may still be running: {}", id, e.getMessage());
        }
    }

    /** Lets the cancels that were asked for reach BigQuery, for 5 s at most. */
    @Override
    public void close() {
        cancellations.shutdown();
        try {
            if (cancellations.awaitTermination(ASIDE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int running = cancellations.getActiveCount();
        int waiting = cancellations.shutdownNow().size();
        log.warn("{} BigQuery jobs were not cancelled in time and may still be running", running + waiting);
    }
}
