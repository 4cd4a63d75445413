package dev.sluice.bigquery;

import org.jspecify.annotations.Nullable;

/**
 * What a remote call is for: decides its retries, and names it in failures.
 *
 * @param what for example {@code read table organizations.org_audit_logs}
 */
record Purpose(CallKind kind, String what, @Nullable String bigQueryJobId) {

    String name() {
        return bigQueryJobId == null ? what : "%s (BigQuery job %s)".formatted(what, bigQueryJobId);
    }
}
