package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import dev.sluice.local.sql.SqlRefused;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/** When a job may run, and on whose threads: what changes a table waits for its turn with it. Thread-safe. */
final class JobTurns {

    private final Effects effects;
    private final TableLanes lanes;
    private final JobPools pools;
    private final Quotas quotas;

    JobTurns(Effects effects, TableLanes lanes, JobPools pools, Quotas quotas) {
        this.quotas = quotas;
        this.effects = effects;
        this.lanes = lanes;
        this.pools = pools;
    }

    /**
     * @param launch of the job on these threads, at once or when its turn comes; it must not block
     * @throws ApiError if the job cannot be done as things are, or too many wait before it
     * @throws SqlRefused if its statement cannot be read
     */
    void admit(Job job, RunningJob state, Consumer<ExecutorService> launch) {
        if (state.text().script().isPresent()) {
            launch.accept(pools.scripts());
            return;
        }
        Optional<Claim> claim = state.text().onlyReads() ? Optional.empty() : effects.claim(job);
        if (claim.isEmpty()) {
            launch.accept(pools.readers());
            return;
        }
        quotas.job(job, claim.get(), effects.changesPartitions(claim.get()));
        var turn = new Turn(claim.get(), () -> launch.accept(pools.changers()));
        state.take(turn);
        lanes.enter(turn);
    }

    /** For a job that was not admitted, to tell its end. */
    ExecutorService unadmitted() {
        return pools.readers();
    }

    void leave(RunningJob state) {
        Turn turn = state.turn();
        if (turn != null) {
            lanes.leave(turn);
        }
    }

    /** Nobody begins any more. */
    void close() {
        lanes.close();
    }

    /** False if what runs does not end in time. */
    boolean awaitEnd(long seconds) throws InterruptedException {
        return pools.close(seconds);
    }
}
