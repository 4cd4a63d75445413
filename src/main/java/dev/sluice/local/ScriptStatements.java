package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.JobStatistics2;
import com.google.api.services.bigquery.model.QueryParameter;
import dev.sluice.local.sql.Definitions;
import dev.sluice.local.sql.Script;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements of a script, in transactions of their own or in the script's. */
final class ScriptStatements implements AutoCloseable {

    private final Store store;
    private final Attempts attempts;
    private final QueryEffects queries;
    private final Job job;
    private final RunningJob state;
    private final SystemVariables system;
    private @Nullable OpenTransaction transaction;
    private String changing = "";
    private boolean aborted;
    private long processed;
    private long billed;
    private long children;

    ScriptStatements(
            Store store, Attempts attempts, QueryEffects queries, Job job, RunningJob state, SystemVariables system) {
        this.store = store;
        this.attempts = attempts;
        this.queries = queries;
        this.job = job;
        this.state = state;
        this.system = system;
    }

    /** Of variables, which a handler may do although the transaction has failed. */
    <T> T computing(Store.Work<T> work) {
        return aborted ? store.transaction(1, work) : within(work);
    }

    private <T> T within(Store.Work<T> work) {
        if (aborted) {
            throw new ApiError(
                    400, "invalidQuery", "The transaction failed before; ROLLBACK TRANSACTION is all that it can do");
        }
        @Nullable OpenTransaction open = transaction;
        if (open == null) {
            return store.transaction(1, work);
        }
        try {
            return work.on(open.connection());
        } catch (SQLException e) {
            throw Faults.isConflict(e) ? aborted() : Faults.of(e);
        }
    }

    private ApiError aborted() {
        return new ApiError(
                400,
                "invalidQuery",
                "Transaction is aborted due to concurrent update against table %s. Transaction ID: %s"
                        .formatted(changing, job.getJobReference().getJobId()));
    }

    /** @param parameters that the statement sees */
    void run(String sql, List<QueryParameter> parameters) {
        JobConfigurationQuery query =
                job.getConfiguration().getQuery().clone().setQuery(sql).setDestinationTable(null);
        query.setQueryParameters(parameters);
        Job child = new Job()
                .setJobReference(job.getJobReference())
                .setStatistics(new JobStatistics())
                .setConfiguration(new JobConfiguration().setQuery(query));
        apply(child);
        JobStatistics2 statistics = child.getStatistics().getQuery();
        children++;
        processed += statistics.getTotalBytesProcessed();
        billed += statistics.getTotalBytesBilled();
        system.changed(statistics);
        system.spent(processed, billed, children);
        if (query.getDestinationTable() != null) {
            job.getConfiguration().getQuery().setDestinationTable(query.getDestinationTable());
        }
    }

    private void apply(Job child) {
        boolean apart = aborted && computing(connection -> queries.readsNothing(connection, child));
        if (!apart && (transaction != null || aborted)) {
            applyWithin(child);
            return;
        }
        Store.Work<Integer> work = connection -> {
            queries.apply(connection, child, state);
            return mark(connection);
        };
        Optional<Claim> claim = computing(connection -> queries.claim(connection, child));
        if (claim.isPresent()) {
            attempts.inTurn(claim.get(), state, work);
        } else {
            attempts.run(state, work);
        }
    }

    /** Within the script's transaction it waits for nobody: who comes later is aborted. */
    private void applyWithin(Job child) {
        within(connection -> {
            Optional<Claim> claim = queries.claim(connection, child);
            if (claim.filter(change -> TemporaryTables.has(change.table())).isEmpty()) {
                Definitions.requireNone(child.getConfiguration().getQuery().getQuery());
            }
            claim.ifPresent(this::note);
            queries.applyWithin(connection, child, state);
            return mark(connection);
        });
    }

    private void note(Claim change) {
        changing = "%s:%s.%s"
                .formatted(
                        job.getJobReference().getProjectId(),
                        change.table().dataset(),
                        change.table().table());
    }

    private int mark(Connection connection) throws SQLException {
        return Store.update(
                connection,
                "UPDATE meta.jobs SET state = ? WHERE id = ?",
                ScriptRun.BEGUN,
                job.getJobReference().getJobId());
    }

    void transaction(Script.Act act) {
        boolean inside = transaction != null || aborted;
        if (act == Script.Act.BEGIN && inside) {
            throw new ApiError(400, "invalidQuery", "Transaction is already in progress");
        }
        if (act != Script.Act.BEGIN && !inside) {
            throw new ApiError(400, "invalidQuery", "There is no transaction in progress");
        }
        switch (act) {
            case BEGIN -> transaction = store.begin();
            case COMMIT -> commit();
            case ROLLBACK -> close();
        }
    }

    private void commit() {
        if (aborted) {
            within(connection -> connection);
        }
        try (@Nullable OpenTransaction open = transaction) {
            transaction = null;
            if (open != null && !open.commit()) {
                throw aborted();
            }
        }
    }

    /** DuckDB does not go on with a transaction in which something has failed. */
    void failed() {
        if (transaction != null) {
            close();
            aborted = true;
        }
    }

    /** What the job says of itself, with what its own expressions have read. */
    void end(ScriptExpressions expressions) {
        processed += expressions.processed();
        billed += expressions.billed();
        job.getStatistics()
                .setTotalBytesProcessed(processed)
                .setNumChildJobs(children)
                .setQuery(new JobStatistics2()
                        .setStatementType("SCRIPT")
                        .setCacheHit(false)
                        .setTotalBytesProcessed(processed)
                        .setTotalBytesBilled(billed));
    }

    /** Rolls back what is open. */
    @Override
    public void close() {
        aborted = false;
        @Nullable OpenTransaction open = transaction;
        transaction = null;
        if (open != null) {
            open.close();
        }
    }
}
