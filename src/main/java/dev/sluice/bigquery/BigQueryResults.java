package dev.sluice.bigquery;

import java.util.Optional;

/**
 * Results too large for memory, and read on by whoever comes after a crash. Thread-safe; every method blocks for at most
 * its deadline + 250 ms and fails with {@link BigQueryFailure}.
 */
public interface BigQueryResults {

    /** Runs a SELECT and waits until its result is there; reads no row. */
    KeptResult keep(SqlStatement statement, Deadline deadline);

    /**
     * Reads one page.
     *
     * @param row the first one, from 0
     * @return no rows behind the last row; empty if BigQuery no longer keeps the result
     */
    Optional<ResultPage> page(String bigQueryJobId, long row, Deadline deadline);
}
