package dev.sluice.bigquery;

import dev.sluice.bigquery.ErrorReason.Advice;
import java.util.List;

/** Decides by kind of call, HTTP status and reason; {@link ErrorReason} holds the table. */
final class RetryPolicy {

    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int NOT_IMPLEMENTED = 501;

    private static final List<String> CONFLICTS =
            List.of("Could not serialize access to table", "Transaction is aborted due to concurrent update");

    private RetryPolicy() {}

    static Verdict ofCall(CallKind kind, int status, String reason) {
        if (status == NOT_FOUND) {
            return kind.notFound();
        }
        if (status == CONFLICT) {
            return kind.duplicate();
        }
        return ErrorReason.of(reason).map(ErrorReason::onCall).orElseGet(() -> ofStatus(status));
    }

    /** For reasons that BigQuery's page does not name. */
    private static Verdict ofStatus(int status) {
        if (status == TOO_MANY_REQUESTS) {
            return Verdict.SLOW_DOWN;
        }
        boolean passes = status >= SERVER_ERROR && status != NOT_IMPLEMENTED || status == REQUEST_TIMEOUT;
        return passes ? Verdict.REPEAT : Verdict.GIVE_UP;
    }

    /** For a BigQuery job that ended with an error; one that the table does not name is given up. */
    static Verdict ofJob(String reason) {
        return ErrorReason.of(reason).map(ErrorReason::onJob).orElse(Verdict.GIVE_UP);
    }

    /**
     * As {@link #ofJob(String)}. DML that lost against concurrent DML had no effect and may be tried anew, but BigQuery
     * gives it no reason of its own: only the words of its documentation on conflicts tell.
     */
    static Verdict ofJob(String reason, String message) {
        boolean conflict = CONFLICTS.stream().anyMatch(message::contains);
        return conflict ? Verdict.NEW_ATTEMPT : ofJob(reason);
    }

    static String advice(int status, String reason) {
        return switch (status) {
            case UNAUTHORIZED -> Advice.CREDENTIALS;
            case NOT_FOUND -> Advice.WHERE;
            default -> advice(reason);
        };
    }

    static String advice(String reason) {
        return ErrorReason.of(reason).map(ErrorReason::advice).orElse(Advice.MEND);
    }
}
