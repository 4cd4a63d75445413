-- A member of `line.doc` that is a record, as ndjson-level.sql has it.
SELECT ${level}
FROM (SELECT ${self: JSON_QUERY(line.doc, '$."$column"'); ,} AS doc) AS line
