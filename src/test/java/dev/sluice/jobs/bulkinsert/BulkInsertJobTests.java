package dev.sluice.jobs.bulkinsert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.jobs.bulkinsert.BulkInsertFixture.Order;
import dev.sluice.launch.ExitCode;
import dev.sluice.launch.LaunchObserver;
import dev.sluice.launch.LaunchOutcome;
import dev.sluice.runs.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedFixture.class)
class BulkInsertJobTests {

    private static final String AUDIT = "org_audit_logs";
    private static final int WAIT_SECONDS = 60;

    private static BulkInsertFixture fixture;

    private final String org = fixture.newOrg();

    @BeforeAll
    static void share(BulkInsertFixture shared) {
        fixture = shared;
    }

    private String entry(int number) {
        return entry(String.valueOf(number), org);
    }

    private static String entry(String id, String org) {
        return ("{\"audit_id\":\"%s\",\"org_slug\":\"%s\",\"action\":\"READ\",\"resource_type\":\"USER\",\"status\":\"SUCCESS\","
                        + "\"created_at\":\"2026-11-24T08:00:00Z\",\"details\":{\"n\":1}}")
                .formatted(id, org);
    }

    private Path audit(String... lines) throws IOException {
        return fixture.file(org + ".ndjson", String.join("\n", lines) + "\n");
    }

    private List<Object> auditIds() {
        return fixture.rows("organizations", AUDIT).stream()
                .filter(row -> row.get(1).equals(org))
                .map(row -> row.get(0))
                .toList();
    }

