package dev.sluice.runs;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who holds the lease of a run, as far as the repository knows.
 *
 * @param host null if the run has no lease (any more)
 * @param current neither released nor expired
 */
record RunOwner(@Nullable String host, long pid, long startedMillis, boolean current) {

    static RunOwner of(ResultSet row) throws SQLException {
        return new RunOwner(
                row.getString("OWNER_HOST"),
                row.getLong("OWNER_PID"),
                row.getLong("OWNER_STARTED"),
                !row.getBoolean("RELEASED") && !row.getBoolean("EXPIRED"));
    }

    /** Only a process of the same host can be seen to be dead before its lease expires. */
    boolean isAlive() {
        return host != null && current && !(host.equals(thisHost()) && isGone());
    }

    private boolean isGone() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(process ->
                        process.info().startInstant().map(Instant::toEpochMilli).orElse(0L))
                .filter(started -> started == startedMillis)
                .isEmpty();
    }

    private static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
