package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import dev.sluice.local.sql.Script;

/**
 * Runs scripts. Their statements commit one by one, or together between BEGIN and COMMIT TRANSACTION; so a script that
 * fails leaves what it has done, and one that was cut off by the end of the process fails instead of running again.
 */
final class Scripts {

    private final Store store;
    private final Attempts attempts;
    private final QueryEffects queries;

    Scripts(Store store, Attempts attempts, QueryEffects queries) {
        this.store = store;
        this.attempts = attempts;
        this.queries = queries;
    }

    /** @throws ApiError the error that nothing has handled */
    void run(Job job, Script script, RunningJob state) {
        String id = job.getJobReference().getJobId();
        boolean begun = store.read(connection -> Store.text(connection, "SELECT state FROM meta.jobs WHERE id = ?", id))
                .filter(ScriptRun.BEGUN::equals)
                .isPresent();
        if (begun) {
            throw ApiError.internal("its process ended while script %s ran; what was committed stays".formatted(id));
        }
        try (var run = new ScriptRun(store, attempts, queries, job, state)) {
            run.run(script);
        }
    }
}
