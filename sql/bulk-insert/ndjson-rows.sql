-- The lines of a raw table as texts by column; a line that is no row says why. Removing all strings and all but the colons
-- tells how many members a line has: BigQuery keeps but the first of those that have the same name.
SELECT
  ${scalars: JSON_VALUE(line.doc, '$."$column"') AS `$column`,; }
  ${jsons: TO_JSON_STRING(JSON_QUERY(line.doc, '$."$column"')) AS `$column`,; }
  ${nested: $query AS `$column`,; }
  CASE
    WHEN line.rest IS NOT NULL OR STRPOS(line.text, '\uFFFD') > 0 THEN 'not UTF-8, or a character that JSON does not allow'
    WHEN line.doc IS NULL THEN 'broken JSON, or a number that BigQuery cannot hold exactly'
    WHEN JSON_TYPE(line.doc) != 'object' THEN 'not a JSON object'
    WHEN REGEXP_CONTAINS(
      REGEXP_REPLACE(line.text, r'\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}', ''),
      r'\\u(0000|[dD][89a-fA-F])') THEN 'an escape that is no character'
    WHEN LENGTH(REGEXP_REPLACE(line.text, r'"(?:[^"\\]|\\.)*"|[^:]', ''))
      != LENGTH(REGEXP_REPLACE(TO_JSON_STRING(line.doc), r'"(?:[^"\\]|\\.)*"|[^:]', '')) THEN 'a name given twice'
    WHEN EXISTS (
      SELECT 1
      FROM UNNEST(JSON_KEYS(line.doc, 1)) AS name
      WHERE name NOT IN (${columns: '$column'; ,})
      AND (NOT @ignoring OR STARTS_WITH(LOWER(name), 'sluice_') OR LOWER(name) IN (${columns: LOWER('$column'); ,}))
    ) THEN 'a column that is not in the table, or not written as there'
    ${strings: WHEN JSON_TYPE(JSON_QUERY(line.doc, '$."$column"')) NOT IN ('string', 'null') THEN 'column $column: not a valid STRING'; }
    ${numbers: WHEN JSON_TYPE(JSON_QUERY(line.doc, '$."$column"')) NOT IN ('number', 'string', 'null') THEN 'column $column: not a number'; }
    ${bools: WHEN JSON_TYPE(JSON_QUERY(line.doc, '$."$column"')) NOT IN ('boolean', 'string', 'null') THEN 'column $column: not a valid BOOL'; }
    ${moments: WHEN JSON_TYPE(JSON_QUERY(line.doc, '$."$column"')) NOT IN ('string', 'null') THEN 'column $column: not a valid date or time'; }
    ${bytes: WHEN JSON_TYPE(JSON_QUERY(line.doc, '$."$column"')) NOT IN ('string', 'null') THEN 'column $column: not a valid BYTES'; }
    ${arrays: WHEN JSON_TYPE(JSON_QUERY(line.doc, '$."$column"')) = 'null' THEN 'column $column: REPEATED and null'; }
    ${arrays: WHEN JSON_TYPE(JSON_QUERY(line.doc, '$."$column"')) != 'array' THEN 'column $column: REPEATED but not an array'; }
  END AS sluice_fault,
  line.text AS sluice_raw
FROM (
  SELECT cleaned.text, cleaned.rest, SAFE.PARSE_JSON(cleaned.text) AS doc
  FROM (
    SELECT REGEXP_REPLACE(raw.line, '^\uFEFF', '') AS text, raw.rest
    FROM ${raw} AS raw
    WHERE raw.line != '' OR raw.rest IS NOT NULL
  ) AS cleaned
) AS line
