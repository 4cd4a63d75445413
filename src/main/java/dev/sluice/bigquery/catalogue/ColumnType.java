package dev.sluice.bigquery.catalogue;

/** BigQuery's column types, as far as our tables use them. */
public enum ColumnType {
    STRING,
    INT64,
    FLOAT64,
    NUMERIC,
    BIGNUMERIC,
    BOOL,
    TIMESTAMP,
    DATE,
    DATETIME,
    TIME,
    BYTES,
    JSON,
    STRUCT
}
