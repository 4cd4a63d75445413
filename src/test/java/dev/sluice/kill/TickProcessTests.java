package dev.sluice.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.kill.Worker.Command;
import dev.sluice.local.LocalSettings;
import dev.sluice.sweep.Shard;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An external cron whose {@code tick} processes meet, are killed and pause: no tick is missing, and each has one outcome and
 * one completed run.
 */
class TickProcessTests {

    private static final int ROUNDS = 8;
    private static final int PROCESSES = 3;
    /** Rounds whose victim had ended before it was its turn. */
    private static final int MOST_REPEATED = 3;

    /** Several claims, since those of who was killed have to end first. */
    private static final Duration MOST_REST = Duration.ofMinutes(1);

    private static final Duration CRON = Duration.ofSeconds(10);
    private static final long BEYOND_CLAIM_AND_LEASE_MILLIS = 12_000;

    @TempDir
    Path folder;

    @Test
    @Tag("sweep")
    void everyTickHasOneOutcomeWhoeverIsKilledOrPaused() throws Exception {
        assumeTrue(Shard.chosen().covers(1));
        torment(Map.of(), seed(), ROUNDS, PROCESSES);
    }

    @Test
    @Tag("sweep")
    void everyTickHasOneOutcomeOnPostgresWhoeverIsKilledOrPaused() throws Exception {
        assumeTrue(Shard.chosen().covers(2));
        onPostgres(seed(), ROUNDS, PROCESSES);
    }

    /** Every other day; in between a paused owner has its turn. One is killed, and nobody paused. */
    @Test
    void everyTickHasOneOutcomeOnPostgresWhoeverIsKilledToday() throws Exception {
        long day = LocalDate.now(ZoneOffset.UTC).toEpochDay();
        assumeTrue(day % 2 == 1);
        onPostgres(day, 1, 2);
    }

    private static long seed() {
        return Long.getLong("sweep.seed", 1);
    }

    private void onPostgres(long seed, int rounds, int processes) throws Exception {
        try (var bigQuery = ScheduledNodes.bigQuery(folder.resolve("bigquery"), LocalSettings.defaults())) {
            torment(ScheduledNodes.onPostgres(bigQuery), seed, rounds, processes);
        }
    }

    /** Of three or more, one is killed and another one paused in each round; of two, one is killed. */
    private void torment(Map<String, String> where, long seed, int rounds, int processes) throws Exception {
        System.out.printf("tick processes: %d rounds of %d, seed %d%n", rounds, processes, seed);
        var random = new Random(seed);
        Map<String, String> settings = new HashMap<>(where);
        settings.put("SLUICE_SCHEDULE_RECOVERY_BACKOFF", "1s");
        settings.put("SLUICE_SCHEDULE_CLAIM", "10s");
        settings.put("SLUICE_LEASE_TTL", "4s");
        try (var home = new KillableHome(folder.resolve("home"), checkout(), settings);
                var worker = home.worker(folder.resolve("worker"))) {
            Path output = folder.resolve("output");
            Command first = worker.begin(folder.resolve("first"), List.of("tick"));
            assertThat(first.end()).as(first.text()).isZero();
            long calm = calm(home, output, processes);
            int killed = 0;
            int paused = 0;
            for (int round = 0; round < rounds || killed == 0 && round < rounds + MOST_REPEATED; round++) {
                List<Process> ticks = begin(home, output, processes);
                killed += kill(ticks.remove(random.nextInt(ticks.size())), within(calm * 3 / 4, random)) ? 1 : 0;
                if (ticks.size() > 1) {
                    paused += pause(ticks.get(0), random.nextLong(calm / 4)) ? 1 : 0;
                }
                for (Process tick : ticks) {
                    KillableHome.end(tick);
                }
            }
            System.out.printf("tick processes: %d killed, %d paused%n", killed, paused);
            assertThat(killed).as("processes killed before they ended").isPositive();
            assertThat(paused > 0).as("processes paused before they ended").isEqualTo(processes > 2);
            awaitRest(home, worker);
            judge(home.repository());
        }
    }

