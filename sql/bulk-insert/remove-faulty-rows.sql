-- Takes out of staging what find-faulty-rows.sql finds there.
DELETE FROM ${staging}
WHERE NOT COALESCE(${scope: `$column` = @scope_$column; AND}, FALSE)
OR sluice_row IN (
  SELECT staged.sluice_row
  FROM ${staging} AS staged
  JOIN (SELECT ${key} FROM ${staging} GROUP BY ${key} HAVING COUNT(*) > 1) AS repeated
  ON ${key: repeated.`$column` = staged.`$column`; AND}
)
