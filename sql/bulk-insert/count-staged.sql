-- How many rows really are in the staging table.
SELECT COUNT(*) AS staged
FROM ${staging}