    private static List<Process> begin(KillableHome home, Path output, int processes) throws IOException {
        List<Process> ticks = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            ticks.add(home.begin(output, List.of("tick")));
        }
        return ticks;
    }

    /** What a round takes that nobody disturbs, in ms: those behind it have more to do. */
    private static long calm(KillableHome home, Path output, int processes) throws Exception {
        long began = System.nanoTime();
        for (Process tick : begin(home, output, processes)) {
            assertThat(KillableHome.end(tick)).isZero();
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    /** Behind the first half, in which a process only loads. */
    private static long within(long calm, Random random) {
        return calm / 2 + random.nextLong(calm / 2 + 1);
    }

    private static boolean kill(Process victim, long moment) throws InterruptedException {
        if (victim.waitFor(moment, TimeUnit.MILLISECONDS)) {
            return false;
        }
        victim.destroyForcibly().waitFor();
        return true;
    }

    /** For so long that others take over what it has. */
    private static boolean pause(Process process, long moment) throws Exception {
        if (process.waitFor(moment, TimeUnit.MILLISECONDS)) {
            return false;
        }
        KillableHome.signal(process, "STOP");
        boolean ended = process.waitFor(BEYOND_CLAIM_AND_LEASE_MILLIS, TimeUnit.MILLISECONDS);
        KillableHome.signal(process, "CONT");
        return !ended;
    }

    private void awaitRest(KillableHome home, Worker worker) throws Exception {
        long began = System.nanoTime();
        for (int pass = 0; System.nanoTime() - began < MOST_REST.toNanos(); pass++) {
            worker.begin(folder.resolve("rest" + pass), List.of("tick")).end();
            if (count(home.repository(), "SLUICE_TICK") > 0
                    && count(home.repository(), "SLUICE_RECOVERY") == 0
                    && count(home.repository(), "SLUICE_TICK WHERE ENDED_AT IS NULL") == 0) {
                return;
            }
        }
    }

    private static void judge(JdbcClient repository) {
        List<String> states = repository
                .sql("SELECT STATE FROM SLUICE_TICK ORDER BY TICK")
                .query(String.class)
                .list();
        System.out.println("tick processes: ticks " + states);
        assertThat(states).isNotEmpty().containsOnly("LAUNCHED");
        List<Instant> ticks = repository
                .sql("SELECT TICK FROM SLUICE_TICK ORDER BY TICK")
                .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .list();
        assertThat(ticks)
                .as("every tick from the first to the last")
                .containsExactlyElementsOf(Stream.iterate(ticks.get(0), tick -> tick.plus(CRON))
                        .limit(ticks.size())
                        .toList());
        assertThat(repository
                        .sql("SELECT P.PARAMETER_VALUE FROM BATCH_JOB_EXECUTION E JOIN BATCH_JOB_EXECUTION_PARAMS P"
                                + " ON P.JOB_EXECUTION_ID = E.JOB_EXECUTION_ID AND P.PARAMETER_NAME = 'tick'"
                                + " WHERE E.STATUS = 'COMPLETED'")
                        .query((row, number) -> Instant.parse(row.getString(1)))
                        .list())
                .as("ticks of completed runs")
                .containsExactlyInAnyOrderElementsOf(ticks);
        assertThat(count(repository, "BATCH_JOB_INSTANCE")).isEqualTo(ticks.size());
        assertThat(count(repository, "SLUICE_LEASE WHERE NOT RELEASED")).isZero();
    }

    private static int count(JdbcClient repository, String rows) {
        return repository
                .sql("SELECT COUNT(*) FROM " + rows)
                .query(Integer.class)
                .single();
    }

    private Path checkout() throws IOException {
        return ScheduledNodes.checkout(folder.resolve("checkout"), List.of(ScheduledNodes.row(1)), """
                cron: "*/10 * * * * *"
                misfire: run-all
                overlap: queue
                parameters: {table: org_audit_logs, source: rows.ndjson, org: acme_corp, mode: merge}
                """);
    }
}
