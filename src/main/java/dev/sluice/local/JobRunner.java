package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import dev.sluice.local.sql.SqlRefused;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs accepted jobs; a job's effect and its DONE are one transaction. Jobs that change a table wait for their turn with it,
 * those that only read run at once. Thread-safe.
 */
final class JobRunner implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
    private static final long CLOSE_SECONDS = 10;
    private static final long MOMENT_MILLIS = 500;

    private final JobStore jobs;
    private final RunningJobs running;
    private final JobTransactions transactions;
    private final JobTurns turns;
    private final Clock clock;
    private final JobFaults faults;
    private final Processors processors;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "job-timer"));
    private final JobEndings endings;

    JobRunner(
            JobStore jobs,
            RunningJobs running,
            JobTransactions transactions,
            JobTurns turns,
            JobFaults faults,
            Processors processors,
            Clock clock) {
        this.jobs = jobs;
        this.running = running;
        this.transactions = transactions;
        this.turns = turns;
        this.faults = faults;
        this.processors = processors;
        this.clock = clock;
        this.endings = new JobEndings(jobs, running, turns, processors, clock, timer);
    }

    /** Submits what the server before has left, and looks for large jobs from now on. */
    void start() {
        processors.watch(running);
        List<String> unfinished = jobs.unfinished();
        unfinished.forEach(id -> submit(jobs.get(id)));
    }

    /** Submits an accepted load and gives it a moment, since most are done in less. */
    Job begin(Job accepted) {
        return begin(accepted, RunningJob.written(QueryText.NONE), 0);
    }

    /**
     * Submits an accepted job, or one that is held, which is written when this returns.
     *
     * @param millis how long who inserts it waits for its end, if that is more than a moment
     */
    Job begin(Job job, RunningJob state, long millis) {
        submitted(job, state);
        RunningJobs.await(state, Math.max(MOMENT_MILLIS, millis));
        return running.told(job, state);
    }

    private void submitted(Job job, RunningJob state) {
        try {
            submit(job.clone(), state);
        } catch (RuntimeException e) {
            jobs.abandon(job);
            endings.ended(job, state);
            throw e;
        }
    }

    /** Submits a job that is on disk. */
    void submit(Job job) {
        submit(job, RunningJob.written(QueryText.of(job)));
    }

    private void submit(Job job, RunningJob state) {
        running.add(job, state);
        endings.expire(job, state);
        JobFaults.Fate fate = faults.of(job);
        try {
            turns.admit(job, state, pool -> launch(job, state, fate, pool));
        } catch (ApiError e) {
            launch(job, state, fate.orFailure(e), turns.unadmitted());
        } catch (SqlRefused e) {
            launch(job, state, fate.orFailure(ApiError.of(e)), turns.unadmitted());
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            log.error("BigQuery job {} cannot begin", job.getId(), e);
            launch(job, state, fate.orFailure(ApiError.internal("see its log")), turns.unadmitted());
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
                endings.fail(job, state, fate.failure());
            }
        } finally {
            endings.ended(job, state);
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
            endings.fail(job, state, state.isStopped() ? state.stopped() : e);
        } catch (SqlRefused e) {
            endings.fail(job, state, ApiError.of(e));
        } catch (OutOfMemoryError e) {
            log.warn("BigQuery job {} needs more than the heap of this process", job.getId());
            endings.fail(job, state, ApiError.resources());
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            log.error("BigQuery job {} failed inside the local BigQuery", job.getId(), e);
            endings.fail(job, state, ApiError.internal("see its log"));
        }
    }

    /** Asks for its end, which a job whose commit has begun does not hear. */
    Job cancel(String id) {
        Job job = running.current(id);
        RunningJob state = running.find(id);
        if (state != null) {
            endings.stop(job, state, "User requested cancellation");
        }
        return running.current(id);
    }

    /** Cuts off what runs; when this returns nothing commits any more. Unfinished jobs run again at the next start. */
    @Override
    public void close() {
        turns.close();
        running.all().forEach(RunningJob::cutOff);
        running.all().forEach(endings::interrupt);
        try {
            if (!turns.awaitEnd(CLOSE_SECONDS)) {
                log.warn("{} BigQuery jobs do not end", running.all().size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        timer.shutdownNow();
    }
}
