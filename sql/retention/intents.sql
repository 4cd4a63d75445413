-- Of some runs, what goes; a dry run counts it, a purge deletes it.
FROM SLUICE_INTENT WHERE RUN_ID IN (:runs)
