package dev.sluice.bigquery;

/** How the wait for a BigQuery job ended. */
public enum JobOutcome {
    DONE,
    /** BigQuery refused it or it failed. */
    FAILED,
    /** Somebody cancelled it. */
    STOPPED,
    /** The caller's time was up; the job may still run. */
    DEADLINE_EXCEEDED
}
