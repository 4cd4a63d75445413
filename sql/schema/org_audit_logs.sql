-- Compliance trail: who did what to which resource of an organization.
CREATE TABLE IF NOT EXISTS ${table} (
  audit_id STRING NOT NULL OPTIONS(description="Identifies the entry"),
  org_slug STRING NOT NULL OPTIONS(description="Whose entry it is"),
  user_id STRING OPTIONS(description="Who acted; NULL is the system"),
  api_key_id STRING OPTIONS(description="With which key"),
  action STRING NOT NULL OPTIONS(description="CREATE, READ, UPDATE, DELETE, EXECUTE, LOGIN, LOGOUT, ROTATE"),
  resource_type STRING NOT NULL OPTIONS(description="Kind of resource, for example ORGANIZATION"),
  resource_id STRING OPTIONS(description="Which resource"),
  details JSON OPTIONS(description="A JSON object"),
  ip_address STRING OPTIONS(description="From where"),
  user_agent STRING OPTIONS(description="With which program"),
  request_id STRING OPTIONS(description="Joins the entry to the request's log"),
  status STRING NOT NULL OPTIONS(description="SUCCESS, FAILURE, DENIED"),
  error_message STRING OPTIONS(description="Why it failed"),
  created_at TIMESTAMP NOT NULL OPTIONS(description="When it happened")
)
PARTITION BY DATE(created_at)
CLUSTER BY org_slug, action, resource_type
OPTIONS(description="Compliance trail of all organizations")
