-- Makes all staged rows visible at once; DML, so that the table's daily load quota is not spent.
INSERT INTO ${target} (${columns})
SELECT ${columns}
FROM ${staging}
