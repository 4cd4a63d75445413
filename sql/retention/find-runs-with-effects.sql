-- Runs that an earlier purge removed before their effects were old enough to be forgotten.
SELECT RUN_ID FROM SLUICE_RUN_SUMMARY
 WHERE EFFECTS_KEPT AND RUN_ID > :position AND END_TIME < :before
 ORDER BY RUN_ID
 FETCH FIRST :block ROWS ONLY
