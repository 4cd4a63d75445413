package dev.sluice.schedule;

import dev.sluice.launch.ExitCode;
import dev.sluice.launch.LaunchObserver;
import dev.sluice.launch.LaunchOutcome;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The launching side as the scheduler knows it: an instance is decided by Spring Batch's own unique key and runs once.
 * What a test says happens instead of steps.
 */
final class SimulatedRuns implements TickRun.Launches {

    private final JdbcClient jdbc;
    private final Node somebody;
    private final AtomicLong ids = new AtomicLong();
    private final Queue<String> early = new ConcurrentLinkedQueue<>();
    private volatile boolean reachable = true;
    private volatile Function<String, LaunchOutcome> body =
            job -> new LaunchOutcome(ExitCode.COMPLETED, null, List.of());

    /**
     * Who launches.
     *
     * @param connection its own, which may die
     * @param clock its own, by which it stamps runs as Spring Batch does
     */
    record Node(JdbcClient connection, Clock clock) {

        private LocalDateTime now() {
            return LocalDateTime.now(clock);
        }
    }

    /** @param clock of whoever is no node */
    SimulatedRuns(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.somebody = new Node(jdbc, clock);
    }

    /** @param body what happens in a run, and its outcome; null means that the run never ends */
    void willDo(Function<String, @Nullable LaunchOutcome> body) {
        this.body = body;
    }

    @Override
    public LaunchOutcome start(String job, Map<String, String> parameters, LaunchObserver observer) {
        return start(somebody, job, parameters, observer);
    }

    LaunchOutcome start(Node node, String job, Map<String, String> parameters, LaunchObserver observer) {
        JdbcClient connection = node.connection();
        String key = parameters.getOrDefault("tick", "");
        long run = ids.incrementAndGet();
        try {
            connection
                    .sql(
                            "INSERT INTO BATCH_JOB_INSTANCE (JOB_INSTANCE_ID, VERSION, JOB_NAME, JOB_KEY) VALUES (?, 0, ?, ?)")
                    .params(run, job, key)
                    .update();
        } catch (DuplicateKeyException e) {
            run = instance(connection, job, key);
        }
        noteEarly(parameters.get("tick"));
        try {
            begin(node, run, parameters);
        } catch (DuplicateKeyException e) {
            return new LaunchOutcome(ExitCode.ALREADY_COMPLETED, run, List.of("run %d is there".formatted(run)));
        }
        observer.running(run, job, parameters, null);
        LaunchOutcome outcome = body.apply(job);
        if (outcome == null) {
            return new LaunchOutcome(ExitCode.STOPPED, run, List.of("left running"));
        }
        end(node, run, outcome.exitCode().name());
        return new LaunchOutcome(outcome.exitCode(), run, outcome.messages(), outcome.pause());
    }

    private void noteEarly(@Nullable String tick) {
        Instant now = jdbc.sql("SELECT NOW_AT FROM SIMULATED_TIME")
                .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single();
        if (tick != null && Instant.parse(tick).isAfter(now)) {
            early.add("the tick %s ran at %s".formatted(tick, now));
        }
    }

    /** Whether what a launch needs answers. */
    void reachable(boolean isReachable) {
        reachable = isReachable;
    }

    /** Another run of the same instance; the earlier one is over. */
    LaunchOutcome restart(long dead, LongConsumer begun) {
        if (!reachable) {
            return new LaunchOutcome(ExitCode.UNAVAILABLE, null, List.of("no answer"));
        }
        end(somebody, dead, "FAILED");
        long run = ids.incrementAndGet();
        jdbc.sql("INSERT INTO BATCH_JOB_EXECUTION (JOB_EXECUTION_ID, VERSION, JOB_INSTANCE_ID, CREATE_TIME, STATUS)"
                        + " SELECT CAST(? AS BIGINT), 0, JOB_INSTANCE_ID, LOCALTIMESTAMP, 'STARTED'"
                        + " FROM BATCH_JOB_EXECUTION WHERE JOB_EXECUTION_ID = ?")
                .params(run, dead)
                .update();
        begun.accept(run);
        LaunchOutcome outcome = body.apply("restarted");
        if (outcome == null) {
            return new LaunchOutcome(ExitCode.STOPPED, run, List.of("left running"));
        }
        end(somebody, run, outcome.exitCode().name());
        return new LaunchOutcome(outcome.exitCode(), run, outcome.messages(), outcome.pause());
    }

    /** Its first run has the same number; it may be missing, since a node can die between the two. */
    private static long instance(JdbcClient connection, String job, String key) {
        return connection
                .sql("SELECT JOB_INSTANCE_ID FROM BATCH_JOB_INSTANCE WHERE JOB_NAME = ? AND JOB_KEY = ?")
                .params(job, key)
                .query(Long.class)
                .single();
    }

    private static void begin(Node node, long run, Map<String, String> parameters) {
        node.connection()
                .sql("INSERT INTO BATCH_JOB_EXECUTION (JOB_EXECUTION_ID, VERSION, JOB_INSTANCE_ID, CREATE_TIME, STATUS)"
                        + " VALUES (?, 0, ?, ?, 'STARTED')")
                .params(run, run, node.now())
                .update();
        parameters.forEach((name, value) -> node.connection()
                .sql("INSERT INTO BATCH_JOB_EXECUTION_PARAMS VALUES (?, ?, 'java.lang.String', ?, 'Y')")
                .params(run, name, value)
                .update());
    }

    private static void end(Node node, long run, String status) {
        node.connection()
                .sql("UPDATE BATCH_JOB_EXECUTION SET STATUS = ?, END_TIME = ? WHERE JOB_EXECUTION_ID = ?")
                .params(status, node.now(), run)
                .update();
    }

    /** A run that nobody scheduled, going on; its key is {@code by hand} and its number. */
    long beginByHand(String job, Map<String, String> parameters) {
        long run = ids.incrementAndGet();
        jdbc.sql("INSERT INTO BATCH_JOB_INSTANCE (JOB_INSTANCE_ID, VERSION, JOB_NAME, JOB_KEY) VALUES (?, 0, ?, ?)")
                .params(run, job, "by hand " + run)
                .update();
        begin(somebody, run, parameters);
        return run;
    }

    void endAll() {
        jdbc.sql("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'COMPLETED', END_TIME = ? WHERE END_TIME IS NULL")
                .param(somebody.now())
                .update();
    }

    /** Runs that began before their tick. */
    List<String> earlyStarts() {
        return List.copyOf(early);
    }

    /** The ticks of all runs of a job. */
    List<String> bodies(String job) {
        return jdbc.sql("SELECT I.JOB_KEY FROM BATCH_JOB_EXECUTION E"
                        + " JOIN BATCH_JOB_INSTANCE I ON I.JOB_INSTANCE_ID = E.JOB_INSTANCE_ID"
                        + " WHERE I.JOB_NAME = ? ORDER BY I.JOB_KEY")
                .param(job)
                .query(String.class)
                .list();
    }
}
