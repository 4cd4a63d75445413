package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.home.EndpointFile;
import dev.sluice.home.HomeFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people and programs get for right and wrong words; one home server for all tests. */
class CommandLineTests {

    private static final String ROW = "{\"audit_id\":\"%s\",\"org_slug\":\"acme_corp\",\"action\":\"READ\","
            + "\"resource_type\":\"KEY\",\"status\":\"SUCCESS\",\"created_at\":\"2026-01-01T00:00:00Z\"}";
    private static final String SECRET = "hunter2";

    @TempDir
    static Path folder;

    /** What a command leaves behind. */
    private record Answer(int code, String out, String err) {
        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }
    }

    @AfterAll
    static void endServer() {
        new EndpointFile(HomeFolder.open(home()))
                .read()
                .flatMap(server -> ProcessHandle.of(server.pid()))
                .ifPresent(server -> {
                    server.destroy();
                    server.onExit().orTimeout(30, TimeUnit.SECONDS).join();
                });
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
        all.add("--home");
        all.add(home().toString());
        int code = line.execute(all.toArray(String[]::new));
        assertThat(err.toString()).doesNotContain("\tat ").doesNotContain(SECRET);
        return new Answer(code, out.toString(), err.toString());
    }

    private static Answer insert(Path source, String... more) {
        List<String> words = new ArrayList<>(
                List.of("start", "bulk-insert", "table=org_audit_logs", "source=" + source, "org=acme_corp"));
        words.addAll(List.of(more));
        return sluice(words.toArray(String[]::new));
    }

    private static Path rows(String name, String... ids) throws IOException {
        List<String> lines = List.of(ids).stream().map(ROW::formatted).toList();
        return Files.write(folder.resolve(name + ".ndjson"), lines);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jobs",
                "start",
                "stop",
                "restart",
                "recover",
                "abandon",
                "rerun",
                "plan",
                "plan restart",
                "redrive",
                "serve",
                "tick",
                "ticks",
                "runs",
                "show",
                "doctor",
                "local"
            })
    void helpsWithExamples(String command) {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.add("--help");
        Answer answer = sluice(words.toArray(String[]::new));

        assertThat(answer.code()).isZero();
        assertThat(answer.out()).contains("Examples:").contains("sluice " + command);
    }

    @Test
    void listsJobsWithTheirParameters() {
        assertThat(sluice("jobs").out()).contains("bulk-insert");
        JsonNode jobs = sluice("jobs", "--json").json();
        assertThat(jobs.get(0).get("name").asString()).isEqualTo("bulk-insert");
        assertThat(jobs.get(0).get("parameters").findValuesAsString("name")).contains("table", "source", "org");
    }

    @Test
    void loadsMendedRejectsAsARunOfTheirOwn() throws IOException {
        Path source = Files.write(
                folder.resolve("mend.ndjson"), List.of(ROW.formatted("good"), "{broken", ROW.formatted("fine")));
        JsonNode first = insert(source, "maxRejects=1", "--json").json();
        String run = first.get("run").asString();
        Path rejects = Path.of(first.get("rejectFile").asString());

        assertThat(sluice("redrive", run).code()).as("nothing was mended").isEqualTo(1);
        Files.writeString(rejects, ROW.formatted("mended") + "\n");
        Answer redriven = sluice("redrive", run, "--json");

        assertThat(redriven.code()).as(redriven.err()).isZero();
        assertThat(redriven.json().get("rowsInserted").asLong()).isOne();
        assertThat(redriven.json().get("parameters").get("redriveOf").asString())
                .isEqualTo(run);
        assertThat(redriven.json().get("instance").asLong())
                .isNotEqualTo(first.get("instance").asLong());
        assertThat(sluice("redrive", run).code()).as("given twice").isEqualTo(3);
    }

    @Test
    void putsTheHeaderAboveMendedRowsOfCsv() throws IOException {
        Path csv = Path.of("jobs/bulk-insert/saas_subscription_plans.csv").toAbsolutePath();
        Path source = folder.resolve("plans.csv");
        List<String> lines = Files.readAllLines(csv);
        Files.write(source, List.of(lines.get(0), lines.get(1), lines.get(2).replace(",1,", ",one,")));
        JsonNode first = sluice(
                        "start",
                        "bulk-insert",
                        "table=saas_subscription_plans",
                        "source=" + source,
                        "org=mended_org",
                        "mode=replace-scope",
                        "scope=provider:chatgpt",
                        "maxRejects=1",
                        "--json")
                .json();
        Files.writeString(Path.of(first.get("rejectFile").asString()), lines.get(2) + "\n");
        Answer redriven = sluice("redrive", first.get("run").asString(), "--json");

        assertThat(redriven.code()).as(redriven.err()).isZero();
        assertThat(redriven.json().get("rowsInserted").asLong()).isOne();
        assertThat(redriven.json().get("rowsDeleted").asLong()).isZero();
    }

    @Test
    void redrivesOnlyWhatACompletedRunSetAside() throws IOException {
        Path bad = Files.write(folder.resolve("beyond-repair.ndjson"), List.of("{broken"));
        JsonNode failed = insert(bad, "--json").json();
        Answer refused = sluice("redrive", failed.get("run").asString());
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("is FAILED", "restart");

        JsonNode clean = insert(rows("clean", "clean"), "--json").json();
        assertThat(sluice("redrive", clean.get("run").asString()).err()).contains("set no rows aside");
        assertThat(sluice("redrive", "999").err()).contains("there is no run 999");
    }

    @Test
    void namesTheRunThatPublishedAndNotTheOneThatFailedBefore() throws IOException {
        Path source = Files.write(folder.resolve("late.ndjson"), List.of(ROW.formatted("late"), "{broken"));
        assertThat(insert(source, "maxRejects=0").code()).isEqualTo(1);
        Answer completed = insert(source, "maxRejects=1", "--json");
        assertThat(completed.code()).as(completed.err()).isZero();

        Answer again = insert(source, "maxRejects=1");

        assertThat(again.code()).isEqualTo(3);
        assertThat(again.err())
                .contains(
                        "run %s published".formatted(completed.json().get("run").asString()));
    }

    @Test
    void refusesAStatusThatDoesNotExist() {
        Answer answer = sluice("runs", "--status", "NOPE");

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).contains("NOPE", "COMPLETED", "FAILED");
        assertThat(sluice("runs", "--status", "completed").code()).isZero();
    }

    @Test
    void suggestsWhatWasMeant() {
        Answer command = sluice("strat", "bulk-insert");
        assertThat(command.code()).isEqualTo(2);
        assertThat(command.err()).contains("start");

        Answer job = sluice("start", "bulk-insret", "table=org_audit_logs");
        assertThat(job.code()).isEqualTo(2);
        assertThat(job.err()).contains("bulk-insret").contains("did you mean 'bulk-insert'");

        Answer parameter = sluice("start", "bulk-insert", "tabel=org_audit_logs", "source=x");
        assertThat(parameter.code()).isEqualTo(2);
        assertThat(parameter.err()).contains("did you mean 'table'");
    }

    @Test
    void reportsEveryFaultOfTheInputAtOnceAndLeavesNoInstance() {
        Answer answer = sluice(
                "start", "bulk-insert", "table=org_audit_log", "source=" + folder.resolve("none.ndjson"), "org=acme");

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).contains("did you mean 'org_audit_logs'").contains("none.ndjson");
        assertThat(sluice("runs", "--json").out()).doesNotContain("none.ndjson");
    }

    @Test
    void refusesAFolderAsSourceAndABadOrganization() throws IOException {
        assertThat(insert(folder).code()).isEqualTo(2);

        Answer org =
                sluice("start", "bulk-insert", "table=org_audit_logs", "source=" + rows("org", "o1"), "org=Acme Corp");
        assertThat(org.code()).isEqualTo(2);
        assertThat(org.err()).contains("org");
    }

    @Test
    void asksForTheFormatThatAnEndingDoesNotTell() throws IOException {
        Path source = Files.move(rows("ending", "e1"), folder.resolve("ending.txt"));

        Answer unknown = insert(source);
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("ending.txt").contains("format=ndjson");
        assertThat(insert(source, "format=ndjson").code()).isZero();
    }

    @Test
    void printsTheReceiptOfACompletedRunAndItsShape() throws IOException {
        Answer answer = insert(rows("complete", "c1", "c2"), "--json");

        assertThat(answer.code()).as(answer.err()).isZero();
        JsonNode run = answer.json();
        assertThat(run.propertyNames())
                .contains(
                        "run",
                        "job",
                        "instance",
                        "status",
                        "exitCode",
                        "parameters",
                        "started",
                        "ended",
                        "rowsRead",
                        "rowsRejected",
                        "rowsStaged",
                        "rowsInserted",
                        "rowsUpdated",
                        "rowsUnchanged",
                        "steps",
                        "bigQueryJobs",
                        "rejectFile");
        assertThat(run.get("bigQueryJobs").get(0).propertyNames())
                .contains(
                        "id",
                        "type",
                        "state",
                        "attempt",
                        "bytesProcessed",
                        "bytesBilled",
                        "slotMillis",
                        "rows",
                        "costUsd");
        assertThat(run.get("rowsInserted").asInt()).isEqualTo(2);
        JsonNode published = run.get("bigQueryJobs").get(run.get("bigQueryJobs").size() - 1);
        assertThat(published.get("type").asString()).isEqualTo("query");
        assertThat(published.get("rows").asInt()).isEqualTo(2);
        String number = run.get("run").asString();
        assertThat(sluice("show", number, "--json").json()).isEqualTo(run);
        assertThat(sluice("show", number).out()).contains("COMPLETED").contains("org_audit_logs");
        assertThat(sluice("runs", "--json").json().findValuesAsString("run")).contains(number);

        Answer again = sluice("restart", number);
        assertThat(again.code()).isEqualTo(3);
        assertThat(again.err()).contains("run %s published this source already".formatted(number));
        Answer recovered = sluice("recover", number);
        assertThat(recovered.code()).isEqualTo(2);
        assertThat(recovered.err()).contains("has ended");
    }

    @Test
    void listsTheBigQueryJobsOfARunThatIsOver() throws IOException {
        String run = insert(rows("observed", "q1"), "--json").json().get("run").asString();

        JsonNode all = sluice("queries", "--run", run, "--json").json();
        assertThat(all.findValuesAsString("operation"))
                .containsExactlyInAnyOrder("bulk-insert/stageRows", "bulk-insert/publish.sql");
        assertThat(all.findValuesAsString("org")).containsOnly("acme_corp");
        JsonNode read = sluice("queries", "--operation", "bulk-insert/count-staged", "--json", "--by", "billed")
                .json()
                .get(0);
        assertThat(read.get("tier").asString()).isEqualTo("BATCH");
        // a count of all rows reads no column
        assertThat(read.get("bytesBilled").asLong()).isZero();
        assertThat(sluice("queries", "--severity", "alert").out()).contains("no BigQuery jobs");
        assertThat(sluice("queries", "--since", "1h", "--limit", "1").out()).contains("OPERATION", "DONE");
    }

    @Test
    void saysWhatItCannotListQueriesBy() {
        Answer by = sluice("queries", "--by", "beauty");
        assertThat(by.code()).isEqualTo(2);
        assertThat(by.err()).contains("ELAPSED").contains("BILLED");
        Answer since = sluice("queries", "--since", "yesterday");
        assertThat(since.code()).isEqualTo(2);
        assertThat(since.err()).contains("24h");
    }

    @Test
    void answersThreeForWhatIsAlreadyThere() throws IOException {
        Path source = rows("once", "t1");
        assertThat(insert(source).code()).isZero();

        Answer again = insert(source);
        assertThat(again.code()).isEqualTo(3);
        assertThat(again.err()).contains("run ").contains("already");

        Answer copy = insert(Files.copy(source, folder.resolve("copy.ndjson")));
        assertThat(copy.code()).isEqualTo(3);
        assertThat(copy.err()).contains("run ").contains("batch");

        Files.writeString(source, ROW.formatted("t2"));
        Answer changed = insert(source);
        assertThat(changed.code()).isEqualTo(3);
        assertThat(changed.err()).contains("changed");
    }

    @Test
    void failsOnABadRowWithoutSayingWhatIsInItThenRefusesAChangedSource() throws IOException {
        Path source = rows("bad", "b1");
        Files.writeString(source, Files.readString(source) + "{\"audit_id\":\"" + SECRET + "\"}\n");

        Answer failed = insert(source);
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("2").contains("rejects");

        Files.writeString(source, ROW.formatted("b2"));
        Answer refused = insert(source);
        assertThat(refused.code()).isEqualTo(7);
        assertThat(refused.err()).contains("changed").contains("batch");
        assertThat(insert(source, "batch=repaired").code()).isZero();
    }

    @Test
    void answersFourWhileARunLivesStopsItTellsWhatARestartWouldDoAndResumesIt() throws Exception {
        Path source = Files.write(
                folder.resolve("stopped.ndjson"),
                IntStream.range(0, 20_000).mapToObj(i -> ROW.formatted("s" + i)).toList());
        var out = new StringWriter();
        var first = CompletableFuture.supplyAsync(() -> sluice(
                out,
                "start",
                "bulk-insert",
                "table=org_audit_logs",
                "source=" + source,
                "org=acme_corp",
                "unitSize=16KB"));
        String run = announced(first, out);
        awaitStaged(run);

        Answer second = insert(source, "unitSize=16KB");
        assertThat(second.code()).as(second.err()).isEqualTo(4);
        assertThat(second.err()).contains("run %s is alive".formatted(run), "owns it");

        Answer stop = sluice("stop", run, "--wait", "2m", "--reason", "the wrong day");

        assertThat(stop.code()).as(stop.err()).isZero();
        assertThat(stop.err()).contains("asked process ", "is stopped; 'restart " + run);
        assertThat(first.get(120, TimeUnit.SECONDS).code()).isEqualTo(5);
        JsonNode shown = sluice("show", run, "--json").json();
        assertThat(shown.get("status").asString()).isEqualTo("STOPPED");
        assertThat(shown.get("actions").get(0).get("why").asString()).isEqualTo("the wrong day");
        JsonNode plan = sluice("plan", "restart", run, "--json").json();
        assertThat(plan.get("steps").findValuesAsString("plan")).startsWith("skip", "skip", "continue", "run");
        assertThat(plan.get("bigQueryJobs").findValuesAsString("plan"))
                .contains("keep")
                .isSubsetOf("keep", "adopt", "await", "send again", "send anew");
        assertThat(sluice("plan", "restart", run).out()).contains("stageRows", "continue");

        Answer resumed = insert(source, "unitSize=8MB", "--json");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.json().get("rowsInserted").asInt()).isEqualTo(20_000);
    }

    private static void awaitStaged(String run) throws InterruptedException {
        var never = new CountDownLatch(1);
        for (int i = 0; i < 600; i++) {
            for (JsonNode step : sluice("show", run, "--json").json().get("steps")) {
                if (step.get("name").asString().equals("stageRows")
                        && step.get("written").asInt() > 0) {
                    return;
                }
            }
            never.await(100, TimeUnit.MILLISECONDS);
        }
    }

    private static String announced(CompletableFuture<Answer> started, StringWriter out) throws InterruptedException {
        var never = new CountDownLatch(1);
        for (int i = 0; i < 1_200 && !started.isDone() && !out.toString().contains(" started: "); i++) {
            never.await(100, TimeUnit.MILLISECONDS);
        }
        assertThat(out.toString()).as("%s", started).contains(" started: ");
        return out.toString().split(" ")[1];
    }

    @Test
    void doesFinishedWorkAnewForAReasonOnly() throws IOException {
        Path source = rows("rerun", "r1");
        String run = insert(source, "--json").json().get("run").asString();
        assertThat(sluice("restart", run).err()).contains("'rerun " + run + " --reason");
        Answer silent = sluice("rerun", run);
        assertThat(silent.code()).isEqualTo(2);
        assertThat(silent.err()).contains("--reason");

        Answer anew = sluice("rerun", run, "--reason", "restored from a backup", "--json");

        assertThat(anew.code()).as(anew.err()).isZero();
        assertThat(anew.json().get("rowsInserted").asInt()).isOne();
        assertThat(anew.json().get("generation").asInt()).isEqualTo(2);
        assertThat(sluice("show", run).out()).contains("rerun by ", "because: restored from a backup");
        assertThat(insert(source).code()).isEqualTo(3);
        assertThat(sluice("abandon", run).code()).isEqualTo(3);
        assertThat(sluice("stop", run, "--wait", "soon").code()).isEqualTo(2);
    }

    @Test
    void takesValuesAsTheyAreAndNoSecrets() throws IOException {
        Path source = rows("values", "v1");
        String label = "a=b, c;\"d\" ü 漢字 @x";
        JsonNode run = insert(source, "batch=" + label, "--json").json();
        assertThat(run.get("parameters").get("batch").asString()).isEqualTo(label);
        assertThat(sluice("restart", run.get("run").asString()).code()).isEqualTo(3);

        Answer secret = insert(source, "batch=password=" + SECRET);
        assertThat(secret.code()).isEqualTo(2);
        assertThat(secret.err()).contains("'batch' looks like it holds a secret");
    }

    @Test
    void answersTwoForARunThatIsNotThere() {
        for (String command : List.of("show", "stop", "restart", "recover", "abandon", "plan restart", "rerun")) {
            List<String> words = new ArrayList<>(List.of(command.split(" ")));
            words.add("99999");
            words.addAll(command.equals("rerun") ? List.of("--reason", "why not") : List.of());
            Answer answer = sluice(words.toArray(String[]::new));
            assertThat(answer.code()).as(command).isEqualTo(2);
            assertThat(answer.err()).contains("99999");
        }
        assertThat(sluice("show", "seven").code()).isEqualTo(2);
        assertThat(sluice().code()).isEqualTo(2);
    }

    @Test
    void namesTheLineOfABadJobFileAndWhatIsAllowed() throws IOException {
        Path jobs = Files.createDirectories(folder.resolve("checkout/jobs/bulk-insert"));
        Files.copy(Path.of("jobs/job.schema.json"), jobs.resolveSibling("job.schema.json"));
        String good = Files.readString(Path.of("jobs/bulk-insert/bulk-insert.yaml"));
        Files.writeString(jobs.resolve("bulk-insert.yaml"), "ownr: me\n" + good);
        System.setProperty("sluice.root", folder.resolve("checkout").toString());
        try {
            Answer answer = sluice("jobs");
            assertThat(answer.code()).isEqualTo(2);
            assertThat(answer.err())
                    .contains("bulk-insert.yaml:1:")
                    .contains("ownr")
                    .contains("allowed: ");
        } finally {
            System.clearProperty("sluice.root");
        }
    }

    @Test
    void answersEightInTimeWithoutARepository() throws IOException {
        withRepository("jdbc:h2:tcp://127.0.0.1:1/none", () -> {
            requireEight("runs");
            requireEight("restart", "1");
        });
        // the kernel accepts what nobody answers
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            withRepository("jdbc:postgresql://127.0.0.1:%d/none".formatted(silent.getLocalPort()), () -> {
                requireEight("runs");
                requireEight("tick");
                requireEight("start", "bulk-insert", "table=org_audit_logs", "source=none.csv", "org=acme_corp");
            });
        }
    }

    private static void requireEight(String... words) {
        long began = System.nanoTime();
        Answer answer = sluice(words);
        assertThat(answer.code()).as("%s: %s", List.of(words), answer.err()).isEqualTo(8);
        assertThat(answer.err()).contains("doctor");
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as("the wait of %s, with limits of 1 s and the start of a context", List.of(words))
                .isLessThan(Duration.ofSeconds(60));
    }

    private static void withRepository(String url, Runnable work) {
        Map<String, String> settings = Map.of(
                "sluice.google.project-id", "nowhere",
                "spring.datasource.url", url,
                "spring.datasource.hikari.connection-timeout", "1000",
                "spring.datasource.hikari.initialization-fail-timeout", "200",
                "sluice.bigquery.endpoint", "http://127.0.0.1:1",
                "sluice.bigquery.token", "unused");
        settings.forEach(System::setProperty);
        try {
            work.run();
        } finally {
            settings.keySet().forEach(System::clearProperty);
        }
    }

    @Test
    void findsNothingWrongWithAHealthyHome() {
        Answer answer = sluice("doctor");

        assertThat(answer.code()).as(answer.out()).isZero();
        assertThat(sluice("doctor", "--json").json().isArray()).isTrue();
    }
}
