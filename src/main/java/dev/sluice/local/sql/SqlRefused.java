package dev.sluice.local.sql;

/** A statement that is wrong, or that the local BigQuery does not vouch for; nothing was executed. */
public final class SqlRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    public SqlRefused(String reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** BigQuery's reason, for example {@code invalidQuery}. */
    public String reason() {
        return reason;
    }

    static SqlRefused syntax(String what, Token at) {
        return new SqlRefused("invalidQuery", "Syntax error: %s at %s".formatted(what, at.place()));
    }

    static SqlRefused unsupported(String what, Token at) {
        return new SqlRefused(
                "invalidQuery", "The local BigQuery does not support %s at %s".formatted(what, at.place()));
    }
}
