-- Plans of subscription software; 27 columns, see src/adr/0006-seed-data.md.
CREATE TABLE IF NOT EXISTS ${table} (
  org_slug STRING NOT NULL,
  subscription_id STRING NOT NULL OPTIONS(description="Identifies the plan; a plan's name does not"),
  provider STRING NOT NULL,
  plan_name STRING NOT NULL,
  display_name STRING,
  is_custom BOOL NOT NULL OPTIONS(description="The price has to be asked for"),
  category STRING NOT NULL,
  status STRING NOT NULL,
  start_date DATE,
  end_date DATE,
  billing_cycle STRING NOT NULL,
  currency STRING NOT NULL,
  seats INT64 NOT NULL,
  pricing_model STRING NOT NULL OPTIONS(description="FLAT_FEE or PER_SEAT"),
  unit_price_usd FLOAT64 OPTIONS(description="NULL means: ask for it"),
  yearly_price_usd FLOAT64 OPTIONS(description="NULL means: ask for it"),
  discount_type STRING,
  discount_value INT64,
  auto_renew BOOL NOT NULL,
  payment_method STRING,
  invoice_id_last STRING,
  owner_email STRING,
  department STRING,
  renewal_date DATE,
  contract_id STRING,
  notes STRING,
  updated_at TIMESTAMP
)
PARTITION BY start_date
CLUSTER BY org_slug, provider
OPTIONS(description="Plans of subscription software")
