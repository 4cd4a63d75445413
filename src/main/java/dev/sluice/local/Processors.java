package dev.sluice.local;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many processors DuckDB uses: one, and all while a large job runs. Of a small statement a second thread may take the
 * only task, and whoever executes the statement asks again and again whether it is done. Thread-safe.
 */
final class Processors implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Processors.class);

    /** What reads less is done before a second thread has begun. */
    private static final long LARGE_BYTES = 4 << 20;

    private static final Duration LONG = Duration.ofMillis(200);
    private static final long LOOK_MILLIS = 500;

    private final Connection connection;
    private final int all;
    private final Duration linger;
    private final Set<RunningJob> large = new HashSet<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "duckdb-processors");
        thread.setDaemon(true);
        return thread;
    });
    private int used = 1;
    private @Nullable ScheduledFuture<?> resting;

    /**
     * @param connection to a database that uses one processor; the caller's, who closes it later
     * @param linger how long it uses all after a large job, which another often follows
     */
    Processors(Connection connection, int all, Duration linger) {
        this.connection = connection;
        this.all = all;
        this.linger = linger;
    }

    /** Looks twice a second for jobs that have worked for long, whatever they read. */
    void watch(RunningJobs running) {
        var unused =
                timer.scheduleWithFixedDelay(() -> notice(running), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void notice(RunningJobs running) {
        try {
            running.all().stream().filter(job -> job.hasWorked(LONG)).forEach(this::giveAll);
        } catch (RuntimeException e) { // otherwise nobody would look again
            log.warn("cannot look for large jobs: {}", e.getMessage());
        }
    }

    /** As {@link #giveAll}, if a job reads so many bytes that it is worth it. */
    void give(RunningJob job, long bytes) {
        if (bytes >= LARGE_BYTES) {
            giveAll(job);
        }
    }

    /** Lets the statements that a job begins from now on use all of them, until it has ended. */
    synchronized void giveAll(RunningJob job) {
        if (large.isEmpty()) {
            set("scheduler_process_partial = false");
            use(all);
            cancelRest();
        }
        large.add(job);
        if (job.isOver()) {
            leave(job);
        }
    }

    /** A job has ended. */
    synchronized void leave(RunningJob job) {
        if (large.remove(job) && large.isEmpty() && !timer.isShutdown()) {
            set("scheduler_process_partial = true"); // so that rest() waits for parts of tasks only
            cancelRest();
            resting = timer.schedule(this::rest, linger.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void cancelRest() {
        if (resting != null) {
            resting.cancel(false);
        }
    }

    private synchronized void rest() {
        if (large.isEmpty()) {
            use(1);
        }
    }

    private void use(int processors) {
        if (used != processors && set("threads = " + processors)) {
            used = processors;
        }
    }

    private boolean set(String setting) {
        if (timer.isShutdown()) {
            return false;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET " + setting);
            return true;
        } catch (SQLException e) {
            log.warn("cannot tell DuckDB '{}': {}", setting, e.getMessage());
            return false;
        }
    }

    @Override
    public synchronized void close() {
        timer.shutdownNow();
    }
}
