package dev.sluice.bigquery.catalogue;

/** Whether a column may be absent, must be there, or holds an array. */
public enum ColumnMode {
    NULLABLE,
    REQUIRED,
    REPEATED
}
