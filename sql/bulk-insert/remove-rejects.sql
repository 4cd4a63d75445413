-- Takes out of staging what keep-rejects.sql has kept.
DELETE FROM ${staging}
WHERE sluice_fault IS NOT NULL
