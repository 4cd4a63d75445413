package dev.sluice.bigquery;

import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.Job;
import dev.sluice.bigquery.RemoteCalls.Purpose;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks BigQuery jobs up by id, waits for them and cancels them. Thread-safe. */
final class RunningJobs {

    private static final Logger log = LoggerFactory.getLogger(RunningJobs.class);
    private static final Duration CANCEL_LIMIT = Duration.ofSeconds(5);
    private static final long FIRST_POLL_MILLIS = 20;
    private static final long LONGEST_POLL_MILLIS = 2_000;

    private final Bigquery bigquery;
    private final Project project;
    private final RemoteCalls calls;
    private final ExecutorService cancellations;
    private final LongSupplier nanoTime;

    /** @param cancellations owned and closed by the caller */
    RunningJobs(
            Bigquery bigquery,
            Project project,
            RemoteCalls calls,
            ExecutorService cancellations,
            LongSupplier nanoTime) {
        this.bigquery = bigquery;
        this.project = project;
        this.calls = calls;
        this.cancellations = cancellations;
        this.nanoTime = nanoTime;
    }

    Optional<Job> find(String id, Purpose purpose, Deadline deadline) {
        return calls.attempt(
                purpose,
                deadline,
                () -> bigquery.jobs()
                        .get(project.id(), id)
                        .setLocation(project.location())
                        .execute());
    }

    /** Polls until the job is DONE, successfully or not. */
    Job await(String id, Deadline deadline) {
        var purpose = new Purpose("poll", "wait", id);
        for (long pause = FIRST_POLL_MILLIS; ; pause = Math.min(LONGEST_POLL_MILLIS, pause * 3 / 2)) {
            Job job = find(id, purpose, deadline)
                    .orElseThrow(() -> new BigQueryFailure.Permanent(
                            "BigQuery job %s has vanished; look for it in the console, location %s"
                                    .formatted(id, project.location()),
                            null));
            if ("DONE".equals(job.getStatus().getState())) {
                return job;
            }
            calls.await(Duration.ofMillis(pause), purpose, deadline);
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
        Deadline deadline = new RunningDeadline(Tier.USER, CANCEL_LIMIT, nanoTime);
        try {
            calls.attempt(
                    new Purpose("cancel", "cancel", id),
                    deadline,
                    () -> bigquery.jobs()
                            .cancel(project.id(), id)
                            .setLocation(project.location())
                            .execute());
        } catch (BigQueryFailure e) {
            log.warn("BigQuery job {} may still be running: {}", id, e.getMessage());
        }
    }
}
