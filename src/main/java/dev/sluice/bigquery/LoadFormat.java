package dev.sluice.bigquery;

/** File formats that a load job of ours may carry. */
public enum LoadFormat {
    NDJSON,
    CSV,
    /** Logical types count, and decimals are NUMERIC or BIGNUMERIC by their precision. */
    AVRO
}
