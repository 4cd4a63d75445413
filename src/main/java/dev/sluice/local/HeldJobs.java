package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Jobs that are accepted and not on disk, so that their ids are taken. Thread-safe. */
final class HeldJobs {

    private static final long LONGEST_SECONDS = 10;
    private static final int TRIES = 100;

    /** @param job which nobody changes */
    private record Held(long number, Job job, CountDownLatch released) {}

    private final Map<String, Held> jobs = new ConcurrentHashMap<>();

    /**
     * Takes the id of a job, which stays as it is from now on. If another job has it, waits until that one is on disk or
     * given up, since its id may be called a duplicate only then.
     */
    void hold(Job job, long number) {
        var held = new Held(number, job, new CountDownLatch(1));
        for (int i = 0; i < TRIES; i++) {
            Held other = jobs.putIfAbsent(id(job), held);
            if (other == null) {
                return;
            }
            await(other, job);
        }
        throw busy(job);
    }

    private static void await(Held other, Job job) {
        try {
            if (!other.released().await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw busy(job);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy(job);
        }
    }

    private static ApiError busy(Job job) {
        return ApiError.backend("another job %s is not on disk yet; insert it again".formatted(job.getId()));
    }

    /** Empty for what is not held. */
    OptionalLong number(Job job) {
        Held held = jobs.get(id(job));
        return held == null ? OptionalLong.empty() : OptionalLong.of(held.number());
    }

    /** As it was accepted. */
    Optional<Job> find(String id) {
        return Optional.ofNullable(jobs.get(id)).map(held -> held.job().clone());
    }

    /** It is on disk, or given up. */
    void release(Job job) {
        Held held = jobs.remove(id(job));
        if (held != null) {
            held.released().countDown();
        }
    }

    private static String id(Job job) {
        return job.getJobReference().getJobId();
    }
}
