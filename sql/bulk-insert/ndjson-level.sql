-- The record `line.doc` as a value, and what is wrong in it, behind the record's own name.
SELECT AS STRUCT
  IF(member.sluice_raw = 'object', STRUCT(${columns: member.`$column` AS `$column`; ,}), NULL) AS value,
  COALESCE(member.sluice_fault, IF(member.sluice_raw = 'object', CONCAT('.', member.sluice_wrong), NULL)) AS fault
FROM ${values} AS member
