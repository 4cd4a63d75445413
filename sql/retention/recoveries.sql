-- Of some runs, what goes; a dry run counts it, a purge deletes it. What was given up and finished by hand later leaves a row.
FROM SLUICE_RECOVERY WHERE RUN_ID IN (:runs)
