-- Makes the staged rows visible at once: new ones are inserted, changed ones updated, others are not written.
MERGE INTO ${target} AS target
USING ${staging} AS staged
ON ${tenant: target.`$column` = @tenant_$column; AND} AND ${key: target.`$column` = staged.`$column`; AND}
WHEN MATCHED AND (
    ${compared: target.`$column` IS DISTINCT FROM staged.`$column`; OR}
    OR ${documents: TO_JSON_STRING(target.`$column`) IS DISTINCT FROM TO_JSON_STRING(staged.`$column`); OR}) THEN
  UPDATE SET ${columns: `$column` = staged.`$column`; ,}
WHEN NOT MATCHED BY TARGET THEN
  INSERT (${columns}) VALUES (${columns: staged.`$column`; ,})
