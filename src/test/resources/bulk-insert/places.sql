-- Records whose paths read the same once dots are underscores.
CREATE TABLE IF NOT EXISTS ${table} (
  place_id INT64 NOT NULL,
  a STRUCT<b STRUCT<lat FLOAT64, lon FLOAT64>>,
  a_b STRUCT<lon FLOAT64, lat FLOAT64>
)
