package dev.sluice.item;

/** How the rows of a source are written. */
public enum SourceFormat {
    NDJSON,
    CSV
}
