package dev.sluice.jobs.bulkinsert;

import dev.sluice.bigquery.BigQueryFailure;

/** BigQuery cannot read a source: it is not there, broken, or not of its format. Nothing of it was loaded. */
final class UnreadSource extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadSource(String source, BigQueryFailure.Permanent failure) {
        super("BigQuery cannot read %s: %s. Nothing was published".formatted(source, failure.getMessage()), failure);
    }
}
