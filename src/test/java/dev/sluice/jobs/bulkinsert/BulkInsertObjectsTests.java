package dev.sluice.jobs.bulkinsert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.jobs.bulkinsert.BulkInsertFixture.Order;
import dev.sluice.launch.ExitCode;
import dev.sluice.launch.LaunchOutcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Objects of text that BigQuery reads by itself, through the whole job. */
@ExtendWith(SharedFixture.class)
class BulkInsertObjectsTests {

    private static final String TABLE = "every_type";
    private static final String OFFERS = "offers";

    private static BulkInsertFixture fixture;

    @BeforeAll
    static void share(BulkInsertFixture shared) {
        fixture = shared;
    }

    private static void object(String name, String text) throws IOException {
        object(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void object(String name, byte[] content) throws IOException {
        fixture.object(name, content);
    }

    private static Order order(String table, String uri, String org) {
        return Order.of(table, uri, org).with("maxRejects", 20);
    }

    private static LaunchOutcome completed(Order order) {
        return BulkInsertFixture.completed(fixture.start(order));
    }

    private static List<String> reasons(LaunchOutcome outcome) {
        return fixture.deadLetters(outcome).stream()
                .map(letter -> letter.substring(letter.indexOf(": ") + 2))
                .sorted()
                .toList();
    }

    private static List<List<Object>> rows(String org) {
        return fixture.tenantRows(org, TABLE);
    }

    @Test
    void loadsTheLinesOfAllObjects() throws IOException {
        object("lines/a.ndjson", """
                {"id":1,"a_string":"ä \\"x\\": \\\\","a_float":1.5,"a_numeric":"12.5","a_bool":true,"a_timestamp":"2026-11-24T08:00:00+01:00","a_date":"2026-11-24","a_datetime":"2026-11-24 08:00:00","a_json":{"b":[1,{"c":"d:e"}]}}
                {"id":"2","a_float":"NaN","a_numeric":0.0000025,"a_bool":"FALSE","a_timestamp":"2026-11-24","a_json":null}
                """);
        object("lines/b.ndjson", "\uFEFF{\"id\":3}\r\n\r\n{\"id\":4,\"a_json\":[null]}");
        LaunchOutcome outcome = completed(order(TABLE, "gs://lines/*.ndjson", "lines"));
        assertThat(fixture.counts(outcome)).containsExactly(4L, 0L, 4L, 0L, 0L, 0L);
        assertThat(rows("lines"))
                .containsExactlyInAnyOrder(
                        List.of(
                                "1",
                                "ä \"x\": \\",
                                "1.5",
                                "12.5",
                                "true",
                                "1795503600.000000",
                                "2026-11-24",
                                "2026-11-24T08:00:00",
                                "{\"b\":[1,{\"c\":\"d:e\"}]}"),
                        Arrays.asList("2", null, "NaN", "0.0000025", "false", "1795478400.000000", null, null, null),
                        Arrays.asList("3", null, null, null, null, null, null, null, null),
                        Arrays.asList("4", null, null, null, null, null, null, null, "[null]"));
    }

    @Test
    void setsBadLinesAside() throws IOException {
        Map<String, String> bad = Map.ofEntries(
                Map.entry("[1]", "not a JSON object"),
                Map.entry("{\"id\":", "broken JSON, or a number that BigQuery cannot hold exactly"),
                Map.entry("{\"id\":1,\"a_float\":1e999}", "broken JSON, or a number that BigQuery cannot hold exactly"),
                Map.entry("{\"id\":1}{\"id\":2}", "broken JSON, or a number that BigQuery cannot hold exactly"),
                Map.entry("{\"id\":9223372036854775808}", "column id: not a valid INT64"),
                Map.entry("{\"id\":1.0}", "column id: not a valid INT64"),
                Map.entry("{\"id\":true}", "column id: not a number"),
                Map.entry("{\"a_string\":\"x\"}", "column id: REQUIRED and NULL"),
                Map.entry("{\"id\":null}", "column id: REQUIRED and NULL"),
                Map.entry("{\"id\":1,\"a_string\":5}", "column a_string: not a valid STRING"),
                Map.entry("{\"id\":1,\"a_string\":{}}", "column a_string: not a valid STRING"),
                Map.entry("{\"id\":1,\"a_string\":\"\\u0000\"}", "an escape that is no character"),
                Map.entry("{\"id\":1,\"a_string\":\"\\ud800\"}", "an escape that is no character"),
                Map.entry("{\"id\":1,\"a_bool\":1}", "column a_bool: not a valid BOOL"),
                Map.entry("{\"id\":1,\"a_date\":\"2026-02-30\"}", "column a_date: not a valid DATE"),
                Map.entry("{\"id\":1,\"a_date\":20260230}", "column a_date: not a valid date or time"),
                Map.entry("{\"id\":1,\"a_timestamp\":\"now\"}", "column a_timestamp: not a valid TIMESTAMP"),
                Map.entry("{\"id\":1,\"a_numeric\":\"0.0000000001\"}", "column a_numeric: not a valid NUMERIC"),
                Map.entry("{\"id\":1,\"ID\":2}", "a column that is not in the table, or not written as there"),
                Map.entry("{\"id\":1,\"a\u0001b\":2}", "not UTF-8, or a character that JSON does not allow"));
        List<byte[]> lines = new ArrayList<>();
        bad.keySet().forEach(line -> lines.add((line + "\n").getBytes(StandardCharsets.UTF_8)));
        lines.add("{\"id\":7,\"a_string\":\"\\\\u0000 \\ud83d\\ude00\"}\n".getBytes(StandardCharsets.UTF_8));
        lines.add("{\"id\":1,\"a_string\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1));
        var content = new ByteArrayOutputStream();
        lines.forEach(content::writeBytes);
        object("bad/lines.json", content.toByteArray());

        LaunchOutcome outcome =
                completed(order(TABLE, "gs://bad/lines.json", "badlines").with("maxRejects", bad.size() + 1));
        List<String> expected = new ArrayList<>(bad.values());
        expected.add("not UTF-8, or a character that JSON does not allow");
        assertThat(reasons(outcome)).isEqualTo(expected.stream().sorted().toList());
        assertThat(rows("badlines")).extracting(row -> row.get(1)).containsExactly("\\u0000 😀");
        assertThat(String.valueOf(fixture.run(outcome).rejectFile()))
                .startsWith("table ")
                .endsWith("_rejects");
    }

    @Test
    void loadsRecordsByTheirHeader() throws IOException {
        object(
                "records/a.csv",
                "a_string,ID,a_json,a_timestamp\nx,1,\"{\"\"a\"\":1}\",2026-11-24 08:00:00\n\"y\nz\",2,,\n\nb,q,,\nc,3\n,4,,,\n");
        object("records/b.csv", "\uFEFFa_string,id,a_json,a_timestamp\n");
        LaunchOutcome outcome =
                completed(order(TABLE, "gs://records/*", "records").with("format", "csv"));
        assertThat(fixture.counts(outcome)).containsExactly(5L, 3L, 2L, 0L, 0L, 0L);
        assertThat(reasons(outcome))
                .containsExactly(
                        "column id: not a valid INT64",
                        "fewer fields than the header, or the table, has",
                        "more fields than the header, or the table, has");
        assertThat(rows("records"))
                .containsExactlyInAnyOrder(
                        Arrays.asList("1", "x", null, null, null, "1795507200.000000", null, null, "{\"a\":1}"),
                        Arrays.asList("2", "y\nz", null, null, null, null, null, null, null));
    }

    @Test
    void readsRecordsAsOtherProgramsWriteThem() throws IOException {
        var gzip = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(gzip)) {
            out.write("1;'Zürich';-;1.5;true;-;2026-11-24;-;-\n2;'';-;-;-;-;-;-;-\n"
                    .getBytes(Charset.forName("UTF-16LE")));
        }
        object("dialects/export.csv.gz", gzip.toByteArray());
        completed(order(TABLE, "gs://dialects/export.csv.gz", "dialects")
                .with("encoding", "utf-16le")
                .with("delimiter", "semicolon")
                .with("quote", "single")
                .with("header", "false")
                .with("nullMarker", "-"));
        assertThat(rows("dialects"))
                .extracting(row -> row.subList(0, 4))
                .containsExactlyInAnyOrder(
                        Arrays.asList("1", "Zürich", null, "1.5"), Arrays.asList("2", "", null, null));
    }

    @Test
    void refusesHeadersThatItCannotRead() throws IOException {
        object("headers/none.csv", "1,x\n2,y\n");
        object("headers/twice.csv", "id,id\n1,2\n");
        object("headers/missing.csv", "a_string\nx\n");
        object("headers/both/1.csv", "id,a_string\n1,a\n");
        object("headers/both/2.csv", "a_string,id\nb,2\n");
        Map.of(
                        "none.csv", "no row is a header",
                        "twice.csv", "'id' is given twice",
                        "missing.csv", "REQUIRED column 'id' is missing",
                        "both/*.csv", "different headers")
                .forEach((name, words) -> {
                    LaunchOutcome outcome = fixture.start(order(TABLE, "gs://headers/" + name, "headers"));
                    assertThat(outcome.exitCode()).as(name).isEqualTo(ExitCode.FAILED);
                    assertThat(outcome.messages()).singleElement().asString().contains(words, "Nothing was published");
                });
        assertThat(rows("headers")).isEmpty();
    }

    private static String offer(String org, String id, String provider, String price) {
        return "{\"org_slug\":\"%s\",\"offer_id\":\"%s\",\"provider\":\"%s\",\"is_custom\":false,\"price\":%s}\n"
                .formatted(org, id, provider, price);
    }

    private static List<String> offers(String org) {
        return fixture.rows("organizations", OFFERS).stream()
                .filter(row -> row.get(0).equals(org))
                .map(row -> "%s %s %s".formatted(row.get(1), row.get(2), row.get(4)))
                .sorted()
                .toList();
    }

    @Test
    void mergesAndReplacesWhatIsOnlyThere() throws IOException {
        object("offers/1.ndjson", offer("gsmodes", "a", "acme", "1") + offer("other", "b", "acme", "2"));
        Order append = order(OFFERS, "gs://offers/1.ndjson", "gsmodes");
        assertThat(reasons(completed(append))).containsExactly("column org_slug: belongs to another organization");
        object(
                "offers/2.ndjson",
                offer("gsmodes", "a", "acme", "1.0")
                        + offer("gsmodes", "b", "acme", "2")
                        + offer("gsmodes", "c", "acme", "3")
                        + offer("gsmodes", "c", "acme", "4")
                        + "{\"org_slug\":\"gsmodes\"}\n");
        LaunchOutcome merged =
                completed(order(OFFERS, "gs://offers/2.ndjson", "gsmodes").with("mode", "merge"));
        assertThat(fixture.counts(merged)).containsExactly(5L, 3L, 1L, 0L, 1L, 0L);
        assertThat(reasons(merged))
                .containsExactly(
                        "another row has the same key (offer_id)",
                        "another row has the same key (offer_id)",
                        "column offer_id: REQUIRED and NULL");
        object("offers/3.ndjson", offer("gsmodes", "b", "acme", "5") + offer("gsmodes", "d", "umbrella", "6"));
        LaunchOutcome replaced = completed(order(OFFERS, "gs://offers/3.ndjson", "gsmodes")
                .with("mode", "replace-scope")
                .with("scope", "provider:acme"));
        assertThat(fixture.counts(replaced)).containsExactly(2L, 1L, 0L, 1L, 0L, 1L);
        assertThat(reasons(replaced)).containsExactly("beyond the scope provider:acme");
        assertThat(offers("gsmodes")).containsExactly("b acme 5");
    }

    @Test
    void publishesNothingWithTooManyRejectsAndGoesOnWhenMoreAreAllowed() throws IOException {
        object("rejects/a.ndjson", "{\"id\":1}\n{\"id\":\"x\"}\n{\"id\":\"x\"}\n");
        Order order = Order.of(TABLE, "gs://rejects/a.ndjson", "rejects");
        LaunchOutcome failed = fixture.start(order);
        assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(failed.messages())
                .singleElement()
                .asString()
                .contains("2 rows rejected", "maxRejects is 0", "column id: not a valid INT64", "_rejects;");
        assertThat(rows("rejects")).isEmpty();
        assertThat(fixture.launcher()
                        .planRestart(Objects.requireNonNull(failed.runId()))
                        .steps())
                .extracting(step -> step.name() + " " + step.plan())
                .containsExactly(
                        "inspectSource skip",
                        "stageRows skip",
                        "prepareTables skip",
                        "checkRows skip",
                        "setAsideRows continue",
                        "verifyStaging run",
                        "publishRows run",
                        "dropStaging run");

        LaunchOutcome resumed = completed(order.with("maxRejects", 2));
        assertThat(fixture.counts(resumed)).containsExactly(3L, 2L, 1L, 0L, 0L, 0L);
        assertThat(fixture.deadLetters(resumed)).hasSize(2);
        String rejects = String.valueOf(fixture.run(resumed).rejectFile());
        assertThat(fixture.rows("sluice_staging", rejects.substring(rejects.lastIndexOf('.') + 1)))
                .extracting(row -> List.of(row.get(0), row.get(1), row.get(3)))
                .containsExactlyInAnyOrder(
                        List.of("1", "column id: not a valid INT64", "{\"id\":\"x\"}"),
                        List.of("2", "column id: not a valid INT64", "{\"id\":\"x\"}"));
        assertThat(fixture.stagingOf(resumed)).noneMatch(table -> fixture.exists("sluice_staging", table));
    }

    @Test
    void knowsRowsThatAnotherRunHasPublished() throws IOException {
        object("again/a.ndjson", "{\"id\":1}\n{\"id\":2}\n");
        object("again/b.ndjson", "{\"id\":2}\n{\"id\":1}\n");
        Order first = order(TABLE, "gs://again/a.ndjson", "again");
        LaunchOutcome done = completed(first);
        assertThat(fixture.start(first).messages())
                .first()
                .asString()
                .contains("run %d published this source already".formatted(done.runId()));
        Order second = order(TABLE, "gs://again/b.ndjson", "again");
        LaunchOutcome same = fixture.start(second);
        assertThat(same.exitCode()).isEqualTo(ExitCode.ALREADY_COMPLETED);
        assertThat(same.messages()).singleElement().asString().contains("belongs to run " + done.runId());
        assertThat(rows("again")).hasSize(2);
        completed(second.with("batch", "twice"));
        assertThat(rows("again")).hasSize(4);
    }

    @Test
    void saysWhichObjectIsMissingAndGoesOnWhenItIsThere() throws IOException {
        Order order = order(TABLE, "gs://missing/a.ndjson,gs://missing/b*.ndjson", "missing");
        object("missing/a.ndjson", "{\"id\":1}\n");
        LaunchOutcome failed = fixture.start(order);
        assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(failed.messages())
                .singleElement()
                .asString()
                .contains(
                        "cannot read gs://missing/a.ndjson,gs://missing/b*.ndjson",
                        "Not found: URI gs://missing/b*.ndjson");
        assertThat(fixture.tenantRows("missing", TABLE)).isEmpty();
        object("missing/b.ndjson", "");
        object("missing/b1.ndjson", "{\"id\":2}\n");
        completed(order);
        assertThat(rows("missing")).hasSize(2);
    }

    @Test
    void completesWithNothing() throws IOException {
        object("nothing/a.ndjson", "\n\n");
        object("nothing/a.csv", "");
        object("nothing/b.csv", "id\n");
        for (String name : List.of("a.ndjson", "a.csv", "b.csv")) {
            assertThat(fixture.counts(completed(order(TABLE, "gs://nothing/" + name, "nothing"))))
                    .as(name)
                    .containsOnly(0L);
        }
    }

    @Test
    void refusesBeforeAnythingHappens() {
        Map.of(
                        "gs://x", "no URI of objects",
                        "gs://bucket/folder/", "gs://<bucket>/<folder>/*",
                        "gs://bucket/*/*.csv", "more than one wildcard",
                        "gs://bucket/a.csv,gs://bucket/b.json", "different formats",
                        "gs://bucket/a", "cannot tell the format",
                        "gs://bucket/a.csv.zst", ".gz only",
                        "gs://bucket/a.avro.gz", "compress their blocks")
                .forEach((source, words) -> refused(Order.of(TABLE, source, "refused"), words));
        Order csv = Order.of(TABLE, "gs://bucket/a.csv", "refused");
        refused(csv.with("encoding", "utf-16"), "byte order");
        refused(csv.with("schemaPolicy", "add-nullable"), "tell their types");
        refused(csv.with("schemaPolicy", "ignore"), "header");
        refused(csv.with("maxRejects", 1_000_001), "at most 1000000");
    }

    private static void refused(Order order, String words) {
        LaunchOutcome outcome = fixture.start(order);
        assertThat(outcome.exitCode()).as("%s", order).isEqualTo(ExitCode.INVALID);
        assertThat(outcome.messages())
                .as("%s", order)
                .anySatisfy(message -> assertThat(message).contains(words));
    }
}
