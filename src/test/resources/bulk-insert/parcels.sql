-- Limits and NOT NULL at every depth. The local BigQuery knows neither in DDL: tests make the table by its REST interface.
CREATE TABLE IF NOT EXISTS ${table} (
  parcel_id INT64 NOT NULL,
  label STRING(4),
  weight NUMERIC(5, 2),
  worth BIGNUMERIC(6, 3),
  seal BYTES(3),
  sender STRUCT<name STRING(5) NOT NULL, box STRUCT<code STRING(2) NOT NULL, fee NUMERIC(4, 1)>>,
  marks ARRAY<STRING(2)>,
  items ARRAY<STRUCT<sku STRING(3) NOT NULL, price NUMERIC(4, 2) NOT NULL, stamp BYTES(2)>>,
  plates NUMERIC(29, 0)
)
