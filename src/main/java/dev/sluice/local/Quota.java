package dev.sluice.local;

/** A documented quota: how much of something one table, method or project may do in how long. */
enum Quota {
    API_REQUESTS(
            100,
            1_000,
            "rateLimitExceeded",
            "Exceeded rate limits: too many api requests per user per method for this user_method"),
    JOB_GETS(
            1_000,
            1_000,
            "rateLimitExceeded",
            "Exceeded rate limits: too many api requests per user per method for this user_method"),
    TABLE_INSERTS(
            10,
            1_000,
            "rateLimitExceeded",
            "Exceeded rate limits: too many api requests per user per method for this user_method"),
    TABLE_UPDATES(
            5, 10_000, "rateLimitExceeded", "Exceeded rate limits: too many table update operations for this table"),
    PARTITIONED_TABLE_UPDATES(
            50, 10_000, "rateLimitExceeded", "Exceeded rate limits: too many table update operations for this table"),
    TABLE_DML(25, 10_000, "rateLimitExceeded", "Exceeded rate limits: too many table dml operations for this table"),
    TABLE_IMPORTS(
            1_500,
            Recent.DAY,
            "quotaExceeded",
            "Quota exceeded: Your table exceeded quota for imports or query appends per table"),
    PROJECT_IMPORTS(
            100_000,
            Recent.DAY,
            "quotaExceeded",
            "Quota exceeded: Your project exceeded quota for imports per project"),
    PROJECT_COPIES(
            100_000, Recent.DAY, "quotaExceeded", "Quota exceeded: Your project exceeded quota for copies per project");

    private final int limit;
    private final long millis;
    private final String reason;
    private final String message;

    Quota(int limit, long millis, String reason, String message) {
        this.limit = limit;
        this.millis = millis;
        this.reason = reason;
        this.message = message;
    }

    int limit() {
        return limit;
    }

    long millis() {
        return millis;
    }

    ApiError error() {
        return ApiError.quota(reason, message);
    }
}
