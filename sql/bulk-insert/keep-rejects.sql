-- Wrong rows, numbered, where people can look at them after the load.
INSERT INTO ${rejects} (number, reason, digest, content)
SELECT ROW_NUMBER() OVER (ORDER BY sluice_digest, sluice_fault), sluice_fault, sluice_digest, sluice_raw
FROM ${staging}
WHERE sluice_fault IS NOT NULL
