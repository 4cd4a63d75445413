package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.home.EndpointFile;
import dev.sluice.home.HomeEndpoint;
import dev.sluice.home.HomeFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** The commands of the scheduler, in a checkout whose bulk insert has a schedule; one home server for all tests. */
class ScheduleCommandTests {

    private static final String ROW = "{\"audit_id\":\"s1\",\"org_slug\":\"acme_corp\",\"action\":\"READ\","
            + "\"resource_type\":\"KEY\",\"status\":\"SUCCESS\",\"created_at\":\"2026-01-01T00:00:00Z\"}";
    private static final Pattern ADDRESS = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)/metrics");

    @TempDir
    static Path folder;

    private record Answer(int code, String out, String err) {}

    @BeforeAll
    static void layOut() throws IOException {
        Path jobs = Files.createDirectories(folder.resolve("checkout/jobs/bulk-insert"));
        Files.copy(Path.of("jobs/job.schema.json"), jobs.resolveSibling("job.schema.json"));
        Files.createSymbolicLink(folder.resolve("checkout/sql"), Path.of("sql").toAbsolutePath());
        Files.writeString(folder.resolve("checkout/rows.ndjson"), ROW + "\n");
        Files.writeString(
                jobs.resolve("bulk-insert.yaml"), Files.readString(Path.of("jobs/bulk-insert/bulk-insert.yaml")) + """
                        schedule:
                          cron: "* * * * * *"
                          misfire: run-all
                          overlap: queue
                          parameters: {table: org_audit_logs, source: rows.ndjson, org: acme_corp}
                        """);
        System.setProperty("sluice.root", folder.resolve("checkout").toString());
    }

    @AfterAll
    static void endServer() {
        System.clearProperty("sluice.root");
        new EndpointFile(HomeFolder.open(home()))
                .read()
                .flatMap(server -> ProcessHandle.of(server.pid()))
                .ifPresent(server -> {
                    server.destroy();
                    server.onExit().orTimeout(30, TimeUnit.SECONDS).join();
                });
    }

    @Test
    void startsWhatIsDueOnceAndTellsWhatBecameOfEveryTick() {
        assertThat(sluice("tick").code()).as("the schedule counts from now on").isZero();
        pretendThatNobodyCameFor(5);

        Answer tick = sluice("tick", "--json");

        assertThat(tick.code()).as(tick.err()).isZero();
        assertThat(JsonMapper.shared().readTree(tick.out()).get("started").asInt())
                .isGreaterThan(3);
        List<String> states = JsonMapper.shared()
                .readTree(sluice("ticks", "--json", "--limit", "1000").out())
                .findValuesAsString("state");
        assertThat(states).containsOnlyOnce("LAUNCHED").contains("SKIPPED").doesNotContain("DUE", "CLAIMED");
        assertThat(sluice("ticks", "--state", "skipped").out()).contains("belongs to run");
        assertThat(sluice("ticks", "--job", "nobody").out()).contains("no ticks");
        assertThat(sluice("runs", "--json").out()).contains("\"tick\" :");
    }

    @Test
    void servesUntilItIsTold() throws Exception {
        var ready = new CountDownLatch(1);
        var out = new StringWriter() {
            @Override
            public void write(String text, int offset, int length) {
                super.write(text, offset, length);
                if (toString().contains("/metrics")) {
                    ready.countDown();
                }
            }
        };
        var serve = new FutureTask<>(() -> sluice(out, "serve", "--port", "0"));
        var thread = new Thread(serve);
        thread.start();
        assertThat(ready.await(180, TimeUnit.SECONDS)).isTrue();
        Matcher address = ADDRESS.matcher(out.toString());
        assertThat(address.find()).isTrue();

        assertThat(get(address.group(1) + "/health")).isEqualTo("200 {\"status\":\"UP\"}\n");
        assertThat(get(address.group(1) + "/metrics"))
                .contains(
                        "sluice_schedule_runs",
                        "sluice_bigquery_pool_open",
                        "sluice_bigquery_gate_admitted",
                        "sluice_bigquery_gate_waiting");
        assertThat(get(address.group(1) + "/")).startsWith("404");
        thread.interrupt();

        assertThat(serve.get(60, TimeUnit.SECONDS).code()).isZero();
        assertThat(out.toString()).contains("serving 1 schedule;").contains("ended");
    }

    @Test
    void saysWhyItCannotServe() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Answer answer = sluice("serve", "--port", String.valueOf(taken.getLocalPort()));
            assertThat(answer.code()).isEqualTo(2);
            assertThat(answer.err()).contains("--port");
        }
        Path bad = folder.resolve("checkout/jobs/bulk-insert/never.yaml");
        Files.writeString(bad, """
                name: never
                description: has a day that is not there
                owner: tests
                tier: BATCH
                jobTimeout: 1m
                parameters: []
                schedule: {cron: "0 0 0 31 2 *"}
                """);
        try {
            for (String command : List.of("serve", "tick")) {
                Answer answer = sluice(command);
                assertThat(answer.code()).as(command).isEqualTo(2);
                assertThat(answer.err()).contains("never.yaml:7:").contains("never fires");
            }
        } finally {
            Files.delete(bad);
        }
    }

    private static void pretendThatNobodyCameFor(int seconds) {
        HomeEndpoint endpoint = new EndpointFile(HomeFolder.open(home())).read().orElseThrow();
        var repository = JdbcClient.create(new DriverManagerDataSource(endpoint.jdbcUrl(), "sluice", endpoint.token()));
        String then = "CURRENT_TIMESTAMP - INTERVAL '%d' SECOND".formatted(seconds);
        repository
                .sql("DELETE FROM SLUICE_TICK WHERE STATE <> 'LAUNCHED' AND TICK >= " + then)
                .update();
        repository.sql("UPDATE SLUICE_SCHEDULE SET PLANNED_UNTIL = " + then).update();
    }

    private static String get(String address) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    private static Path home() {
        return folder.resolve("home");
    }

    private static Answer sluice(String... words) {
        return sluice(new StringWriter(), words);
    }

    private static Answer sluice(StringWriter out, String... words) {
        var err = new StringWriter();
        CommandLine line = Sluice.commandLine(Clock.systemUTC());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--home", home().toString()));
        int code = line.execute(all.toArray(String[]::new));
        return new Answer(code, out.toString(), err.toString());
    }
}
