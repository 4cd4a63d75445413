-- Makes values of the texts of rows, or of a record in a row, and says what is wrong with them, the column's name first. A
-- text is cast only if its form is one that we vouch for. A nested column is a value and what is wrong in it.
SELECT
  ${single: row.`$column`,; }
  ${nested: row.`$column`.value AS `$column`,; }
  CASE
    WHEN FALSE THEN ''
    ${int64: WHEN row.`$column` IS NULL AND row.`sluice_text_$column` IS NOT NULL THEN '$column: not a valid INT64'; }
    ${float64: WHEN row.`$column` IS NULL AND row.`sluice_text_$column` IS NOT NULL THEN '$column: not a valid FLOAT64'; }
    ${numeric: WHEN row.`$column` IS NULL AND row.`sluice_text_$column` IS NOT NULL THEN '$column: not a valid NUMERIC'; }
    ${bignumeric: WHEN row.`$column` IS NULL AND row.`sluice_text_$column` IS NOT NULL THEN '$column: not a valid BIGNUMERIC'; }
    ${bool: WHEN row.`$column` IS NULL AND row.`sluice_text_$column` IS NOT NULL THEN '$column: not a valid BOOL'; }
    ${date: WHEN row.`$column` IS NULL AND row.`sluice_text_$column` IS NOT NULL THEN '$column: not a valid DATE'; }
    ${time: WHEN row.`$column` IS NULL AND row.`sluice_text_$column` IS NOT NULL THEN '$column: not a valid TIME'; }
    ${datetime: WHEN row.`$column` IS NULL AND row.`sluice_text_$column` IS NOT NULL THEN '$column: not a valid DATETIME'; }
    ${timestamp: WHEN row.`$column` IS NULL AND row.`sluice_text_$column` IS NOT NULL THEN '$column: not a valid TIMESTAMP'; }
    ${bytes: WHEN row.`$column` IS NULL AND row.`sluice_text_$column` IS NOT NULL THEN '$column: not a valid BYTES'; }
    ${json: WHEN row.`$column` IS NULL AND row.`sluice_text_$column` != 'null' THEN '$column: not a valid JSON'; }
    ${required: WHEN row.`$column` IS NULL THEN '$column: REQUIRED and NULL'; }
    ${requiredRecords: WHEN row.`$column`.value IS NULL THEN '$column: REQUIRED and NULL'; }
    ${strings: WHEN STRPOS(row.`$column`, CHR(0)) > 0 THEN '$column: a character that cannot be loaded'; }
    ${length: WHEN LENGTH(row.`$column`) > @length_$column THEN '$column: too long'; }
    ${integers: WHEN row.`$column` >= @limit_$column OR row.`$column` <= @lower_limit_$column THEN '$column: too many digits'; }
    ${integers: WHEN ROUND(row.`$column`, @scale_$column) != row.`$column` THEN '$column: too many digits'; }
    ${widest: WHEN TRUNC(row.`$column`, @scale_$column) != row.`$column` THEN '$column: too many digits'; }
    ${nested: WHEN row.`$column`.fault IS NOT NULL THEN CONCAT('$column', row.`$column`.fault); }
  END AS sluice_wrong,
  row.sluice_fault,
  row.sluice_raw
FROM (
  SELECT
    ${typed: row.`$column`,; }
    ${parsed: row.`$column` AS `sluice_text_$column`,; }
    ${int64: IF(REGEXP_CONTAINS(row.`$column`, r'^[+-]?[0-9]{1,19}$'), SAFE_CAST(row.`$column` AS INT64), NULL) AS `$column`,; }
    ${float64: IF(row.`$column` IN ('NaN', 'Infinity', '-Infinity') OR REGEXP_CONTAINS(row.`$column`, r'^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?$') AND ABS(SAFE_CAST(row.`$column` AS FLOAT64)) <= 1.7976931348623157e308, SAFE_CAST(row.`$column` AS FLOAT64), NULL) AS `$column`,; }
    ${numeric: CASE WHEN REGEXP_CONTAINS(row.`$column`, r'^[+-]?(0+(\.0+)?|\.0+)([eE][+-]?[0-9]{1,3})?$') AND LENGTH(row.`$column`) <= 100 THEN CAST(0 AS NUMERIC) WHEN REGEXP_CONTAINS(row.`$column`, r'^[+-]?[0-9]{1,40}(\.[0-9]{1,9})?$') THEN SAFE_CAST(row.`$column` AS NUMERIC) WHEN REGEXP_CONTAINS(row.`$column`, r'^[+-]?[0-9](\.[0-9]{1,17})?[eE][+-]?[0-9]{1,3}$') AND CAST(SAFE_CAST(SAFE_CAST(row.`$column` AS FLOAT64) AS NUMERIC) AS FLOAT64) = SAFE_CAST(row.`$column` AS FLOAT64) THEN SAFE_CAST(SAFE_CAST(row.`$column` AS FLOAT64) AS NUMERIC) END AS `$column`,; }
    ${bignumeric: IF(LENGTH(row.`$column`) <= 100 AND REGEXP_CONTAINS(row.`$column`, r'^[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?$') AND (NOT REGEXP_CONTAINS(row.`$column`, r'^[^eE]*[1-9]') OR IFNULL(LENGTH(REGEXP_EXTRACT(row.`$column`, r'\.([0-9]*[1-9])')), 0) - IFNULL(SAFE_CAST(REGEXP_EXTRACT(row.`$column`, r'[eE]([+-]?[0-9]{1,3})$') AS INT64), 0) - IFNULL(LENGTH(REGEXP_EXTRACT(row.`$column`, r'^[+-]?[0-9]*?(0+)\.?0*[eE]')), 0) <= 38), SAFE_CAST(row.`$column` AS BIGNUMERIC), NULL) AS `$column`,; }
    ${bool: IF(LOWER(row.`$column`) IN ('true', 'false'), SAFE_CAST(row.`$column` AS BOOL), NULL) AS `$column`,; }
    ${date: IF(REGEXP_CONTAINS(row.`$column`, r'^[0-9]{4}-[0-9]{2}-[0-9]{2}$') AND NOT STARTS_WITH(row.`$column`, '0000'), SAFE_CAST(row.`$column` AS DATE), NULL) AS `$column`,; }
    ${time: IF(REGEXP_CONTAINS(row.`$column`, r'^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?$'), SAFE_CAST(row.`$column` AS TIME), NULL) AS `$column`,; }
    ${datetime: IF(REGEXP_CONTAINS(row.`$column`, r'^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?$') AND NOT STARTS_WITH(row.`$column`, '0000'), SAFE_CAST(row.`$column` AS DATETIME), NULL) AS `$column`,; }
    ${timestamp: IF(REGEXP_CONTAINS(row.`$column`, r'^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?(Z| ?UTC|[+-](0[0-9]|1[0-3])(:[0-5][0-9])?|[+-]14(:00)?)?)?$') AND NOT REGEXP_CONTAINS(row.`$column`, r'^0000|^0001-01-01.*[+]|^9999-12-31.*-'), SAFE_CAST(row.`$column` AS TIMESTAMP), NULL) AS `$column`,; }
    ${bytes: IF(MOD(LENGTH(row.`$column`), 4) = 0 AND REGEXP_CONTAINS(row.`$column`, r'^[A-Za-z0-9+/]*=?=?$'), SAFE.FROM_BASE64(row.`$column`), NULL) AS `$column`,; }
    ${json: IF(row.`$column` = 'null', NULL, SAFE.PARSE_JSON(row.`$column`)) AS `$column`,; }
    row.sluice_fault,
    row.sluice_raw
  FROM ${rows} AS row
) AS row
