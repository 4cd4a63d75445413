-- Nobody can take the lease of an instance, and so look for its runs, until the transaction that removes them has ended.
UPDATE SLUICE_LEASE SET CHECKS = CHECKS + 1
WHERE JOB_NAME = :job AND JOB_KEY = :key AND (RELEASED OR EXPIRES_AT < CURRENT_TIMESTAMP)
