package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.JobStatus;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs as rows: accepted once, done once. */
final class JobStore {

    private final Store store;
    private final String projectId;
    private final Clock clock;

    JobStore(Store store, String projectId, Clock clock) {
        this.store = store;
        this.projectId = projectId;
        this.clock = clock;
    }

    /**
     * Makes an accepted job durable.
     *
     * @param content the uploaded bytes of a load; they are on disk already
     * @throws ApiError 409 if the id was used before, whatever became of that job
     */
    Job accept(Job job, @Nullable Path content) {
        return store.change(connection -> {
            long number = Store.next(connection, "meta.job_number");
            name(job, number);
            String id = job.getJobReference().getJobId();
            if (Store.text(connection, "SELECT id FROM meta.jobs WHERE id = ?", id)
                    .isPresent()) {
                throw ApiError.duplicate("Job %s:%s.%s"
                        .formatted(projectId, job.getJobReference().getLocation(), id));
            }
            job.setStatus(new JobStatus().setState("PENDING"));
            job.setStatistics(new JobStatistics().setCreationTime(clock.millis()));
            Store.update(
                    connection,
                    "INSERT INTO meta.jobs VALUES (?, ?, 'PENDING', ?, ?)",
                    id,
                    number,
                    Json.write(job),
                    content == null ? "" : content.toString());
            return job;
        });
    }

    private void name(Job job, long number) {
        JobReference reference = job.getJobReference() == null ? new JobReference() : job.getJobReference();
        reference.setProjectId(projectId);
        if (reference.getLocation() == null) {
            reference.setLocation("US");
        }
        if (reference.getJobId() == null) {
            reference.setJobId("job_local_" + number);
        }
        if (!reference.getJobId().matches("[A-Za-z0-9_-]{1,1024}")) {
            throw ApiError.invalid("Invalid job ID");
        }
        job.setJobReference(reference).setKind("bigquery#job");
        job.setId("%s:%s.%s".formatted(projectId, reference.getLocation(), reference.getJobId()));
    }

    Job get(String id) {
        return find(id).orElseThrow(() -> ApiError.notFound("Job %s:%s".formatted(projectId, id)));
    }

    Optional<Job> find(String id) {
        return store.read(connection -> Store.text(connection, "SELECT resource FROM meta.jobs WHERE id = ?", id))
                .map(json -> Json.read(json, Job.class));
    }

    /** Newest first. */
    List<Job> list(long limit) {
        return store
                .read(connection ->
                        Store.texts(connection, "SELECT resource FROM meta.jobs ORDER BY number DESC LIMIT ?", limit))
                .stream()
                .map(json -> Json.read(json, Job.class))
                .toList();
    }

    /** Ids of jobs that were accepted but are not done, oldest first. */
    List<String> unfinished() {
        return store.read(connection ->
                Store.texts(connection, "SELECT id FROM meta.jobs WHERE state <> 'DONE' ORDER BY number"));
    }

    Path content(String id) {
        return Path.of(
                store.read(connection -> Store.text(connection, "SELECT content FROM meta.jobs WHERE id = ?", id))
                        .orElse(""));
    }

    /** In the transaction of the job's effect. */
    static void done(Connection connection, Job job) throws SQLException {
        Store.update(
                connection,
                "UPDATE meta.jobs SET state = 'DONE', resource = ? WHERE id = ?",
                Json.write(job),
                job.getJobReference().getJobId());
    }
}
