package dev.sluice.bigquery;

import java.util.Set;
import java.util.regex.Pattern;

/** What BigQuery's error reasons mean for us; from its page on error messages. */
final class Reasons {

    private static final Set<String> SAME_ID =
            Set.of("backendError", "internalError", "badGateway", "rateLimitExceeded", "tableUnavailable", "timeout");
    private static final Set<String> NEW_ATTEMPT =
            Set.of("backendError", "internalError", "jobBackendError", "jobInternalError", "jobRateLimitExceeded");

    private static final int MAX_WORDS = 300;
    private static final Pattern QUOTED = Pattern.compile("(?<![\\p{L}\\d])(?:'[^']*'|\"[^\"]*\")");
    private static final Pattern VALUE = Pattern.compile("(?i)(\\bvalue:|\\bliteral:).*");

    private Reasons() {}

    /** Whether the same call, with the same BigQuery job id, may succeed later. */
    static boolean isTransient(int status, String reason) {
        return status >= 500 && status != 501
                || status == 408
                || status == 429
                || (status == 403 || status == 400) && SAME_ID.contains(reason);
    }

    /** Whether a BigQuery job that ended, or was refused, with this reason may succeed under another id. */
    static boolean allowsNewAttempt(String reason) {
        return NEW_ATTEMPT.contains(reason);
    }

    static String advice(int status, String reason) {
        return switch (status) {
            case 401 -> "check the credentials";
            case 403 -> reason.equals("quotaExceeded") ? advice(reason) : "grant the service account what it needs";
            case 404 -> "check project, dataset, table and location";
            default -> advice(reason);
        };
    }

    /** For a BigQuery job that ended with this reason. */
    static String advice(String reason) {
        return switch (reason) {
            case "quotaExceeded" -> "wait until the quota is renewed";
            case "bytesBilledLimitExceeded" ->
                "raise sluice.bigquery.maximum-bytes-billed if it is meant to cost so much";
            default -> "mend the cause, then restart the run";
        };
    }

    /** The first line of what a server or a library says, without what may be a value of a row or of a statement. */
    static String words(String text) {
        String line = text.lines().findFirst().orElse("");
        String masked = VALUE.matcher(QUOTED.matcher(line).replaceAll("'…'")).replaceAll("$1 …");
        return masked.substring(0, Math.min(masked.length(), MAX_WORDS));
    }
}
