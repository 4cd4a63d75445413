package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobStatus;
import dev.sluice.local.sql.SqlRefused;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs accepted jobs; a job's effect and its DONE are one transaction. Jobs that change a table wait for their turn with it,
 * those that only read run at once. Thread-safe.
 */
final class JobRunner implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
    private static final long CLOSE_SECONDS = 10;
    private static final long INTERRUPT_MILLIS = 50;
    private static final long MOMENT_MILLIS = 500;

    /** What has taken so much of a processor's time, whatever it reads, is large. */
    private static final Duration LARGE = Duration.ofMillis(200);

    private static final int COMMITS = 200;

    private final JobStore jobs;
    private final JobTransactions transactions;
    private final JobTurns turns;
    private final Clock clock;
    private final JobFaults faults;
    private final Processors processors;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "job-timer"));
    private final Map<String, RunningJob> running = new ConcurrentHashMap<>();

    JobRunner(
            JobStore jobs,
            JobTransactions transactions,
            JobTurns turns,
            JobFaults faults,
            Processors processors,
            Clock clock) {
        this.jobs = jobs;
        this.transactions = transactions;
        this.turns = turns;
        this.faults = faults;
        this.processors = processors;
        this.clock = clock;
    }

    void resumeUnfinished() {
        List<String> unfinished = jobs.unfinished();
        unfinished.forEach(id -> submit(jobs.get(id)));
    }

    /** Submits an accepted job and gives it a moment, since most are done in less. */
    Job begin(Job accepted) {
        return begin(accepted, 0);
    }

    /** @param millis how long who inserts it waits for its end, if that is more than a moment */
    Job begin(Job accepted, long millis) {
        return begin(accepted, RunningJob.written(), millis);
    }

    /** As {@link #begin(Job, long)} with a job that is held, which is written when this returns. */
    Job beginHeld(Job held, long millis) {
        return begin(held, RunningJob.held(), millis);
    }

    private Job begin(Job job, RunningJob state, long millis) {
        submitted(job, state);
        await(state, MOMENT_MILLIS);
        if (!state.isOver() && state.hasWorked(LARGE)) {
            processors.giveAll(state);
        }
        await(state, Math.max(0, millis - MOMENT_MILLIS));
        awaitRecord(job, state);
        String id = job.getJobReference().getJobId();
        RunningJob still = running.get(id);
        return withState(jobs.find(id).orElseThrow(() -> unknown(job)), still);
    }

    private void submitted(Job job, RunningJob state) {
        try {
            submit(job.clone(), state);
        } catch (RuntimeException e) {
            jobs.abandon(job);
            ended(job, state);
            throw e;
        }
    }

    /** Waits until a job may be told of: it is on disk, or has ended. */
    private void awaitRecord(Job job, RunningJob state) {
        try {
            for (int i = 0; i < COMMITS && !state.isOver() && !keep(job, state); i++) {
                state.await(INTERRUPT_MILLIS);
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

    /** Submits a job that is on disk. */
    void submit(Job job) {
        submit(job, RunningJob.written());
    }

    private void submit(Job job, RunningJob state) {
        running.put(job.getJobReference().getJobId(), state);
        expire(job, state);
        JobFaults.Fate fate = faults.of(job);
        try {
            turns.admit(job, state, pool -> launch(job, state, fate, pool));
        } catch (ApiError e) {
            launch(job, state, fate.orFailure(e), turns.unadmitted());
        }
    }

    private void expire(Job job, RunningJob state) {
        Long timeout = job.getConfiguration().getJobTimeoutMs();
        if (timeout != null && timeout > 0) {
            long left = job.getStatistics().getCreationTime() + timeout - clock.millis();
            var unused = timer.schedule(
                    () -> stop(job, state, "Job timed out after %d ms".formatted(timeout)),
                    Math.max(0, left),
                    TimeUnit.MILLISECONDS);
        }
    }

    private void launch(Job job, RunningJob state, JobFaults.Fate fate, ExecutorService pool) {
        if (fate.millis() == 0) {
            pool.execute(() -> run(job, state, fate));
            return;
        }
        state.hold(clock.millis());
        var unused =
                timer.schedule(() -> pool.execute(() -> run(job, state, fate)), fate.millis(), TimeUnit.MILLISECONDS);
    }

    private void run(Job job, RunningJob state, JobFaults.Fate fate) {
        if (!state.start(clock.millis())) {
            turns.leave(state); // it may have been stopped before it had a turn
            return;
        }
        try {
            if (fate.failure() == null) {
                end(job, state);
            } else {
                fail(job, state, fate.failure());
            }
        } finally {
            ended(job, state);
        }
        // only now is the job DONE on disk; until then it would need its bytes again
        if (!state.isCutOff()) {
            jobs.forgetContent(job);
        }
    }

    private void end(Job job, RunningJob state) {
        try {
            transactions.complete(job, jobs.content(job), state);
        } catch (ApiError e) {
            fail(job, state, state.isStopped() ? state.stopped() : e);
        } catch (SqlRefused e) {
            fail(job, state, ApiError.of(e));
        } catch (OutOfMemoryError e) {
            log.warn("BigQuery job {} needs more than the heap of this process", job.getId());
            fail(job, state, ApiError.resources());
        } catch (RuntimeException | LinkageError e) {
            log.error("BigQuery job {} failed inside the local BigQuery", job.getId(), e);
            fail(job, state, ApiError.internal("see its log"));
        }
    }

    private void fail(Job job, RunningJob state, ApiError error) {
        if (state.isCutOff()) {
            jobs.abandon(job);
            return;
        }
        long now = clock.millis();
        if (job.getStatistics().getStartTime() == null) {
            job.getStatistics().setStartTime(state.hasStarted() && state.started() > 0 ? state.started() : now);
        }
        job.getStatistics().setEndTime(now);
        job.setStatus(
                new JobStatus().setState("DONE").setErrorResult(error.proto()).setErrors(error.protos()));
        try {
            jobs.done(job, state.settle());
        } catch (ApiError e) {
            log.error("cannot keep the end of BigQuery job {}; it runs again at the next start", job.getId(), e);
            jobs.abandon(job);
        }
    }

    private void ended(Job job, RunningJob state) {
        running.remove(job.getJobReference().getJobId(), state);
        state.settle();
        turns.leave(state);
        state.end();
        processors.leave(state);
    }

    private void stop(Job job, RunningJob state, String why) {
        if (state.stop(why)) {
            fail(job, state, state.stopped());
            ended(job, state);
            jobs.forgetContent(job);
            return;
        }
        interrupt(state);
    }

    private void interrupt(RunningJob state) {
        if (state.interrupt() && !timer.isShutdown()) {
            var unused = timer.schedule(() -> interrupt(state), INTERRUPT_MILLIS, TimeUnit.MILLISECONDS);
        }
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

    /** Asks for its end, which a job whose commit has begun does not hear. */
    Job cancel(String id) {
        Job job = current(id);
        RunningJob state = running.get(id);
        if (state != null) {
            stop(job, state, "User requested cancellation");
        }
        return current(id);
    }

    /** Waits until the job has ended, or for so long. */
    void await(String id, long millis) {
        RunningJob state = running.get(id);
        if (state != null) {
            await(state, millis);
        }
    }

    private static void await(RunningJob state, long millis) {
        try {
            state.await(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Cuts off what runs; when this returns nothing commits any more. Unfinished jobs run again at the next start. */
    @Override
    public void close() {
        turns.close();
        running.values().forEach(RunningJob::cutOff);
        running.values().forEach(this::interrupt);
        try {
            if (!turns.awaitEnd(CLOSE_SECONDS)) {
                log.warn("{} BigQuery jobs do not end", running.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timer.shutdownNow();
    }
}
