-- Numbers that no NUMERIC holds, alone, in records and in arrays.
CREATE TABLE IF NOT EXISTS ${table} (
  amount_id INT64 NOT NULL,
  amount BIGNUMERIC,
  parts ARRAY<BIGNUMERIC>,
  fee STRUCT<rate BIGNUMERIC>
)
