-- Staged rows that are right by themselves but not together: those whose key another one has, those beyond the scope.
UPDATE ${staging} AS staged
SET sluice_fault = IF(COALESCE(${scope: staged.`$column` = @scope_$column; AND}, FALSE), @repeated, @beyond)
WHERE staged.sluice_fault IS NULL
AND (
  NOT COALESCE(${scope: staged.`$column` = @scope_$column; AND}, FALSE)
  OR EXISTS (
    SELECT 1
    FROM (
      SELECT ${key}
      FROM ${staging}
      WHERE sluice_fault IS NULL
      GROUP BY ${key}
      HAVING COUNT(*) > 1
    ) AS repeated
    WHERE ${key: repeated.`$column` = staged.`$column`; AND}
  )
)
