-- Types that text of one line can hold.
CREATE TABLE IF NOT EXISTS ${table} (
  id INT64 NOT NULL,
  a_string STRING,
  a_float FLOAT64,
  a_numeric NUMERIC,
  a_bool BOOL,
  a_timestamp TIMESTAMP,
  a_date DATE,
  a_datetime DATETIME,
  a_json JSON
)
