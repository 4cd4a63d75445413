-- Of some instances, what goes; a dry run counts it, a purge deletes it.
FROM BATCH_JOB_INSTANCE WHERE JOB_INSTANCE_ID IN (:instances)
