-- A member of `line.doc` that is REPEATED, and what is wrong with its first bad element. Each element is looked at as the
-- one member of a record.
SELECT AS STRUCT
  ARRAY_AGG(${self: element.whole.value.`$column`; ,} IGNORE NULLS ORDER BY element.place) AS value,
  ARRAY_AGG(
    CONCAT(
      '[',
      CAST(element.place AS STRING),
      ']',
      IF(element.empty, ': null in an array', ${self: SUBSTR(element.whole.fault, LENGTH('.$column') + 1); ,}))
    IGNORE NULLS
    ORDER BY element.place
    LIMIT 1)[SAFE_OFFSET(0)] AS fault
FROM (
  SELECT line.place, line.empty, ${level} AS whole
  FROM (
    SELECT place, JSON_TYPE(member) = 'null' AS empty, TO_JSON(STRUCT(${self: member AS `$column`; ,})) AS doc
    FROM UNNEST(${self: JSON_QUERY_ARRAY(line.doc, '$."$column"'); ,}) AS member WITH OFFSET AS place
  ) AS line
) AS element
