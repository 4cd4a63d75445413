package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobStatus;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How jobs end that do not end well, and what happens at the end of all. Thread-safe. */
final class JobEndings {

    private static final Logger log = LoggerFactory.getLogger(JobEndings.class);
    private static final long INTERRUPT_MILLIS = 50;

    private final JobStore jobs;
    private final RunningJobs running;
    private final JobTurns turns;
    private final Processors processors;
    private final Clock clock;
    private final ScheduledExecutorService timer;

    JobEndings(
            JobStore jobs,
            RunningJobs running,
            JobTurns turns,
            Processors processors,
            Clock clock,
            ScheduledExecutorService timer) {
        this.jobs = jobs;
        this.running = running;
        this.turns = turns;
        this.processors = processors;
        this.clock = clock;
        this.timer = timer;
    }

    /** Stops a job when its time is over. */
    void expire(Job job, RunningJob state) {
        Long timeout = job.getConfiguration().getJobTimeoutMs();
        if (timeout != null && timeout > 0) {
            long left = job.getStatistics().getCreationTime() + timeout - clock.millis();
            var unused = timer.schedule(
                    () -> stop(job, state, "Job timed out after %d ms".formatted(timeout)),
                    Math.max(0, left),
                    TimeUnit.MILLISECONDS);
        }
    }

    /** Asks a job for its end, which one whose commit has begun does not hear. */
    void stop(Job job, RunningJob state, String why) {
        if (state.stop(why)) {
            fail(job, state, state.stopped());
            ended(job, state);
            jobs.forgetContent(job);
            return;
        }
        interrupt(state);
    }

    /** Ends what a stopped job executes, again and again until it has ended. */
    void interrupt(RunningJob state) {
        if (state.interrupt() && !timer.isShutdown()) {
            var unused = timer.schedule(() -> interrupt(state), INTERRUPT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Writes that a job has failed, unless it runs again at the next start. */
    void fail(Job job, RunningJob state, ApiError failure) {
        ApiError error = JobLocations.told(job, failure);
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
        } catch (RuntimeException e) {
            log.error("cannot keep the end of BigQuery job {}; it runs again at the next start", job.getId(), e);
            jobs.abandon(job);
        }
    }

    /** A job holds nothing any more, and whoever waits for it goes on. */
    void ended(Job job, RunningJob state) {
        running.remove(job, state);
        state.settle();
        turns.leave(state);
        state.end();
        processors.leave(state);
    }
}
