package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobStatus;
import dev.sluice.local.sql.Script;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;

/** A job's effect and its DONE in one transaction, begun again when another change was faster. */
final class JobTransactions {

    private final JobStore jobs;
    private final Attempts attempts;
    private final Effects effects;
    private final Clock clock;

    JobTransactions(JobStore jobs, Attempts attempts, Effects effects, Clock clock) {
        this.jobs = jobs;
        this.attempts = attempts;
        this.effects = effects;
        this.clock = clock;
    }

    /**
     * @return the job as it is done
     * @throws ApiError if the job failed or was stopped; then nothing has changed
     */
    Job complete(Job job, Path content, RunningJob state) {
        long started = clock.millis();
        Optional<Script> script = state.text().script();
        if (script.isPresent()) {
            return complete(job, script.get(), started, state);
        }
        Store.Work<Job> work = connection -> {
            Job done = job.clone();
            done.getStatistics().setStartTime(started);
            complete(connection, done, content, state);
            return done;
        };
        Job done = run(state, work);
        if (state.settle() == RunningJob.Place.KEPT) {
            jobs.done(done, RunningJob.Place.KEPT);
        }
        return done;
    }

    private Job run(RunningJob state, Store.Work<Job> work) {
        Turn turn = state.turn();
        if (turn != null) {
            return attempts.run(state, turn, work);
        }
        return state.isWritten() ? attempts.run(state, work) : attempts.runReading(state, work);
    }

    private Job complete(Job job, Script script, long started, RunningJob state) {
        Job done = job.clone();
        done.getStatistics().setStartTime(started);
        effects.run(done, script, state);
        return attempts.run(state, connection -> {
            done.getStatistics().setEndTime(clock.millis()).setTotalSlotMs(1L);
            done.setStatus(new JobStatus().setState("DONE"));
            jobs.done(connection, done, state.settle());
            state.commit();
            return done;
        });
    }

    private void complete(Connection connection, Job job, Path content, RunningJob state) throws SQLException {
        ThreadTime time = ThreadTime.start();
        effects.apply(connection, job, content, state);
        job.getStatistics()
                .setEndTime(clock.millis())
                .setTotalSlotMs(Math.max(1, time.spent().toMillis()));
        job.setStatus(new JobStatus().setState("DONE").setErrors(job.getStatus().getErrors()));
        if (job.getStatistics().getQuery() != null) {
            job.getStatistics().getQuery().setTotalSlotMs(job.getStatistics().getTotalSlotMs());
        }
        RunningJob.Place place = state.settle();
        if (place != RunningJob.Place.KEPT) {
            jobs.done(connection, job, place);
        }
        state.commit();
    }
}
