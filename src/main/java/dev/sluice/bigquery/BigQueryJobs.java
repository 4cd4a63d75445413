package dev.sluice.bigquery;

import dev.sluice.ledger.EffectReceipt;

/**
 * Runs BigQuery jobs. Effects happen at most once per {@link dev.sluice.ledger.EffectKey}: an intent is committed to
 * the ledger first, and after any doubt the BigQuery job is looked up by its id, compared, and adopted, waited for,
 * submitted again or raised as a collision. Thread-safe; every method blocks for at most its deadline + 250 ms.
 */
public interface BigQueryJobs {

    /**
     * Appends rows. If the effect already happened, returns its receipt and submits nothing.
     *
     * @throws BigQueryFailure what went wrong, by kind; {@code DeadlineExceeded} leaves the outcome unknown, to be
     *     resolved by calling again with the same key
     */
    EffectReceipt load(Effect effect, LoadRequest request);

    /** Loads whole files; as {@link #load(Effect, LoadRequest)}, but the receipt alone says how many rows there were. */
    EffectReceipt load(Effect effect, FileLoad request);

    /** Runs one DML or DDL statement, as {@link #load(Effect, LoadRequest)}. */
    EffectReceipt execute(Effect effect, SqlStatement statement);

    /** Runs a SELECT and reads every page under one deadline. For small results: all rows are held in memory. */
    QueryRows query(SqlStatement statement, Deadline deadline);
}
