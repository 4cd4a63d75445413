-- The fields of a raw table, which is all texts without names, as texts by column; headers are left out. Fields that are
-- missing at a row's end are the only ones that are NULL there.
SELECT
  ${fields: IF(row.`$column` = @nullMarker, NULL, row.`$column`) AS `$column`,; }
  CASE
    WHEN row.sluice_short THEN 'fewer fields than the header, or the table, has'
    WHEN row.sluice_long THEN 'more fields than the header, or the table, has'
    ${fields: WHEN STRPOS(row.`$column`, '\uFFFD') > 0 THEN 'not UTF-8'; }
  END AS sluice_fault,
  CONCAT('{', ARRAY_TO_STRING([
    ${fields: CONCAT('"$column":', TO_JSON_STRING(row.`$column`)),; }
    IF(row.sluice_long, '"sluice_rest":true', NULL)], ','), '}') AS sluice_raw
FROM (
  SELECT
    ${fields: CAST('' AS STRING) AS `$column`,; }
    FALSE AS sluice_short,
    FALSE AS sluice_long
  FROM (SELECT 1 AS one)
  WHERE FALSE
  UNION ALL
  SELECT
    ${positions: raw.`$column`,; }
    ${last: raw.`$column` IS NULL; OR},
    ${beyond: raw.`$column` IS NOT NULL; OR}
  FROM ${raw} AS raw
  WHERE (raw.f1 != '' OR raw.f2 IS NOT NULL)
  AND NOT (@header AND ${all: COALESCE(LOWER(TRIM(REPLACE(raw.`$column`, '\uFEFF', ''))) IN UNNEST(@names), TRUE); AND})
) AS row
