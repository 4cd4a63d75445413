package dev.sluice.database;

import org.springframework.jdbc.core.simple.JdbcClient;

/** A repository with a long history. */
public final class ManyRuns {

    private ManyRuns() {}

    /** One run a minute until now: ten common jobs and a rare one, 1,000 tenants, every 20th failed. */
    public static void fill(JdbcClient jdbc, long runs) {
        String numbers = numbers(jdbc).formatted(runs);
        jdbc.sql("INSERT INTO BATCH_JOB_INSTANCE SELECT X, 0, CASE WHEN MOD(X, 100003) = 0 THEN 'rare'"
                        + " ELSE 'job' || MOD(X, 10) END, CAST(X AS VARCHAR(32)) FROM " + numbers)
                .update();
        jdbc.sql("INSERT INTO BATCH_JOB_EXECUTION SELECT X, 2, X, CREATED, CREATED, CREATED,"
                        + " CASE WHEN MOD(X, 10007) = 0 THEN 'ABANDONED' WHEN MOD(X, 20) = 7 THEN 'FAILED' ELSE 'COMPLETED' END,"
                        + " 'COMPLETED', '', CREATED FROM (SELECT X, LOCALTIMESTAMP - (" + runs
                        + " - X) * INTERVAL '1' MINUTE AS CREATED FROM " + numbers + ") AS R")
                .update();
        for (String parameter : new String[] {
            "'org', 'java.lang.String', 'org' || MOD(X, 1000)",
            "'source', 'java.lang.String', 'file' || X",
            "'mode', 'java.lang.String', CASE WHEN MOD(X, 3) = 0 THEN 'append' ELSE 'merge' END"
        }) {
            jdbc.sql("INSERT INTO BATCH_JOB_EXECUTION_PARAMS SELECT X, %s, 'Y' FROM %s".formatted(parameter, numbers))
                    .update();
        }
        jdbc.sql(
                        "INSERT INTO BATCH_STEP_EXECUTION (STEP_EXECUTION_ID, VERSION, STEP_NAME, JOB_EXECUTION_ID, CREATE_TIME,"
                                + " STATUS, READ_COUNT, WRITE_COUNT) SELECT X, 1, 'load', X, CURRENT_TIMESTAMP, 'COMPLETED', 4, 3 FROM "
                                + numbers)
                .update();
        jdbc.sql(
                        "INSERT INTO SLUICE_INTENT (EFFECT, ATTEMPT, BIGQUERY_JOB_ID, JOB_NAME, JOB_KEY, GENERATION, RUN_ID, STEP,"
                                + " UNIT_RANGE, UNIT_DIGEST, KIND, DESTINATION, STATE, DECLARED_AT) SELECT CAST(X AS VARCHAR(64)), 1, 'id',"
                                + " 'job', CAST(X AS VARCHAR(32)), 1, X, 'load', '', '', 'LOAD', 't', 'DONE', CURRENT_TIMESTAMP FROM "
                                + numbers)
                .update();
        jdbc.sql("INSERT INTO SLUICE_LEASE (JOB_NAME, JOB_KEY, FENCE, OWNER_HOST, OWNER_PID, OWNER_STARTED, CHECKS,"
                        + " HEARTBEAT_AT, EXPIRES_AT, RELEASED) SELECT JOB_NAME, JOB_KEY, 1, 'host', 1, 1, 0,"
                        + " CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, TRUE FROM BATCH_JOB_INSTANCE")
                .update();
        jdbc.sql("ANALYZE").update();
    }

    private static String numbers(JdbcClient jdbc) {
        boolean postgres = jdbc.sql("SELECT COUNT(*) FROM INFORMATION_SCHEMA.SCHEMATA WHERE SCHEMA_NAME = 'pg_catalog'")
                        .query(Integer.class)
                        .single()
                > 0;
        return postgres ? "generate_series(1, %d) AS G(X)" : "SYSTEM_RANGE(1, %d) AS G(X)";
    }
}
