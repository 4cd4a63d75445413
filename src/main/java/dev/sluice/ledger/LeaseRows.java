package dev.sluice.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements on SLUICE_LEASE. All times are the database's. */
final class LeaseRows {

    private final JdbcClient jdbc;
    private final String expiry;

    /** @param expired by the database's clock
     *  @param released by its owner */
    record Row(
            long fence,
            Owner owner,
            @Nullable Long runId,
            Instant expiresAt,
            boolean expired,
            boolean released,
            boolean stopRequested) {

        /** Whether somebody on the host of {@code asking} must leave it alone. */
        boolean isLive(Owner asking) {
            return !released && !expired && !owner.isDeadOn(asking.host());
        }
    }

    LeaseRows(JdbcClient jdbc, Duration ttl) {
        this.jdbc = jdbc;
        this.expiry = "CURRENT_TIMESTAMP + INTERVAL '%d.%03d' SECOND".formatted(ttl.toSeconds(), ttl.toMillisPart());
    }

    Optional<Row> find(InstanceKey key) {
        return jdbc.sql("""
                        SELECT FENCE, OWNER_HOST, OWNER_PID, OWNER_STARTED, RUN_ID, RELEASED, EXPIRES_AT,
                               EXPIRES_AT < CURRENT_TIMESTAMP AS EXPIRED,
                               COALESCE(STOP_FENCE = FENCE, FALSE) AS STOP_REQUESTED
                        FROM SLUICE_LEASE WHERE JOB_NAME = ? AND JOB_KEY = ?""")
                .params(key.job(), key.jobKey())
                .query((row, number) -> new Row(
                        row.getLong("FENCE"),
                        new Owner(row.getString("OWNER_HOST"), row.getLong("OWNER_PID"), row.getLong("OWNER_STARTED")),
                        row.getObject("RUN_ID", Long.class),
                        row.getObject("EXPIRES_AT", OffsetDateTime.class).toInstant(),
                        row.getBoolean("EXPIRED"),
                        row.getBoolean("RELEASED"),
                        row.getBoolean("STOP_REQUESTED")))
                .optional();
    }

    /** @return whether this call made the row */
    boolean insert(InstanceKey key, Owner owner) {
        try {
            return jdbc.sql("INSERT INTO SLUICE_LEASE (JOB_NAME, JOB_KEY, FENCE, OWNER_HOST, OWNER_PID, OWNER_STARTED,"
                                    + " CHECKS, HEARTBEAT_AT, EXPIRES_AT, RELEASED)"
                                    + " VALUES (?, ?, 1, ?, ?, ?, 0, CURRENT_TIMESTAMP, " + expiry + ", FALSE)")
                            .params(key.job(), key.jobKey(), owner.host(), owner.pid(), owner.startedMillis())
                            .update()
                    == 1;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    /**
     * @param dead whether the owner under {@code fence} is known to be dead, and need not have run out of time
     * @return whether the row still stood at {@code fence}, not renewed meanwhile, and is now the new owner's, with a higher
     *     fence
     */
    boolean takeOver(InstanceKey key, long fence, boolean dead, Owner owner) {
        return jdbc.sql("UPDATE SLUICE_LEASE SET FENCE = FENCE + 1, OWNER_HOST = ?, OWNER_PID = ?, OWNER_STARTED = ?,"
                                + " RUN_ID = NULL, HEARTBEAT_AT = CURRENT_TIMESTAMP, EXPIRES_AT = " + expiry
                                + ", RELEASED = FALSE WHERE JOB_NAME = ? AND JOB_KEY = ? AND FENCE = ?"
                                + " AND (RELEASED OR EXPIRES_AT < CURRENT_TIMESTAMP OR CAST(? AS BOOLEAN))")
                        .params(owner.host(), owner.pid(), owner.startedMillis())
                        .params(key.job(), key.jobKey(), fence, dead)
                        .update()
                == 1;
    }

    /**
     * Renews it, even if it has run out.
     *
     * @return whether it is still ours
     */
    boolean heartbeat(InstanceKey key, long fence) {
        return jdbc.sql("UPDATE SLUICE_LEASE SET HEARTBEAT_AT = CURRENT_TIMESTAMP, EXPIRES_AT = " + expiry
                                + " WHERE JOB_NAME = ? AND JOB_KEY = ? AND FENCE = ? AND NOT RELEASED")
                        .params(key.job(), key.jobKey(), fence)
                        .update()
                == 1;
    }

    /** @return whether the holder under that fence is still there */
    boolean requestStop(InstanceKey key, long fence) {
        return jdbc.sql("UPDATE SLUICE_LEASE SET STOP_FENCE = FENCE"
                                + " WHERE JOB_NAME = ? AND JOB_KEY = ? AND FENCE = ? AND NOT RELEASED")
                        .params(key.job(), key.jobKey(), fence)
                        .update()
                == 1;
    }

    void attachRun(InstanceKey key, long fence, long runId) {
        jdbc.sql("UPDATE SLUICE_LEASE SET RUN_ID = ? WHERE JOB_NAME = ? AND JOB_KEY = ? AND FENCE = ?")
                .params(runId, key.job(), key.jobKey(), fence)
                .update();
    }

    void release(InstanceKey key, long fence) {
        jdbc.sql("UPDATE SLUICE_LEASE SET RELEASED = TRUE WHERE JOB_NAME = ? AND JOB_KEY = ? AND FENCE = ?")
                .params(key.job(), key.jobKey(), fence)
                .update();
    }

    boolean isCurrent(InstanceKey key, long fence) {
        return jdbc.sql("SELECT COUNT(*) FROM SLUICE_LEASE WHERE JOB_NAME = ? AND JOB_KEY = ? AND FENCE = ?"
                                + " AND NOT RELEASED AND EXPIRES_AT >= CURRENT_TIMESTAMP")
                        .params(key.job(), key.jobKey(), fence)
                        .query(Long.class)
                        .single()
                == 1;
    }

    /**
     * Locks it, even if it has run out: nobody can take it over before the transaction ends.
     *
     * @return whether it is still ours
     */
    static boolean check(Connection connection, InstanceKey key, long fence) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE SLUICE_LEASE SET CHECKS = CHECKS + 1"
                + " WHERE JOB_NAME = ? AND JOB_KEY = ? AND FENCE = ? AND NOT RELEASED")) {
            update.setString(1, key.job());
            update.setString(2, key.jobKey());
            update.setLong(3, fence);
            update.setQueryTimeout(LedgerDatabase.QUERY_TIMEOUT_SECONDS);
            return update.executeUpdate() == 1;
        }
    }
}
