package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Jobs that are accepted and not done, and how they look to those who ask. Thread-safe. */
final class RunningJobs {

    private static final long PAUSE_MILLIS = 50;
    private static final int COMMITS = 200;

    private final JobStore jobs;
    private final Map<String, RunningJob> running = new ConcurrentHashMap<>();

    RunningJobs(JobStore jobs) {
        this.jobs = jobs;
    }

    void add(Job job, RunningJob state) {
        running.put(job.getJobReference().getJobId(), state);
    }

    void remove(Job job, RunningJob state) {
        running.remove(job.getJobReference().getJobId(), state);
    }

    Collection<RunningJob> all() {
        return running.values();
    }

    @Nullable
    RunningJob find(String id) {
        return running.get(id);
    }

    /** The job as it is now: RUNNING is not stored. */
    Job current(String id) {
        // in this order: what has ended before the job is read is no longer running, and is read as DONE
        RunningJob state = running.get(id);
        if (state != null) {
            keepHeld(id, state);
        }
        return withState(jobs.get(id), state);
    }

    /** A stored job as it is now. */
    Job withState(Job job) {
        return withState(job, running.get(job.getJobReference().getJobId()));
    }

    private static Job withState(Job job, @Nullable RunningJob state) {
        if (state != null
                && state.hasStarted()
                && "PENDING".equals(job.getStatus().getState())) {
            job.getStatus().setState("RUNNING");
            job.getStatistics().setStartTime(state.started());
        }
        return job;
    }

    /** A job whose insertion is answered, as it is now, once it may be told of. */
    Job told(Job job, RunningJob state) {
        awaitRecord(job, state);
        String id = job.getJobReference().getJobId();
        RunningJob still = running.get(id);
        return withState(jobs.find(id).orElseThrow(() -> unknown(job)), still);
    }

    /** Waits until a job may be told of: it is on disk, or has ended. */
    private void awaitRecord(Job job, RunningJob state) {
        try {
            for (int i = 0; i < COMMITS && !state.isOver() && !keep(job, state); i++) {
                state.await(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!state.isOver() && !keep(job, state)) {
            throw unknown(job);
        }
    }

    private boolean keep(Job job, RunningJob state) {
        return state.keep(() -> jobs.keep(job));
    }

    private static ApiError unknown(Job job) {
        return ApiError.backend("job %s may not have begun; insert it again".formatted(job.getId()));
    }

    /** Writes whatever runs and is held, before jobs are listed. */
    void keepHeld() {
        running.forEach(this::keepHeld);
    }

    /** Writes a job that runs and is held, before anybody is told that its id is taken. */
    void keepHeld(String id) {
        RunningJob state = running.get(id);
        if (state != null) {
            keepHeld(id, state);
        }
    }

    private void keepHeld(String id, RunningJob state) {
        jobs.held(id).ifPresent(job -> awaitRecord(job, state));
    }

    /** Waits until the job has ended, or for so long. */
    void await(String id, long millis) {
        RunningJob state = running.get(id);
        if (state != null) {
            await(state, millis);
        }
    }

    /** Waits until it has ended, or for so long. */
    static void await(RunningJob state, long millis) {
        try {
            state.await(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
