package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import dev.sluice.local.sql.Script;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs scripts. Their statements commit one by one, or together between BEGIN and COMMIT TRANSACTION; so a script that
 * fails leaves what it has done, and one that was cut off by the end of the process fails instead of running again. What
 * it has made for itself goes with it.
 */
final class Scripts {

    private static final Logger log = LoggerFactory.getLogger(Scripts.class);

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
        if (script.steps().size() == 1
                && script.steps().get(0) instanceof Script.Told told
                && told.step() instanceof Script.Transaction) {
            throw new ApiError(
                    400, "invalidQuery", "Transaction control statements are supported only in scripts or sessions");
        }
        QueryEffects own = queries.within(id);
        try (var run = new ScriptRun(store, attempts, own, job, state)) {
            run.run(script);
        } finally {
            removeTemporaries(own.reader(), id);
        }
    }

    private void removeTemporaries(QueryReader own, String id) {
        try {
            store.change(own::removeTemporaries);
        } catch (RuntimeException e) {
            log.warn("temporary tables of script {} stay until they expire: {}", id, e.getMessage());
        }
    }
}
