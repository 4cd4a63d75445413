package dev.sluice.jobs.retention;

/** What a purge takes rows from, and the file that says which rows. */
enum PurgedTable {
    BATCH_STEP_EXECUTION_CONTEXT("retention/step-contexts.sql"),
    BATCH_STEP_EXECUTION("retention/steps.sql"),
    BATCH_JOB_EXECUTION_CONTEXT("retention/run-contexts.sql"),
    BATCH_JOB_EXECUTION_PARAMS("retention/parameters.sql"),
    BATCH_JOB_EXECUTION("retention/runs.sql"),
    BATCH_JOB_INSTANCE("retention/instances.sql"),
    SLUICE_RECOVERY("retention/recoveries.sql"),
    SLUICE_INTENT("retention/intents.sql"),
    SLUICE_DEAD_LETTER("retention/dead-letters.sql");

    private final String rows;

    PurgedTable(String rows) {
        this.rows = rows;
    }

    String rows() {
        return rows;
    }
}
