package dev.sluice.bigquery.monitor;

/** How much a BigQuery job deserves to be looked at. */
enum Severity {
    OK,
    WARN,
    ALERT
}
