package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * Jobs: accepted once, done once. What only reads is held in memory until it is done or {@link #keep kept}: nobody
 * has been told of it before. Thread-safe.
 */
final class JobStore {

    private final Store store;
    private final String projectId;
    private final Uploads uploads;
    private final JobNames names;
    private final Numbers numbers;
    private final Latest<String> latest = new Latest<>();
    private final HeldJobs held = new HeldJobs();

    JobStore(Store store, Uploads uploads, String projectId, Clock clock) {
        this.store = store;
        this.uploads = uploads;
        this.projectId = projectId;
        this.names = new JobNames(projectId, clock);
        this.numbers = new Numbers(store, "meta.job_number");
    }

    /** A dry run is a job that nobody can ask for. */
    void nameDryRun(Job job) {
        names.dryRun(job);
    }

    /**
     * Makes an accepted job durable.
     *
     * @throws ApiError 409 if the id was used before, whatever became of that job
     */
    Job accept(Job job) {
        long number = reserve(job);
        try {
            return store.change(connection -> insert(connection, job, number, "PENDING", ""));
        } finally {
            held.release(job);
        }
    }

    /** Makes a load durable whose bytes are on disk already, and ends its upload. */
    Job acceptUpload(Job job, String upload) {
        long number = reserve(job);
        try {
            return store.change(connection -> {
                insert(connection, job, number, "PENDING", upload);
                Uploads.end(connection, upload, job);
                return job;
            });
        } finally {
            held.release(job);
        }
    }

    /**
     * Accepts a job that changes nothing, and does not write it yet.
     *
     * @throws ApiError 409 if the id was used before, whatever became of that job
     */
    Job hold(Job job) {
        boolean isChosen = JobNames.isChosen(job);
        reserve(job);
        try {
            if (isChosen && store.has(JobRows.is(id(job)), connection -> JobRows.has(connection, id(job)))) {
                throw duplicate(job);
            }
            return job;
        } catch (RuntimeException e) {
            held.release(job);
            throw e;
        }
    }

    /** A job that is accepted and not on disk: nobody may be told of it. */
    Optional<Job> held(String id) {
        return held.find(id);
    }

    /** Writes a held job that is not done; false if it is not held. */
    boolean keep(Job job) {
        OptionalLong number = held.number(job);
        if (number.isEmpty()) {
            return false;
        }
        store.change(connection -> insert(connection, job, number.getAsLong(), "PENDING", ""));
        held.release(job);
        return true;
    }

    /** Forgets a held job that has ended and could not be written, as nobody has been told of it. */
    void abandon(Job job) {
        held.release(job);
    }

    /** Once it is committed. */
    private void remember(Connection connection, Job job, String json) {
        store.commits().then(connection, () -> latest.put(id(job), json, json.length()));
    }

    private long reserve(Job job) {
        long number = numbers.next();
        names.accept(job, number);
        held.hold(job, number);
        return number;
    }

    private Job insert(Connection connection, Job job, long number, String state, String content) throws SQLException {
        String json = Json.write(job);
        JournalEntry.Row row = JobRows.row(id(job), number, state, json, content);
        try {
            if (!store.reading().add(connection, row)) {
                JobRows.insert(connection, row);
            }
        } catch (SQLException e) {
            if (Faults.isDuplicate(e)) {
                throw duplicate(job);
            }
            throw e;
        }
        remember(connection, job, json);
        return job;
    }

    private static String id(Job job) {
        return job.getJobReference().getJobId();
    }

    private static ApiError duplicate(Job job) {
        return ApiError.duplicate("Job " + job.getId());
    }

    void delete(String id) {
        store.change(connection -> JobRows.delete(connection, id));
        latest.forget(id);
    }

    Job get(String id) {
        return find(id).orElseThrow(() -> ApiError.notFound("Job %s:%s".formatted(projectId, id)));
    }

    Optional<Job> find(String id) {
        return latest.find(id).map(json -> Json.read(json, Job.class)).or(() -> stored(id));
    }

    private Optional<Job> stored(String id) {
        return store.read(connection -> JobRows.find(connection, id));
    }

    /**
     * A page of jobs, newest first, by their numbers.
     *
     * @param before only jobs that were accepted earlier than this one
     */
    SortedMap<Long, Job> page(long before, long limit) {
        return store.read(connection -> JobRows.page(connection, before, limit));
    }

    /** Ids of jobs that were accepted but are not done, oldest first. */
    List<String> unfinished() {
        return store.read(JobRows::unfinished);
    }

    /** The uploaded bytes of a load; for other jobs a path that nothing is at. */
    Path content(Job job) {
        return uploads.file(
                job.getConfiguration().getLoad() == null
                        ? "none"
                        : store.read(connection -> JobRows.content(connection, id(job)))
                                .filter(name -> !name.isEmpty())
                                .orElse("none"));
    }

    /** Removes the uploaded bytes of a job that is done. */
    void forgetContent(Job job) {
        if (job.getConfiguration().getLoad() != null) {
            uploads.remove(content(job));
        }
    }

    /** @param place where the job is */
    void done(Job job, RunningJob.Place place) {
        store.change(connection -> {
            done(connection, job, place);
            return job;
        });
    }

    /** In the transaction of the job's effect. */
    void done(Connection connection, Job job, RunningJob.Place place) throws SQLException {
        store.commits().then(connection, () -> held.release(job));
        if (place == RunningJob.Place.HELD) {
            insert(connection, job, held.number(job).orElseThrow(), "DONE", "");
            return;
        }
        String json = Json.write(job);
        JobRows.done(connection, id(job), json);
        remember(connection, job, json);
    }
}
