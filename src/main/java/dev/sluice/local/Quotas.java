package dev.sluice.local;

import com.google.api.services.bigquery.model.Job;
import dev.sluice.local.Claim.Kind;
import dev.sluice.local.fault.FaultCall;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What BigQuery's quotas allow, counted in memory since the server's start. Enforced, what is too much is refused; else the
 * log says once of each table and method that it would be. Thread-safe.
 */
final class Quotas {

    private static final Logger log = LoggerFactory.getLogger(Quotas.class);
    private static final int REQUEST_BYTES = 10 << 20;
    private static final int ROWS_A_REQUEST = 50_000;
    private static final int QUERIES_AT_ONCE = 100;
    private static final String PROJECT = "the project";

    /** @param of the table or method that it is counted for */
    private record Counted(Quota quota, String of) {}

    private final boolean enforced;
    private final Clock clock;
    private final Map<Counted, Recent> counts = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private int queries;

    Quotas(boolean enforced, Clock clock) {
        this.enforced = enforced;
        this.clock = clock;
    }

    /** @throws ApiError if it is one too many, which is counted no less */
    synchronized void count(Quota quota, String of) {
        long now = clock.millis();
        var counted = new Counted(quota, of);
        if (!counts.containsKey(counted)) {
            counts.values().removeIf(recent -> recent.count(now) == 0);
        }
        Recent recent = counts.computeIfAbsent(counted, key -> new Recent(quota.millis()));
        recent.add(now);
        if (recent.count(now) > quota.limit()) {
            refuse(quota.error(), of);
        }
    }

    private void refuse(ApiError error, String of) {
        if (enforced) {
            throw error;
        }
        if (told.add(error.getMessage() + of)) {
            log.warn("BigQuery would refuse this of {}: {}", of, error.getMessage());
        }
    }

    /** A request, which insertAll does not count. */
    void request(FaultCall call) {
        String method = call.method() + " " + call.kind();
        switch (method) {
            case "POST insertAll" -> {}
            case "GET jobs.get" -> count(Quota.JOB_GETS, method);
            case "POST tables" -> count(Quota.TABLE_INSERTS, method);
            default -> count(Quota.API_REQUESTS, method);
        }
    }

    /** A job that is about to change a table, whatever becomes of it. */
    void job(Job job, Claim claim, boolean partitioned) {
        String table = claim.table().dataset() + "." + claim.table().table();
        boolean load = job.getConfiguration().getLoad() != null;
        boolean copy = job.getConfiguration().getCopy() != null;
        if (load || copy) {
            count(Quota.TABLE_IMPORTS, table);
            count(load ? Quota.PROJECT_IMPORTS : Quota.PROJECT_COPIES, PROJECT);
        }
        if (claim.kind() == Kind.INSERT || claim.kind() == Kind.MUTATE) {
            count(Quota.TABLE_DML, table);
        } else {
            count(partitioned ? Quota.PARTITIONED_TABLE_UPDATES : Quota.TABLE_UPDATES, table);
        }
    }

    synchronized void requireSize(int bytes) {
        if (bytes > REQUEST_BYTES) {
            refuse(
                    new ApiError(
                            400,
                            "badRequest",
                            "Request payload size exceeds the limit: %d bytes.".formatted(REQUEST_BYTES)),
                    "a request");
        }
    }

    synchronized void requireRows(int rows) {
        if (rows > ROWS_A_REQUEST) {
            refuse(
                    ApiError.invalid("too many rows present in the request, limit: %d row count: %d."
                            .formatted(ROWS_A_REQUEST, rows)),
                    "insertAll");
        }
    }

    /** A query whose caller waits; {@link #queried} must follow, even if this throws. */
    synchronized void querying() {
        queries++;
        if (queries > QUERIES_AT_ONCE) {
            refuse(
                    ApiError.quota(
                            "rateLimitExceeded",
                            "Exceeded rate limits: too many concurrent queries for this project_and_region"),
                    PROJECT);
        }
    }

    synchronized void queried() {
        queries--;
    }
}
