package dev.sluice.schedule;

import com.zaxxer.hikari.HikariDataSource;
import dev.sluice.definition.JobSchedule;
import dev.sluice.definition.JobSchedule.Misfire;
import dev.sluice.definition.JobSchedule.Overlap;
import dev.sluice.ledger.LedgerDatabase;
import dev.sluice.ledger.RepositoryMigration;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One repository whose clock tests set, and nodes that share it. */
final class SimulatedCluster implements AutoCloseable {

    static final DatabaseTime TIME = new DatabaseTime("(SELECT NOW_AT FROM SIMULATED_TIME)");

    private final HikariDataSource pool = new HikariDataSource();
    private final ThreadPoolExecutor workers =
            new ThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    final JdbcClient jdbc;
    final SimulatedRuns runs;
    private volatile Instant now;

    /** @param url of an empty database, user included */
    SimulatedCluster(String url, Instant start) {
        now = start;
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(16);
        jdbc = JdbcClient.create(pool);
        RepositoryMigration.migrate(pool, Path.of("."));
        jdbc.sql("CREATE TABLE SIMULATED_TIME (NOW_AT TIMESTAMP(6) WITH TIME ZONE)")
                .update();
        jdbc.sql("INSERT INTO SIMULATED_TIME VALUES (?)")
                .param(TickRows.at(start))
                .update();
        runs = new SimulatedRuns(jdbc, clock(() -> Duration.ZERO));
    }

    DataSource dataSource() {
        return pool;
    }

    void setTime(Instant time) {
        now = time;
        jdbc.sql("UPDATE SIMULATED_TIME SET NOW_AT = ?").param(TickRows.at(now)).update();
    }

    /** A node's own clock, which is wrong by so much. */
    Clock clock(Supplier<Duration> skew) {
        return new Clock() {
            @Override
            public Instant instant() {
                return now.plus(skew.get());
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    static ScheduledJob job(
            String name, String cron, Misfire misfire, Overlap overlap, @Nullable String org, int concurrentRuns) {
        Map<String, String> parameters = org == null ? Map.of() : Map.of("org", org);
        var schedule = new JobSchedule(cron, "UTC", misfire, overlap, parameters);
        return new ScheduledJob(name, schedule, new TickSequence(cron, "UTC"), org, concurrentRuns);
    }

    static ScheduledJob job(String name, String cron, Misfire misfire, Overlap overlap) {
        return job(name, cron, misfire, overlap, null, Integer.MAX_VALUE);
    }

    static TickRows rows(LedgerDatabase database, DatabaseTime time) {
        return new TickRows(database, time, Duration.ofSeconds(30));
    }

    static TickEnds ends(LedgerDatabase database, DatabaseTime time) {
        return new TickEnds(database, time, alerts(database, time), (job, tick, end, run, reason) -> {});
    }

    private static Alerts alerts(LedgerDatabase database, DatabaseTime time) {
        return new Alerts(database, time, new SimpleMeterRegistry());
    }

    /** @param time what this node takes for the time */
    TickQueue queue(DataSource dataSource, DatabaseTime time, int runsPerOrg, List<ScheduledJob> jobs) {
        var database = new LedgerDatabase(dataSource);
        var misfires = new Misfires(Duration.ofMinutes(1), Duration.ofHours(24));
        TickRows rows = rows(database, time);
        return new TickQueue(
                rows,
                new Planner(
                        jobs,
                        new PlanRows(database, time, (job, tick, end, run, reason) -> {}),
                        misfires,
                        Duration.ofHours(24)),
                new TickClaims(jobs, rows, ends(database, time), new Admission(database, rows, runsPerOrg), misfires),
                "a node");
    }

    Scheduler node(int runsPerOrg, ScheduledJob... jobs) {
        return node(pool, runs, queue(pool, TIME, runsPerOrg, List.of(jobs)));
    }

    Scheduler node(TickRun.Launches launches, ScheduledJob job) {
        return node(pool, launches, job);
    }

    /** @param dataSource of this node, which may die */
    Scheduler node(DataSource dataSource, TickRun.Launches launches, ScheduledJob... jobs) {
        return node(dataSource, launches, queue(dataSource, TIME, 0, List.of(jobs)));
    }

    private Scheduler node(DataSource dataSource, TickRun.Launches launches, TickQueue queue) {
        var database = new LedgerDatabase(dataSource);
        var recoveries = new Recoveries(
                new RecoveryRows(database, TIME),
                alerts(database, TIME),
                job -> !job.equals("unknown"),
                new ScheduleProperties.Recovery(3, Duration.ofSeconds(30)));
        var run = new TickRun(launches, rows(database, TIME), ends(database, TIME));
        return new Scheduler(queue, run, recoveries, runs::restart, workers);
    }

    List<String> alerts() {
        return jdbc.sql("SELECT KIND, JOB_NAME, MESSAGE FROM SLUICE_ALERT ORDER BY ID")
                .query((row, number) -> "%s %s: %s".formatted(row.getString(1), row.getString(2), row.getString(3)))
                .list();
    }

    /** Every tick of a job with its state and the first word of the reason, such as {@code 03:00 MISSED seen}. */
    List<String> ticks(String job) {
        return jdbc.sql("SELECT TICK, STATE, REASON FROM SLUICE_TICK WHERE JOB_NAME = ? ORDER BY TICK")
                .param(job)
                .query((row, number) -> {
                    String reason = row.getString("REASON");
                    String time = row.getObject("TICK", OffsetDateTime.class)
                            .toInstant()
                            .toString()
                            .substring(11, 16);
                    return "%s %s%s".formatted(time, row.getString("STATE"), reason == null ? "" : ": " + reason);
                })
                .list();
    }

    Map<String, Long> states() {
        return jdbc.sql("SELECT STATE FROM SLUICE_TICK").query(String.class).list().stream()
                .collect(Collectors.groupingBy(state -> state, Collectors.counting()));
    }

    @Override
    public void close() {
        workers.shutdownNow();
        pool.close();
    }
}
