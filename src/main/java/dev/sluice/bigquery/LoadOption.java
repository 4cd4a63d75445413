package dev.sluice.bigquery;

/** What a load may do beside appending rows. */
public enum LoadOption {
    /** Pass over members of a row that are no columns. */
    IGNORE_UNKNOWN,
    /** Give the table the columns of the request's schema that it has not, as NULLABLE ones. */
    ADD_COLUMNS
}
