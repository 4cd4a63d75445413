-- The members of the record `line.doc` as texts by column, as ndjson-rows.sql has those of a line.
SELECT
  ${scalars: JSON_VALUE(line.doc, '$."$column"') AS `$column`,; }
  ${jsons: TO_JSON_STRING(JSON_QUERY(line.doc, '$."$column"')) AS `$column`,; }
  ${nested: $query AS `$column`,; }
  COALESCE(
    IF(JSON_TYPE(line.doc) NOT IN ('object', 'null'), ': not an object', NULL),
    (
      SELECT CONCAT(".'", MIN(IF(REGEXP_CONTAINS(name, r'^[ -~]{1,128}$'), name, '(unprintable name)')), "' is not in the table, or not written as there")
      FROM UNNEST(JSON_KEYS(line.doc, 1)) AS name
      WHERE name NOT IN (${columns: '$column'; ,})
      AND (NOT @ignoring OR STARTS_WITH(LOWER(name), 'sluice_') OR LOWER(name) IN (${columns: LOWER('$column'); ,}))
    ),
    CASE
      WHEN FALSE THEN ''
      ${strings: WHEN JSON_TYPE(JSON_QUERY(line.doc, '$."$column"')) NOT IN ('string', 'null') THEN '.$column: not a valid STRING'; }
      ${numbers: WHEN JSON_TYPE(JSON_QUERY(line.doc, '$."$column"')) NOT IN ('number', 'string', 'null') THEN '.$column: not a number'; }
      ${bools: WHEN JSON_TYPE(JSON_QUERY(line.doc, '$."$column"')) NOT IN ('boolean', 'string', 'null') THEN '.$column: not a valid BOOL'; }
      ${moments: WHEN JSON_TYPE(JSON_QUERY(line.doc, '$."$column"')) NOT IN ('string', 'null') THEN '.$column: not a valid date or time'; }
      ${bytes: WHEN JSON_TYPE(JSON_QUERY(line.doc, '$."$column"')) NOT IN ('string', 'null') THEN '.$column: not a valid BYTES'; }
      ${arrays: WHEN JSON_TYPE(JSON_QUERY(line.doc, '$."$column"')) = 'null' THEN '.$column: REPEATED and null'; }
      ${arrays: WHEN JSON_TYPE(JSON_QUERY(line.doc, '$."$column"')) != 'array' THEN '.$column: REPEATED but not an array'; }
    END) AS sluice_fault,
  JSON_TYPE(line.doc) AS sluice_raw
