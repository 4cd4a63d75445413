-- Without a cache, a killed repository does not skip the ids that it had set aside: run 2 follows run 1.
ALTER SEQUENCE BATCH_JOB_INSTANCE_SEQ CACHE 1;
ALTER SEQUENCE BATCH_JOB_EXECUTION_SEQ CACHE 1;
ALTER SEQUENCE BATCH_STEP_EXECUTION_SEQ CACHE 1;
