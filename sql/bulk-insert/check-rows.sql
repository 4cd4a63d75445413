-- Moves every row of a raw table into staging, its texts as values; a row that is wrong says why.
INSERT INTO ${staging} (${given: `$column`,; } ${filled: `$column`,; } sluice_fault, sluice_digest, sluice_raw)
SELECT
  ${given: row.`$column`,; }
  ${filled: @filled_$column,; }
  CASE
    WHEN BYTE_LENGTH(row.sluice_raw) > @mostBytes THEN @tooLong
    WHEN row.sluice_fault IS NOT NULL THEN row.sluice_fault
    ${tenant: WHEN row.`$column` IS NULL THEN 'column $column: belongs to no organization'; }
    ${tenant: WHEN row.`$column` != @tenant_$column THEN 'column $column: belongs to another organization'; }
    WHEN row.sluice_wrong IS NOT NULL THEN CONCAT('column ', row.sluice_wrong)
  END,
  TO_HEX(SHA256(row.sluice_raw)),
  row.sluice_raw
FROM ${values} AS row
