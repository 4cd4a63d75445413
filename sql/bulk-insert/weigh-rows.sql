-- How many rows there are and are wrong, and what tells their contents from others', whatever their order is.
SELECT
  COUNT(*) AS read_rows,
  COUNTIF(sluice_fault IS NOT NULL) AS rejected_rows,
  CAST(SUM(CAST(FARM_FINGERPRINT(CONCAT('a', sluice_digest)) AS NUMERIC)) AS STRING) AS a,
  CAST(SUM(CAST(FARM_FINGERPRINT(CONCAT('b', sluice_digest)) AS NUMERIC)) AS STRING) AS b,
  CAST(SUM(CAST(FARM_FINGERPRINT(CONCAT('c', sluice_digest)) AS NUMERIC)) AS STRING) AS c,
  CAST(SUM(CAST(FARM_FINGERPRINT(CONCAT('d', sluice_digest)) AS NUMERIC)) AS STRING) AS d
FROM ${staging}
