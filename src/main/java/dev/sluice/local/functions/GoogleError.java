package dev.sluice.local.functions;

/** One of BigQuery's errors, raised while a statement is executed. */
public final class GoogleError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What the text of DuckDB's error begins with, before the message. */
    public static final String MARK = "GoogleSQL: ";

    GoogleError(String message) {
        super(message, null, false, false);
    }

    @Override
    public String toString() {
        return MARK + getMessage();
    }
}
