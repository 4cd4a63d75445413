-- Rows of organizations, some standard, some their own.
CREATE TABLE IF NOT EXISTS ${table} (
  org_slug STRING NOT NULL,
  offer_id STRING,
  provider STRING,
  is_custom BOOL,
  price NUMERIC,
  rating FLOAT64,
  details JSON
)
