-- What a model costs per 1,000 tokens; 29 columns, see src/adr/0006-seed-data.md.
CREATE TABLE IF NOT EXISTS ${table} (
  pricing_id STRING NOT NULL OPTIONS(description="Identifies the price"),
  provider STRING NOT NULL,
  model_id STRING NOT NULL,
  model_name STRING,
  is_custom BOOL NOT NULL OPTIONS(description="Negotiated by the organization"),
  input_price_per_1k FLOAT64 NOT NULL OPTIONS(description="USD per 1,000 input tokens"),
  output_price_per_1k FLOAT64 NOT NULL OPTIONS(description="USD per 1,000 output tokens"),
  effective_date DATE NOT NULL,
  end_date DATE,
  is_enabled BOOL NOT NULL,
  notes STRING,
  x_gemini_context_window STRING,
  x_gemini_region STRING,
  x_anthropic_tier STRING,
  x_openai_batch_input_price FLOAT64,
  x_openai_batch_output_price FLOAT64,
  pricing_type STRING NOT NULL,
  free_tier_input_tokens INT64 OPTIONS(description="Per free_tier_reset_frequency"),
  free_tier_output_tokens INT64 OPTIONS(description="Per free_tier_reset_frequency"),
  free_tier_reset_frequency STRING,
  discount_percentage FLOAT64,
  discount_reason STRING,
  volume_threshold_tokens INT64,
  base_input_price_per_1k FLOAT64,
  base_output_price_per_1k FLOAT64,
  discounted_input_price_per_1k FLOAT64,
  discounted_output_price_per_1k FLOAT64,
  created_at TIMESTAMP NOT NULL,
  updated_at TIMESTAMP NOT NULL
)
CLUSTER BY provider, model_id
OPTIONS(description="Prices of language models")
