-- What this purge removes is decided once; a restart keeps to it.
INSERT INTO SLUICE_PURGE (JOB_NAME, JOB_KEY, GENERATION, RUN_ID, RUNS_BEFORE, EFFECTS_BEFORE, DRY_RUN, LIST_FILE)
VALUES (:job, :key, :generation, :run, :runsBefore, :effectsBefore, :dryRun, :list)
