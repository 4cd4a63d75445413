-- Rows of a raw table all of whose fields are names of columns.
SELECT DISTINCT ${all: LOWER(TRIM(REPLACE(raw.`$column`, '\uFEFF', ''))) AS `$column`; ,}
FROM ${raw} AS raw
WHERE raw.f1 IS NOT NULL
AND ${all: COALESCE(LOWER(TRIM(REPLACE(raw.`$column`, '\uFEFF', ''))) IN UNNEST(@names), TRUE); AND}
LIMIT 2
