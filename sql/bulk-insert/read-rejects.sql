-- What is wrong with rows that were set aside, but not their contents.
SELECT number, reason, digest
FROM ${rejects}
WHERE number > @after
ORDER BY number
LIMIT 10000
