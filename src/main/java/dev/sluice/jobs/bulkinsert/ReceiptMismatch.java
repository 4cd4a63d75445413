package dev.sluice.jobs.bulkinsert;

/** Rows do not add up; the run fails rather than report a number that is not true. */
final class ReceiptMismatch extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ReceiptMismatch(String message) {
        super(message + "; keep the staging table and look at the BigQuery jobs that 'show' lists for the run");
    }
}
