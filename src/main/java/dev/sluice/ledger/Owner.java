package dev.sluice.ledger;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;

/**
 * Who runs something: a process on a host. A pid alone is not enough, since pids are used again.
 *
 * @param startedMillis when the process started, epoch milliseconds; 0 where the platform does not tell
 */
public record Owner(String host, long pid, long startedMillis) {

    /** The kernel's boot time, from which start times are computed, moves when the clock is set. */
    private static final long START_TOLERANCE_MILLIS = 2_000;

    /** This process. */
    public static Owner current() {
        ProcessHandle process = ProcessHandle.current();
        return new Owner(hostName(), process.pid(), startOf(process));
    }

    /** Whether the owner is known to be gone: only a process of the same host can tell. */
    public boolean isDeadOn(String host) {
        return this.host.equals(host)
                && ProcessHandle.of(pid)
                        .map(process -> !process.isAlive() || !startedThen(process))
                        .orElse(true);
    }

    private boolean startedThen(ProcessHandle process) {
        long started = startOf(process);
        return started == 0 || startedMillis == 0 || Math.abs(started - startedMillis) <= START_TOLERANCE_MILLIS;
    }

    @Override
    public String toString() {
        return "process %d on %s".formatted(pid, host);
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
