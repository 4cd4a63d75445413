-- Of some runs, what goes; a dry run counts it, a purge deletes it.
FROM SLUICE_DEAD_LETTER WHERE RUN_ID IN (:runs)
