-- Nobody can take the lease of an instance, and so look for its runs, until the transaction that removes them has ended;
-- an owner that sleeps has lost it when it wakes.
UPDATE SLUICE_LEASE SET FENCE = FENCE + 1, RUN_ID = NULL, RELEASED = TRUE
WHERE JOB_NAME = :job AND JOB_KEY = :key AND (RELEASED OR EXPIRES_AT < CURRENT_TIMESTAMP)