    private static void requireReceipt(LaunchOutcome outcome, long read, long rejected) {
        assertThat(outcome.messages()).isEmpty();
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.COMPLETED);
        Run run = fixture.run(outcome);
        long accepted = read - rejected;
        assertThat(List.of(
                        Objects.requireNonNull(run.rowsRead()),
                        Objects.requireNonNull(run.rowsRejected()),
                        Objects.requireNonNull(run.rowsStaged()),
                        Objects.requireNonNull(run.rowsInserted()),
                        Objects.requireNonNull(run.rowsUpdated()),
                        Objects.requireNonNull(run.rowsUnchanged())))
                .containsExactly(read, rejected, accepted, accepted, 0L, 0L);
        for (String staging : fixture.stagingOf(outcome)) {
            String[] parts = staging.split("\\.", -1);
            assertThat(fixture.exists(parts[parts.length - 2], parts[parts.length - 1]))
                    .as("staging table %s", staging)
                    .isFalse();
        }
    }

    private static Path rejectFile(LaunchOutcome outcome) {
        return Path.of(Objects.requireNonNull(fixture.run(outcome).rejectFile()));
    }

    @Test
    void insertsThePricesCatalogue() throws IOException {
        LaunchOutcome outcome = fixture.start(Order.of(
                "llm_model_pricing",
                Path.of("jobs/bulk-insert/llm_model_pricing.csv").toAbsolutePath(),
                org));
        requireReceipt(outcome, 17, 0);
        assertThat(fixture.tenantRows(org, "llm_model_pricing"))
                .hasSize(17)
                .allSatisfy(row -> assertThat(row).hasSize(29));
    }

    @Test
    void insertsThePlansCatalogueForTheOrganizationThatAsked() {
        LaunchOutcome outcome = fixture.start(Order.of(
                "saas_subscription_plans",
                Path.of("jobs/bulk-insert/saas_subscription_plans.csv").toAbsolutePath(),
                org));
        requireReceipt(outcome, 75, 0);
        assertThat(fixture.tenantRows(org, "saas_subscription_plans"))
                .hasSize(75)
                .allSatisfy(row -> assertThat(row).hasSize(27).first().isEqualTo(org));
    }

    @Test
    void insertsEveryRowOnceOverSeveralUnits() throws IOException {
        String[] lines = IntStream.range(0, 100).mapToObj(this::entry).toArray(String[]::new);
        LaunchOutcome outcome = fixture.start(Order.of(AUDIT, audit(lines), org).with("unitSize", "2KB"));
        requireReceipt(outcome, 100, 0);
        assertThat(fixture.run(outcome).bigQueryJobs().stream()
                        .filter(job -> job.type().equals("load")))
                .hasSizeGreaterThan(5)
                .allSatisfy(job -> assertThat(job.attempt()).isOne());
        assertThat(auditIds())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 100).mapToObj(String::valueOf).toList());
    }

    @Test
    void publishesTheRestIfNoMoreRowsAreBadThanAllowed() throws IOException {
        List<String> bad = List.of(
                "{\"audit_id\":",
                entry(2).replace("\"status\"", "\"state\""),
                entry(3).replace("\"audit_id\":\"3\",", ""),
                entry("4", "somebody_else"),
                "[]");
        Path source = audit(entry(1), bad.get(0), bad.get(1), bad.get(2), bad.get(3), bad.get(4), entry(7));
        LaunchOutcome outcome = fixture.start(Order.of(AUDIT, source, org).with("maxRejects", 5));
        requireReceipt(outcome, 7, 5);
        assertThat(auditIds()).containsExactlyInAnyOrder("1", "7");
        assertThat(rejectFile(outcome)).hasContent(String.join("\n", bad));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(rejectFile(outcome))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(rejectFile(outcome).getParent())))
                .isEqualTo("rwx------");
        assertThat(fixture.deadLetters(outcome))
                .containsExactly(
                        "2: broken JSON at column 13",
                        "3: column 'state' is not in the table",
                        "4: column audit_id is REQUIRED and missing",
                        "5: column org_slug: belongs to another organization",
                        "6: not a JSON object");
    }

    @Test
    void publishesNothingIfMoreRowsAreBadThanAllowed() throws IOException {
        Path source = audit(entry(1), "secret content", entry(3), "more of it", entry(5));
        Order order = Order.of(AUDIT, source, org).with("unitSize", "1B");
        LaunchOutcome outcome = fixture.start(order.with("maxRejects", 1));
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(String.join("\n", outcome.messages()))
                .contains("2 rows rejected", "maxRejects is 1", "line 4")
                .doesNotContain("more of it", "secret");
        assertThat(auditIds()).isEmpty();

        LaunchOutcome resumed = fixture.start(order.with("maxRejects", 2));
        requireReceipt(resumed, 5, 2);
        assertThat(rejectFile(resumed)).hasContent("secret content\nmore of it");
        assertThat(fixture.deadLetters(resumed))
                .extracting(letter -> letter.charAt(0))
                .containsExactly('2', '4');
        assertThat(auditIds()).containsExactlyInAnyOrder("1", "3", "5");
    }

    @Test
    void completesAnEmptyFileWithNothing() throws IOException {
        requireReceipt(fixture.start(Order.of(AUDIT, fixture.file(org + "-1.ndjson", ""), org)), 0, 0);
        requireReceipt(fixture.start(Order.of(AUDIT, fixture.file(org + "-2.ndjson", "\n\n"), org)), 0, 0);
        requireReceipt(fixture.start(Order.of(AUDIT, fixture.file(org + "-3.ndjson", ""), org)), 0, 0);
        requireReceipt(fixture.start(Order.of("every_type", fixture.file(org + ".csv", ""), org)), 0, 0);
        requireReceipt(fixture.start(Order.of("every_type", fixture.file(org + "-2.csv", "id,a_string\n"), org)), 0, 0);
        assertThat(auditIds()).isEmpty();
    }

    @Test
    void readsFilesAsOtherSystemsWriteThem() throws IOException {
        String content = "\uFEFF" + entry(1) + "\r\n\r\n" + entry(2) + "\r\n" + entry(3);
        requireReceipt(fixture.start(Order.of(AUDIT, fixture.file(org + ".ndjson", content), org)), 3, 0);
        assertThat(auditIds()).containsExactly("1", "2", "3");

        String csv = "\uFEFFid,a_string\r\n1,\"two\r\nlines\"\r\n\r\n2,\"with \"\"quotes\"\"\"\r\n3,5\" screen\r\n4,ü";
        requireReceipt(fixture.start(Order.of("every_type", fixture.file(org + ".csv", csv), org)), 4, 0);
        assertThat(fixture.tenantRows(org, "every_type"))
                .extracting(row -> row.get(1))
                .containsExactly("two\r\nlines", "with \"quotes\"", "5\" screen", "ü");
    }

    @Test
    void rejectsBytesThatAreNotUtf8InsteadOfReplacingThem() throws IOException {
        byte[] latin = (entry(1) + "\n" + entry("ü", org) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        LaunchOutcome json = fixture.start(
                Order.of(AUDIT, fixture.file(org + ".ndjson", latin), org).with("maxRejects", 1));
        requireReceipt(json, 2, 1);
        assertThat(fixture.deadLetters(json)).containsExactly("2: not UTF-8");

        byte[] csv = "id,a_string\n1,ü\n2,u\n".getBytes(StandardCharsets.ISO_8859_1);
        LaunchOutcome table = fixture.start(
                Order.of("every_type", fixture.file(org + ".csv", csv), org).with("maxRejects", 1));
        requireReceipt(table, 2, 1);
        assertThat(fixture.deadLetters(table)).containsExactly("2: not UTF-8");
    }

    @Test
    void loadsARowThatIsLongerThanAUnit() throws IOException {
        String longEntry = entry("x".repeat(3 << 20), org);
        LaunchOutcome outcome = fixture.start(
                Order.of(AUDIT, audit(entry(1), longEntry, entry(3)), org).with("unitSize", "1KB"));
        requireReceipt(outcome, 3, 0);
        assertThat(auditIds()).extracting(id -> id.toString().length()).containsExactly(1, 3 << 20, 1);
    }

    @Test
    void rejectsRowsThatNameAColumnTwice() throws IOException {
        Path source = audit(
                entry(1).replace("{\"n\":1}", "{\"n\":1,\"n\":2}"),
                entry(2).replace("{\"audit_id\"", "{\"user_id\":null,\"USER_ID\":\"u\",\"audit_id\""),
                entry(3).replace("{\"audit_id\"", "{\"audit_id\":\"3\",\"audit_id\""),
                entry(4));
        LaunchOutcome outcome = fixture.start(Order.of(AUDIT, source, org).with("maxRejects", 3));
        requireReceipt(outcome, 4, 3);
        assertThat(fixture.deadLetters(outcome))
                .containsExactly(
                        "1: column details: a key given twice",
                        "2: column user_id: given twice",
                        "3: column audit_id: given twice");
    }

    @Test
    void setsARowWithAQuoteThatNeverEndsAsideAndLoadsTheRest() throws IOException {
        Path source = fixture.file(org + ".csv", "id,a_string\n1,\"begun\n2,b\n3,c\n");
        LaunchOutcome outcome =
                fixture.start(Order.of("every_type", source, org).with("maxRejects", 1));
        requireReceipt(outcome, 3, 1);
        assertThat(fixture.deadLetters(outcome)).containsExactly("2: a quote that never ends");
        assertThat(rejectFile(outcome)).hasContent("1,\"begun");
        assertThat(fixture.tenantRows(org, "every_type"))
                .extracting(row -> row.get(0))
                .containsExactly("2", "3");
    }

    @Test
    void refusesACsvHeaderWithAllItsFaultsBeforeAnythingHappens() throws IOException {
        Path source = fixture.file(org + ".csv", "a_string,a_string,more\n1,2,3\n");
        LaunchOutcome outcome = fixture.start(Order.of("every_type", source, org));
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(outcome.runId()).isNull();
        assertThat(String.join("\n", outcome.messages()))
                .contains("'a_string' is given twice", "'more' is not in the table", "REQUIRED column 'id' is missing");
    }

    @Test
    void rejectsCsvRowsWithAnotherNumberOfFields() throws IOException {
        Path source = fixture.file(org + ".csv", "id,a_string\n1\n2,b\n3,c,d\n,e\n");
        LaunchOutcome outcome =
                fixture.start(Order.of("every_type", source, org).with("maxRejects", 3));
        requireReceipt(outcome, 4, 3);
        assertThat(fixture.deadLetters(outcome))
                .containsExactly(
                        "2: 1 fields where the header has 2",
                        "4: 3 fields where the header has 2",
                        "5: column id: REQUIRED and NULL");
    }

    @Test
    void appendsTheSameContentOnceUnlessABatchIsNamed() throws IOException {
        LaunchOutcome first = fixture.start(Order.of(AUDIT, audit(entry(1)), org));
        requireReceipt(first, 1, 0);
        Path copy = fixture.file(org + "-copy.ndjson", entry(1) + "\n");
        LaunchOutcome second = fixture.start(Order.of(AUDIT, copy, org));
        assertThat(second.exitCode()).isEqualTo(ExitCode.ALREADY_COMPLETED);
        assertThat(second.messages()).singleElement().asString().contains("run " + first.runId(), "batch=");
        assertThat(auditIds()).containsExactly("1");

        requireReceipt(fixture.start(Order.of(AUDIT, copy, org).with("batch", "again")), 1, 0);
        assertThat(auditIds()).containsExactly("1", "1");
    }

    /** As in a node that serves schedules. */
    @Test
    void keepsRunsApartThatGoOnInOneProcess() throws Exception {
        String other = org + "_other";
        Order mine = Order.of(AUDIT, audits(org, 200), org).with("unitSize", "2KB");
        Order others = Order.of(AUDIT, audits(other, 200), other).with("unitSize", "2KB");
        var together = new CyclicBarrier(2);
        LaunchObserver waiting = (run, job, parameters, resumed) -> {
            try {
                together.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IllegalStateException(e);
            }
        };
        var one = CompletableFuture.supplyAsync(() -> fixture.start(mine, waiting));
        var two = CompletableFuture.supplyAsync(() -> fixture.start(others, waiting));

        requireReceipt(one.get(2, TimeUnit.MINUTES), 200, 0);
        requireReceipt(two.get(2, TimeUnit.MINUTES), 200, 0);
        assertThat(auditIds()).hasSize(200).doesNotHaveDuplicates();
    }

    private static Path audits(String org, int rows) throws IOException {
        return fixture.file(
                org + ".ndjson",
                IntStream.range(0, rows)
                        .mapToObj(row -> entry(org + row, org) + "\n")
                        .collect(Collectors.joining()));
    }

    @Test
    void saysOfAFinishedInstanceWhetherItsSourceHasChanged() throws IOException {
        Order order = Order.of(AUDIT, audit(entry(1)), org);
        LaunchOutcome first = fixture.start(order);
        LaunchOutcome same = fixture.start(order);
        assertThat(same.exitCode()).isEqualTo(ExitCode.ALREADY_COMPLETED);
        assertThat(same.messages()).first().asString().contains("run " + first.runId());
        audit(entry(1), entry(2));
        LaunchOutcome changed = fixture.start(order);
        assertThat(changed.exitCode()).isEqualTo(ExitCode.ALREADY_COMPLETED);
        assertThat(changed.messages()).first().asString().contains("has changed since");
        assertThat(auditIds()).containsExactly("1");
    }

    @Test
    void keepsValuesAtTheEdgesOfTheirTypes() throws IOException {
        Path source =
                fixture.file(org + ".ndjson", String.join("\n", """
                {"id":9223372036854775807,"a_float":"NaN","a_numeric":"99999999999999999999999999999.999999999"}
                {"id":"-9223372036854775808","a_float":-1.5e300,"a_numeric":0.5,"a_bool":true}
                {"id":1,"a_timestamp":"2026-11-24 08:00:00.000001+14:00","a_date":"0001-01-01"}
                {"id":2,"a_timestamp":"2026-11-24T08:00:00","a_date":"9999-12-31","a_datetime":"2026-11-24 08:00:00"}
                {"id":3,"a_timestamp":"2026-11-24","a_json":[1,{"a":"\\ud83d\\ude00"}]}
                """.lines().toList()));
        requireReceipt(fixture.start(Order.of("every_type", source, org)), 5, 0);
        List<List<Object>> rows = fixture.tenantRows(org, "every_type");
        assertThat(rows)
                .extracting(row -> row.get(0))
                .containsExactly("9223372036854775807", "-9223372036854775808", "1", "2", "3");
        assertThat(rows.get(0).get(2)).asString().isEqualToIgnoringCase("NaN");
        assertThat(rows.get(0).get(3)).hasToString("99999999999999999999999999999.999999999");
        assertThat(rows.get(4).get(8)).asString().startsWith("[1,");
        assertThat(rows)
                .extracting(row -> micros(row.get(5)))
                .containsExactly(null, null, 1795456800000001L, 1795507200000000L, 1795478400000000L);
    }

    @Test
    void rejectsValuesThatTheirColumnCannotHold() throws IOException {
        List<String> wrong = List.of(
                "\"id\":9223372036854775808",
                "\"id\":1.5",
                "\"id\":1,\"a_string\":5",
                "\"id\":1,\"a_string\":\"\\ud800\"",
                "\"id\":1,\"a_float\":1e400",
                "\"id\":1,\"a_float\":NaN",
                "\"id\":1,\"a_numeric\":0.0000000001",
                "\"id\":1,\"a_bool\":1",
                "\"id\":1,\"a_timestamp\":\"2026-11-24T08:00:00+15:00\"",
                "\"id\":1,\"a_timestamp\":\"2026-02-30\"",
                "\"id\":1,\"a_date\":\"24.11.2026\"",
                "\"id\":1,\"a_datetime\":\"2026-11-24\"",
                "\"id\":1,\"a_json\":1e999",
                "\"id\":null");
        Path source = fixture.file(
                org + ".ndjson",
                wrong.stream().map(row -> "{" + row + "}\n").reduce("", String::concat) + "{\"id\":7}\n");
        LaunchOutcome outcome =
                fixture.start(Order.of("every_type", source, org).with("maxRejects", wrong.size()));
        requireReceipt(outcome, wrong.size() + 1, wrong.size());
        assertThat(fixture.tenantRows(org, "every_type"))
                .extracting(row -> row.get(0))
                .containsExactly("7");
        assertThat(fixture.deadLetters(outcome))
                .contains("1: column id: not a valid INT64", "4: an escape that is no character")
                .noneMatch(letter -> letter.contains("24.11"));
    }

    @Test
    void refusesLimitsThatMakeNoSense() throws IOException {
        Order order = Order.of(AUDIT, audit(entry(1)), org).with("maxRejects", -1);
        LaunchOutcome outcome = fixture.start(order.with("unitSize", "1GB"));
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(outcome.messages()).hasSize(2);
    }

    @Test
    void runsAnInstanceOnlyOnceAtATime() throws Exception {
        Order order = Order.of(AUDIT, audit(entry(1)), org);
        var running = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var first = new FutureTask<>(() -> fixture.start(order, (run, job, parameters, resumed) -> {
            running.countDown();
            await(goOn);
        }));
        new Thread(first, "first launch").start();
        await(running);
        LaunchOutcome second = fixture.start(order);
        goOn.countDown();
        requireReceipt(first.get(WAIT_SECONDS, TimeUnit.SECONDS), 1, 0);
        assertThat(second.exitCode()).isEqualTo(ExitCode.ALREADY_RUNNING);
        assertThat(auditIds()).containsExactly("1");
    }

    private static @org.jspecify.annotations.Nullable Long micros(@org.jspecify.annotations.Nullable Object cell) {
        return cell == null
                ? null
                : new java.math.BigDecimal(cell.toString()).movePointRight(6).longValueExact();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void saysThatSomebodyDroppedTheTableThatItCreated() throws IOException {
        fixture.otherWriter()
                .after(
                        "schema/every_type.sql",
                        () -> fixture.change("DROP TABLE `sluice-local.%s_test.every_type`".formatted(org)));
        Order order = Order.of("every_type", fixture.file(org + ".ndjson", "{\"id\":1}\n"), org);

        LaunchOutcome failed = fixture.start(order);
        assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(failed.messages())
                .singleElement()
                .asString()
                .contains(
                        "the run created it, and somebody has dropped it since; create it with sql/schema/every_type.sql");

        fixture.createTable(org, "every_type");
        assertThat(fixture.counts(fixture.start(order))).startsWith(1L, 0L, 1L);
    }
}
