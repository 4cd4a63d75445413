package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.JobStatus;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Jobs as rows: accepted once, done once. */
final class JobStore {

    private final Store store;
    private final String projectId;
    private final Clock clock;

    private final Uploads uploads;
    private final LatestJobs latest = new LatestJobs();

    JobStore(Store store, Uploads uploads, String projectId, Clock clock) {
        this.store = store;
        this.uploads = uploads;
        this.projectId = projectId;
        this.clock = clock;
    }

    /**
     * Makes an accepted job durable.
     *
     * @throws ApiError 409 if the id was used before, whatever became of that job
     */
    Job accept(Job job) {
        Job accepted = store.change(connection -> accept(connection, job, ""));
        latest.put(accepted, Json.write(accepted));
        return accepted;
    }

    /** Makes a load durable whose bytes are on disk already, and ends its upload. */
    Job acceptUpload(Job job, String upload) {
        return store.change(connection -> {
            Job accepted = accept(connection, job, upload);
            Uploads.end(connection, upload, accepted);
            return accepted;
        });
    }

    private Job accept(Connection connection, Job job, String content) throws SQLException {
        long number = Store.next(connection, "meta.job_number");
        name(job, number);
        String id = job.getJobReference().getJobId();
        if (job.getConfiguration().getQuery() != null) {
            setDefaults(job.getConfiguration().getQuery());
        }
        job.setStatus(new JobStatus().setState("PENDING"));
        job.setStatistics(new JobStatistics().setCreationTime(clock.millis()));
        try {
            // DuckDB takes thrice as long to leave out what is there already
            Store.update(
                    connection,
                    "INSERT INTO meta.jobs VALUES (?, ?, 'PENDING', ?, ?)",
                    id,
                    number,
                    Json.write(job),
                    content);
        } catch (SQLException e) {
            if (Faults.isDuplicate(e)) {
                throw ApiError.duplicate("Job %s:%s.%s"
                        .formatted(projectId, job.getJobReference().getLocation(), id));
            }
            throw e;
        }
        return job;
    }

    private void name(Job job, long number) {
        JobReference reference = job.getJobReference() == null ? new JobReference() : job.getJobReference();
        Projects.require(projectId, reference.getProjectId());
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

    /** A dry run is a job that nobody can ask for. */
    void nameDryRun(Job job) {
        long now = clock.millis();
        JobReference reference = job.getJobReference() == null ? new JobReference() : job.getJobReference();
        Projects.require(projectId, reference.getProjectId());
        reference.setProjectId(projectId).setJobId(null);
        if (reference.getLocation() == null) {
            reference.setLocation("US");
        }
        job.setJobReference(reference)
                .setKind("bigquery#job")
                .setId("%s:%s.".formatted(projectId, reference.getLocation()))
                .setStatistics(new JobStatistics()
                        .setCreationTime(now)
                        .setStartTime(now)
                        .setEndTime(now))
                .setStatus(new JobStatus().setState("DONE"));
        job.setSelfLink("https://bigquery.googleapis.com/bigquery/v2/projects/%s/jobs/?location=%s"
                .formatted(projectId, reference.getLocation()));
        if (job.getConfiguration().getQuery() != null) {
            setDefaults(job.getConfiguration().getQuery());
        }
    }

    private void setDefaults(JobConfigurationQuery query) {
        if (query.getPriority() == null) {
            query.setPriority("INTERACTIVE");
        }
    }

    void delete(String id) {
        store.change(connection -> Store.update(connection, "DELETE FROM meta.jobs WHERE id = ?", id));
        latest.forget(id);
    }

    Job get(String id) {
        return find(id).orElseThrow(() -> ApiError.notFound("Job %s:%s".formatted(projectId, id)));
    }

    Optional<Job> find(String id) {
        return latest.find(id)
                .or(() -> store.read(
                                connection -> Store.text(connection, "SELECT resource FROM meta.jobs WHERE id = ?", id))
                        .map(json -> Json.read(json, Job.class)));
    }

    /**
     * A page of jobs, newest first, by their numbers.
     *
     * @param before only jobs that were accepted earlier than this one
     */
    SortedMap<Long, Job> page(long before, long limit) {
        SortedMap<Long, Job> page = new TreeMap<>(Comparator.reverseOrder());
        return store.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT number, resource FROM meta.jobs WHERE number < ? ORDER BY number DESC LIMIT ?")) {
                statement.setLong(1, before);
                statement.setLong(2, limit);
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        page.put(result.getLong(1), Json.read(result.getString(2), Job.class));
                    }
                }
            }
            return page;
        });
    }

    /** Ids of jobs that were accepted but are not done, oldest first. */
    List<String> unfinished() {
        return store.read(connection ->
                Store.texts(connection, "SELECT id FROM meta.jobs WHERE state <> 'DONE' ORDER BY number"));
    }

    /** The uploaded bytes of a load; for other jobs a path that nothing is at. */
    Path content(Job job) {
        if (job.getConfiguration().getLoad() == null) {
            return uploads.file("none");
        }
        String id = job.getJobReference().getJobId();
        return uploads.file(
                store.read(connection -> Store.text(connection, "SELECT content FROM meta.jobs WHERE id = ?", id))
                        .filter(name -> !name.isEmpty())
                        .orElse("none"));
    }

    /** Removes the uploaded bytes of a job that is done. */
    void forgetContent(Job job) {
        if (job.getConfiguration().getLoad() != null) {
            uploads.remove(content(job));
        }
    }

    void done(Job job) {
        store.change(connection -> {
            done(connection, job);
            return job;
        });
        committed(job);
    }

    /** After the transaction of {@link #done(Connection, Job)}. */
    void committed(Job job) {
        latest.put(job, Json.write(job));
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
