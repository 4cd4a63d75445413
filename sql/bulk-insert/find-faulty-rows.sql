-- Staged rows that are right by themselves but not together: those whose key another one has, those beyond the scope.
SELECT sluice_row, MIN(fault) AS fault
FROM (
  SELECT staged.sluice_row, 'KEY' AS fault
  FROM ${staging} AS staged
  JOIN (SELECT ${key} FROM ${staging} GROUP BY ${key} HAVING COUNT(*) > 1) AS repeated
  ON ${key: repeated.`$column` = staged.`$column`; AND}
  UNION ALL
  SELECT sluice_row, 'SCOPE' AS fault
  FROM ${staging}
  WHERE NOT COALESCE(${scope: `$column` = @scope_$column; AND}, FALSE)
)
WHERE sluice_row > @after
GROUP BY sluice_row
ORDER BY sluice_row
LIMIT 10000
