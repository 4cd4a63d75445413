package dev.sluice.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.LocalSettings;
import dev.sluice.local.fault.Fault;
import dev.sluice.local.fault.FaultPlan;
import dev.sluice.local.fault.FaultRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A node of {@code serve} that gets SIGTERM in the middle of a run, and another node that resumes the run. */
class ServeProcessTests {

    private static final int ROWS = 4_000;
    private static final int SLOW_CALLS = 40;

    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration BEYOND_THE_GRACE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    /** It takes seconds in which it could complete: the first units are slow, and the signal comes after one of them. */
    @Test
    void endsItsChunkHandsItsRunOnAndEndsInOrder() throws Exception {
        Set<Integer> first = IntStream.rangeClosed(1, SLOW_CALLS).boxed().collect(Collectors.toSet());

        List<String> statuses = terminated("30s", slow(first, SHORT), "\nended\n");

        assertThat(statuses).containsExactly("STOPPED", "COMPLETED");
    }

    /** Its second unit takes longer than the node may: it lets go of the run, as if it had died. */
    @Test
    @Tag("sweep")
    void letsGoOfARunThatOutlastsTheGrace() throws Exception {
        List<String> statuses = terminated(
                "2s",
                slow(Set.of(3), BEYOND_THE_GRACE),
                "\nended; runs that did not come to an end are resumed by other");

        assertThat(statuses).hasSize(2).last().isEqualTo("COMPLETED");
    }

    /** @return the statuses of the instance's runs */
    private List<String> terminated(String grace, FaultPlan faults, String lastWords) throws Exception {
        Path checkout = ScheduledNodes.checkout(
                folder.resolve("checkout"),
                IntStream.range(0, ROWS).mapToObj(ScheduledNodes::row).toList(),
                """
                cron: "*/2 * * * * *"
                overlap: forbid
                parameters: {table: org_audit_logs, source: rows.ndjson, org: acme_corp, unitSize: 16KB}
                """);
        LocalSettings settings = LocalSettings.defaults().withFaults(faults);
        try (var bigQuery = ScheduledNodes.bigQuery(folder.resolve("bigquery"), settings)) {
            Map<String, String> where = ScheduledNodes.onPostgres(bigQuery);
            where.put("SLUICE_SCHEDULE_SHUTDOWNGRACE", grace);
            var home = new KillableHome(folder.resolve("home"), checkout, where);
            Path output = folder.resolve("serve");
            Process node = home.begin(output, List.of("serve", "--port", "0"));
            awaitFirstChunk(node, output, home.repository());

            KillableHome.signal(node, "TERM");

            assertThat(KillableHome.end(node)).as(Files.readString(output)).isZero();
            assertThat(Files.readString(output))
                    .contains("ending: nothing more is started")
                    .contains(lastWords);
            requireLetGo(home.repository());
            return resumed(home);
        }
    }

    private static FaultPlan slow(Set<Integer> uploads, Duration each) {
        var target = new FaultRule.Target("upload", "", "", Pattern.compile(""));
        var rule = new FaultRule(target, new FaultRule.Window(null, null), uploads, 1, 1, new Fault.Stall(each));
        return new FaultPlan(List.of(rule), 0, Clock.systemUTC());
    }

    private static void awaitFirstChunk(Process node, Path output, JdbcClient repository) throws Exception {
        for (int i = 0; !Files.readString(output).contains("serving 1 schedule;"); i++) {
            assertThat(i).as("looks at a node that does not serve").isLessThan(600);
            assertThat(node.waitFor(100, TimeUnit.MILLISECONDS))
                    .as(Files.readString(output))
                    .isFalse();
        }
        var never = new CountDownLatch(1);
        for (int i = 0;
                count(repository, "BATCH_STEP_EXECUTION WHERE STEP_NAME = 'stageRows' AND WRITE_COUNT > 0") == 0;
                i++) {
            assertThat(i).as("looks at a run that does not get on").isLessThan(600);
            never.await(100, TimeUnit.MILLISECONDS);
        }
    }

    private static void requireLetGo(JdbcClient repository) {
        assertThat(count(repository, "SLUICE_LEASE WHERE NOT RELEASED")).isZero();
        assertThat(count(repository, "SLUICE_RECEIPT"))
                .as("it did not complete")
                .isZero();
        assertThat(repository
                        .sql("SELECT STATE FROM SLUICE_RECOVERY")
                        .query(String.class)
                        .list())
                .containsExactly("HANDED_ON");
        assertThat(repository
                        .sql("SELECT REASON FROM SLUICE_ACTION WHERE VERB = 'stop'")
                        .query(String.class)
                        .list())
                .containsExactly("its node ends; another one resumes it");
    }

    private List<String> resumed(KillableHome home) throws Exception {
        Path output = folder.resolve("tick");
        assertThat(KillableHome.end(home.begin(output, List.of("tick"))))
                .as(Files.readString(output))
                .isZero();
        JdbcClient repository = home.repository();
        assertThat(repository
                        .sql("SELECT ROWS_INSERTED FROM SLUICE_RECEIPT")
                        .query(Integer.class)
                        .list())
                .containsExactly(ROWS);
        assertThat(count(repository, "SLUICE_LEASE WHERE NOT RELEASED")).isZero();
        assertThat(count(repository, "SLUICE_RECOVERY")).isZero();
        return repository
                .sql("SELECT STATUS FROM BATCH_JOB_EXECUTION WHERE JOB_INSTANCE_ID ="
                        + " (SELECT JOB_INSTANCE_ID FROM BATCH_JOB_EXECUTION WHERE JOB_EXECUTION_ID = 1)"
                        + " ORDER BY JOB_EXECUTION_ID")
                .query(String.class)
                .list();
    }

    private static int count(JdbcClient repository, String rows) {
        return repository
                .sql("SELECT COUNT(*) FROM " + rows)
                .query(Integer.class)
                .single();
    }
}
