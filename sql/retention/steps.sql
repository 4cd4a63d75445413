-- Of some runs, what goes; a dry run counts it, a purge deletes it.
FROM BATCH_STEP_EXECUTION WHERE JOB_EXECUTION_ID IN (:runs)
