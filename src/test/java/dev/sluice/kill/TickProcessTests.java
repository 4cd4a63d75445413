package dev.sluice.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.database.PostgresServer;
import dev.sluice.local.LocalBigQuery;
import dev.sluice.local.LocalSettings;
import dev.sluice.sweep.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An external cron whose {@code tick} processes meet and are killed: one outcome per tick, one completed run per outcome. */
class TickProcessTests {

    private static final int ROUNDS = 2;
    private static final int PROCESSES = 3;
    private static final int MOST_PASSES = 10;
    private static final String TOKEN = "ticks";
    private static final String ROW = "{\"audit_id\":\"t1\",\"org_slug\":\"acme_corp\",\"action\":\"READ\","
            + "\"resource_type\":\"KEY\",\"status\":\"SUCCESS\",\"created_at\":\"2026-01-01T00:00:00Z\"}";

    @TempDir
    Path folder;

    @Test
    @Tag("sweep")
    void everyTickHasOneOutcomeWhoeverIsKilled() throws Exception {
        assumeTrue(Shard.chosen().covers(1));
        killAmong(Map.of(), seed(), ROUNDS, PROCESSES);
    }

    @Test
    @Tag("sweep")
    void everyTickHasOneOutcomeOnPostgresWhoeverIsKilled() throws Exception {
        assumeTrue(Shard.chosen().covers(2));
        onPostgres(seed(), ROUNDS, PROCESSES);
    }

    /** Every other day; in between a paused owner has its turn. */
    @Test
    void everyTickHasOneOutcomeOnPostgresWhoeverIsKilledToday() throws Exception {
        long day = LocalDate.now(ZoneOffset.UTC).toEpochDay();
        assumeTrue(day % 2 == 1);
        onPostgres(day, 1, 2);
    }

    private static long seed() {
        return Long.getLong("sweep.seed", 1);
    }

    /** No home server: processes as on several hosts, that have a database and BigQuery in common. */
    private void onPostgres(long seed, int rounds, int processes) throws Exception {
        try (var bigQuery =
                LocalBigQuery.open(folder.resolve("bigquery"), 0, TOKEN, Clock.systemUTC(), LocalSettings.defaults())) {
            killAmong(
                    Map.of(
                            "SPRING_DATASOURCE_URL",
                            PostgresServer.newDatabase(),
                            "SLUICE_GOOGLE_PROJECTID",
                            "sluice-local",
                            "SLUICE_BIGQUERY_ENDPOINT",
                            bigQuery.url(),
                            "SLUICE_BIGQUERY_TOKEN",
                            TOKEN),
                    seed,
                    rounds,
                    processes);
        }
    }

    private void killAmong(Map<String, String> where, long seed, int rounds, int processes) throws Exception {
        System.out.printf("tick processes: %d rounds of %d, one killed in each, seed %d%n", rounds, processes, seed);
        var random = new Random(seed);
        Map<String, String> settings = new HashMap<>(where);
        settings.put("SLUICE_SCHEDULE_RECOVERY_BACKOFF", "1s");
        try (var home = new KillableHome(folder.resolve("home"), checkout(), settings)) {
            Path output = folder.resolve("output");
            assertThat(KillableHome.end(home.begin(output, List.of("tick"))))
                    .as(Files.readString(output))
                    .isZero();
            for (int round = 0; round < rounds; round++) {
                List<Process> ticks = new ArrayList<>();
                for (int i = 0; i < processes; i++) {
                    ticks.add(home.begin(output, List.of("tick")));
                }
                Process victim = ticks.remove(random.nextInt(processes));
                if (!victim.waitFor(random.nextInt(8_000), TimeUnit.MILLISECONDS)) {
                    victim.destroyForcibly().waitFor();
                }
                for (Process tick : ticks) {
                    KillableHome.end(tick);
                }
            }
            awaitRest(home, output);
            judge(home.repository());
        }
    }

    private void awaitRest(KillableHome home, Path output) throws Exception {
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            KillableHome.end(home.begin(output, List.of("tick")));
            if (count(home.repository(), "SELECT COUNT(*) FROM SLUICE_TICK") > 0
                    && count(home.repository(), "SELECT COUNT(*) FROM SLUICE_RECOVERY") == 0
                    && count(home.repository(), "SELECT COUNT(*) FROM SLUICE_TICK WHERE ENDED_AT IS NULL") == 0) {
                return;
            }
        }
    }

    private static void judge(JdbcClient repository) {
        List<String> ticks = repository
                .sql("SELECT STATE, RUN_ID FROM SLUICE_TICK ORDER BY TICK")
                .query((row, number) -> row.getString(1))
                .list();
        System.out.println("tick processes: ticks " + ticks);
        assertThat(ticks).isNotEmpty().containsOnly("LAUNCHED");
        assertThat(repository
                        .sql("SELECT COUNT(*) FROM BATCH_JOB_EXECUTION WHERE STATUS = 'COMPLETED'"
                                + " GROUP BY JOB_INSTANCE_ID")
                        .query(Integer.class)
                        .list())
                .hasSameSizeAs(ticks)
                .containsOnly(1);
        assertThat(count(repository, "SELECT COUNT(*) FROM BATCH_JOB_INSTANCE")).isEqualTo(ticks.size());
        assertThat(count(repository, "SELECT COUNT(*) FROM SLUICE_LEASE WHERE NOT RELEASED"))
                .isZero();
    }

    private static int count(JdbcClient repository, String sql) {
        return repository.sql(sql).query(Integer.class).single();
    }

    private Path checkout() throws IOException {
        Path jobs = Files.createDirectories(folder.resolve("checkout/jobs/bulk-insert"));
        Files.copy(Path.of("jobs/job.schema.json"), jobs.resolveSibling("job.schema.json"));
        Files.createSymbolicLink(folder.resolve("checkout/sql"), Path.of("sql").toAbsolutePath());
        Files.writeString(folder.resolve("checkout/rows.ndjson"), ROW + "\n");
        Files.writeString(
                jobs.resolve("bulk-insert.yaml"), Files.readString(Path.of("jobs/bulk-insert/bulk-insert.yaml")) + """
                        schedule:
                          cron: "*/10 * * * * *"
                          misfire: run-all
                          overlap: queue
                          parameters: {table: org_audit_logs, source: rows.ndjson, org: acme_corp, mode: merge}
                        """);
        return folder.resolve("checkout");
    }
}
