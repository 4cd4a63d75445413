package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Jobs that are accepted and not on disk, so that their ids are taken. Thread-safe. */
final class HeldJobs {

    private record Held(long number, String resource) {}

    private final Map<String, Held> jobs = new ConcurrentHashMap<>();

    /** False if its id is taken. */
    boolean hold(Job job, long number) {
        return jobs.putIfAbsent(id(job), new Held(number, Json.write(job))) == null;
    }

    /** Of a job that is held. */
    long number(Job job) {
        return Objects.requireNonNull(jobs.get(id(job))).number();
    }

    /** As it was accepted. */
    Optional<Job> find(String id) {
        return Optional.ofNullable(jobs.get(id)).map(held -> Json.read(held.resource(), Job.class));
    }

    /** It is on disk, or was never begun. */
    void release(Job job) {
        jobs.remove(id(job));
    }

    private static String id(Job job) {
        return job.getJobReference().getJobId();
    }
}
