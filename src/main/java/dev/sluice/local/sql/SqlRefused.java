package dev.sluice.local.sql;

import java.util.Set;

/** A statement that is wrong, or that the local BigQuery does not vouch for; nothing was executed. */
public final class SqlRefused extends RuntimeException {

    /** Words of what BigQuery has and this one has not, where nothing else can stand. */
    private static final Set<String> ELSEWHERE =
            Set.of("AGGREGATION_THRESHOLD", "COLLATE", "DIFFERENTIAL_PRIVACY", "RANGE", "TABLESAMPLE");

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final boolean own;

    public SqlRefused(String reason, String message) {
        this(reason, message, false);
    }

    private SqlRefused(String reason, String message, boolean own) {
        super(message);
        this.reason = reason;
        this.own = own;
    }

    /** BigQuery's reason, for example {@code invalidQuery}. */
    public String reason() {
        return reason;
    }

    /** Whether BigQuery may execute the statement. */
    public boolean isOwn() {
        return own;
    }

    static SqlRefused syntax(String what, Token at) {
        if (at.kind() == Token.Kind.WORD && ELSEWHERE.contains(at.upper())) {
            return unsupported(at.upper(), at);
        }
        return new SqlRefused("invalidQuery", "Syntax error: %s at %s".formatted(what, at.place()));
    }

    /** What can be read, and is no statement that BigQuery executes. */
    static SqlRefused wrong(String what, Token at) {
        return new SqlRefused("invalidQuery", "%s at %s".formatted(what, at.place()));
    }

    static SqlRefused unsupported(String what, Token at) {
        return own("The local BigQuery does not support %s at %s".formatted(what, at.place()));
    }

    /** A limit of the local BigQuery's own. */
    public static SqlRefused own(String message) {
        return new SqlRefused("invalidQuery", message, true);
    }
}
