package dev.sluice.local.functions;

/** One of BigQuery's errors, raised while a statement is executed. */
public final class GoogleError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What stands before the message in the text of DuckDB's error. */
    public static final String MARK = "GoogleSQL: ";

    GoogleError(String message) {
        super(MARK + message, null, false, false);
    }
}
