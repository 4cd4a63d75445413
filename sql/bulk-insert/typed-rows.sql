-- The rows of a raw table whose files brought their types. What can be anything by name stands there as text.
SELECT
  ${typed: raw.`$column` AS `$column`,; }
  ${texts: CAST(raw.`$column` AS STRING) AS `$column`,; }
  CAST(NULL AS STRING) AS sluice_fault,
  CONCAT('{', ARRAY_TO_STRING([
    ${written: CONCAT('"$column":', TO_JSON_STRING(raw.`$column`)),; }
    ${decimals: CONCAT('"$column":"', CAST(raw.`$column` AS STRING), '"'),; }
    CAST(NULL AS STRING)], ','), '}') AS sluice_raw
FROM ${raw} AS raw
