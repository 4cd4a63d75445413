-- As merge.sql; and what is in the scope but not among the staged rows goes. A row beyond the scope is never touched:
-- if one has a staged row's key, the statement fails as a whole.
MERGE INTO ${target} AS target
USING ${staging} AS staged
ON ${tenant: target.`$column` = @tenant_$column; AND} AND ${key: target.`$column` = staged.`$column`; AND}
WHEN MATCHED AND NOT COALESCE(${scope: target.`$column` = @scope_$column; AND}, FALSE) THEN
  UPDATE SET ${key: `$column` = IF(TRUE, ERROR('a row beyond the scope has the key of a staged one'), staged.`$column`); ,}
WHEN MATCHED AND (
    ${compared: target.`$column` IS DISTINCT FROM staged.`$column`; OR}
    OR ${documents: TO_JSON_STRING(target.`$column`) IS DISTINCT FROM TO_JSON_STRING(staged.`$column`); OR}) THEN
  UPDATE SET ${columns: `$column` = staged.`$column`; ,}
WHEN NOT MATCHED BY TARGET THEN
  INSERT (${columns}) VALUES (${columns: staged.`$column`; ,})
WHEN NOT MATCHED BY SOURCE
    AND ${tenant: target.`$column` = @tenant_$column; AND} AND ${scope: target.`$column` = @scope_$column; AND} THEN
  DELETE
