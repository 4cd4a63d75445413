-- Records within records, arrays within arrays' records. The local BigQuery knows neither limits of types
-- nor NOT NULL within a record in DDL.
CREATE TABLE IF NOT EXISTS ${table} (
  order_id INT64 NOT NULL,
  code STRING,
  amount NUMERIC,
  seal BYTES,
  opens TIME,
  buyer STRUCT<name STRING, born DATE, address STRUCT<city STRING, zip INT64>>,
  marks ARRAY<INT64>,
  items ARRAY<STRUCT<sku STRING, price NUMERIC, packed TIMESTAMP, tags ARRAY<STRING>>>
)
