package dev.sluice.local.write;

/**
 * What a call needs of its table. BigQuery hides a table from whoever lacks it, in the same words in which it says that there
 * is none.
 */
public enum TablePermission {
    TABLES_GET,
    TABLES_UPDATE_DATA
}
