-- Of the keys that are staged: how many does the target have more than once, and how many has a row beyond the scope?
SELECT
  COUNTIF(copies > 1) AS repeated,
  COUNTIF(beyond > 0) AS beyond
FROM (
  SELECT
    COUNT(*) AS copies,
    COUNTIF(NOT COALESCE(${scope: target.`$column` = @scope_$column; AND}, FALSE)) AS beyond
  FROM ${target} AS target
  JOIN ${staging} AS staged
  ON ${key: target.`$column` = staged.`$column`; AND}
  WHERE ${tenant: target.`$column` = @tenant_$column; AND}
  GROUP BY ${key: target.`$column`; ,}
)
