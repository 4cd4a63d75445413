package dev.sluice.runs;

/** By what the worst comes first. */
public enum QueryOrder {
    ELAPSED("ELAPSED_MILLIS"),
    PROCESSED("BYTES_PROCESSED"),
    BILLED("BYTES_BILLED"),
    SLOTS("SLOT_MILLIS"),
    RETRIES("RETRIES");

    private final String column;

    QueryOrder(String column) {
        this.column = column;
    }

    String column() {
        return column;
    }
}
