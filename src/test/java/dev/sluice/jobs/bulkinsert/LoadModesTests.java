package dev.sluice.jobs.bulkinsert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.jobs.bulkinsert.BulkInsertFixture.Order;
import dev.sluice.launch.ExitCode;
import dev.sluice.launch.LaunchOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Loads into tables that hold rows already. */
@ExtendWith(SharedFixture.class)
class LoadModesTests {

    private static final String OFFERS = "offers";
    private static final String SCOPE = "provider:acme";
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private static BulkInsertFixture fixture;

    private final String org = fixture.newOrg();

    @BeforeAll
    static void share(BulkInsertFixture shared) {
        fixture = shared;
    }

    private String offer(String id, String price) {
        return offer(id, "acme", false, price);
    }

    private String offer(String id, String provider, boolean custom, String price) {
        return "{\"org_slug\":\"%s\",\"offer_id\":\"%s\",\"provider\":\"%s\",\"is_custom\":%s,\"price\":%s}"
                .formatted(org, id, provider, custom, price);
    }

    private Path file(String... rows) throws IOException {
        return fixture.file(org + "-" + NUMBERS.incrementAndGet() + ".ndjson", String.join("\n", rows) + "\n");
    }

    private LaunchOutcome append(String... rows) throws IOException {
        return BulkInsertFixture.completed(fixture.start(Order.of(OFFERS, file(rows), org)));
    }

    private Order merge(String... rows) throws IOException {
        return Order.of(OFFERS, file(rows), org).with("mode", "merge");
    }

    private Order replace(String... rows) throws IOException {
        return Order.of(OFFERS, file(rows), org).with("mode", "replace-scope").with("scope", SCOPE);
    }

    /** Id, provider and price of the organization's offers, sorted. */
    private List<String> offers() {
        return offersOf(org);
    }

    private static List<String> offersOf(String organization) {
        return fixture.rows("organizations", OFFERS).stream()
                .filter(row -> row.get(0).equals(organization))
                .map(row -> "%s %s %s".formatted(row.get(1), row.get(2), row.get(4)))
                .sorted()
                .toList();
    }

    private void write(String sql) {
        fixture.change(
                sql.replace("OFFERS", "`sluice-local.organizations.offers`").replace("ORG", "'" + org + "'"));
    }

    @Test
    void mergeInsertsUpdatesAndLeavesAlone() throws IOException {
        append(offer("a", "1"), offer("b", "2"), offer("c", "3"), offer("d", "4"));
        LaunchOutcome outcome = fixture.start(merge(offer("b", "2.0"), offer("c", "33"), offer("e", "5")));
        assertThat(fixture.counts(outcome)).containsExactly(3L, 0L, 1L, 1L, 1L, 0L);
        assertThat(offers()).containsExactly("a acme 1", "b acme 2", "c acme 33", "d acme 4", "e acme 5");
    }

    @Test
    void mergeSeesWhatReallyChanged() throws IOException {
        String head = "{\"org_slug\":\"%s\",\"offer_id\":".formatted(org);
        append(
                head + "\"same\",\"rating\":\"NaN\",\"details\":{\"a\":[1,2]}}",
                head + "\"text\",\"provider\":\"x\"}",
                head + "\"gone\",\"provider\":\"x\"}",
                head + "\"json\",\"details\":{\"a\":1}}");
        LaunchOutcome outcome = fixture.start(merge(
                head + "\"same\",\"rating\":\"NaN\",\"details\":{ \"a\" : [1, 2] }}",
                head + "\"text\",\"provider\":\"y\"}",
                head + "\"gone\"}",
                head + "\"json\",\"details\":{\"a\":2}}"));
        assertThat(fixture.counts(outcome)).containsExactly(4L, 0L, 0L, 3L, 1L, 0L);
        assertThat(offers()).containsExactly("gone null null", "json null null", "same null null", "text y null");
    }

    @Test
    void mergingTheSameContentAgainWritesNothing() throws IOException {
        assertThat(fixture.counts(fixture.start(merge(offer("a", "1"))))).containsExactly(1L, 0L, 1L, 0L, 0L, 0L);
        assertThat(fixture.counts(fixture.start(merge(offer("a", "1"))))).containsExactly(1L, 0L, 0L, 0L, 1L, 0L);
    }

    @Test
    void mergeLeavesAnotherOrganizationsRowsAlone() throws IOException {
        append(offer("a", "1"));
        String other = org + "_other";
        Path source = fixture.file(other + ".ndjson", offer("a", "2").replace(org, other) + "\n");
        assertThat(fixture.counts(fixture.start(Order.of(OFFERS, source, other).with("mode", "merge"))))
                .containsExactly(1L, 0L, 1L, 0L, 0L, 0L);
        assertThat(offers()).containsExactly("a acme 1");
        assertThat(offersOf(other)).containsExactly("a acme 2");
    }

    @Test
    void rowsWithoutAKeyAreBad() throws IOException {
        Order order = merge(offer("a", "1"), offer("b", "1").replace("\"b\"", "null"), offer("c", "1"));
        LaunchOutcome outcome = fixture.start(order.with("maxRejects", 1));
        assertThat(fixture.counts(outcome)).containsExactly(3L, 1L, 2L, 0L, 0L, 0L);
        assertThat(fixture.deadLetters(outcome)).containsExactly("2: column offer_id: REQUIRED and null");
    }

    @Test
    void neverChoosesBetweenRowsOfOneKey() throws IOException {
        Order order = merge(
                        offer("a", "1"), offer("b", "2"), "nonsense", offer("c", "3"), offer("b", "4"), offer("b", "2"))
                .with("unitSize", "100B");
        LaunchOutcome refused = fixture.start(order.with("maxRejects", 3));
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.messages())
                .singleElement()
                .asString()
                .contains("4 rows rejected", "line 6", "another row has the same key (offer_id)");
        assertThat(offers()).isEmpty();

        LaunchOutcome outcome = fixture.start(order.with("maxRejects", 4));
        assertThat(fixture.counts(outcome)).containsExactly(6L, 4L, 2L, 0L, 0L, 0L);
        assertThat(offers()).containsExactly("a acme 1", "c acme 3");
        assertThat(Path.of(Objects.requireNonNull(fixture.run(outcome).rejectFile())))
                .hasContent(String.join("\n", offer("b", "2"), "nonsense", offer("b", "4"), offer("b", "2")));
        assertThat(fixture.deadLetters(outcome))
                .containsExactly(
                        "2: another row has the same key (offer_id)",
                        "3: broken JSON at column 1",
                        "5: another row has the same key (offer_id)",
                        "6: another row has the same key (offer_id)");
    }

    @Test
    @Tag("sweep")
    void setsAsideMoreRowsOfOneKeyThanAPageHolds() throws IOException {
        String[] rows = IntStream.range(0, 20_003)
                .mapToObj(i -> offer(i % 2 == 0 ? "twice" : "again", String.valueOf(i)))
                .toArray(String[]::new);
        rows[15_000] = offer("single", "1");
        LaunchOutcome outcome = fixture.start(merge(rows).with("maxRejects", rows.length));
        assertThat(fixture.counts(outcome)).containsExactly(20_003L, 20_002L, 1L, 0L, 0L, 0L);
        assertThat(offers()).containsExactly("single acme 1");
    }

    @Test
    void mergeRefusesATargetThatHasAKeyTwice() throws IOException {
        append(offer("a", "1"), offer("a", "2"), offer("b", "3"));
        assertThat(fixture.counts(fixture.start(merge(offer("b", "4"))))).containsExactly(1L, 0L, 0L, 1L, 0L, 0L);
        LaunchOutcome refused = fixture.start(merge(offer("a", "5"), offer("b", "5")));
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.messages()).singleElement().asString().contains("1 of the staged keys", "more than once");
        assertThat(offers()).containsExactly("a acme 1", "a acme 2", "b acme 4");
    }

    @Test
    void replacesAScopeAndNothingElse() throws IOException {
        append(
                offer("a", "1"),
                offer("b", "2"),
                offer("c", "3"),
                offer("own", "acme", true, "9"),
                offer("x", "other", false, "7"));
        String other = org + "_other";
        Path source = fixture.file(other + ".ndjson", offer("b", "2").replace(org, other) + "\n");
        BulkInsertFixture.completed(fixture.start(Order.of(OFFERS, source, other)));

        LaunchOutcome outcome = fixture.start(replace(offer("a", "1"), offer("c", "33"), offer("d", "4")));
        assertThat(fixture.counts(outcome)).containsExactly(3L, 0L, 1L, 1L, 1L, 1L);
        assertThat(offers()).containsExactly("a acme 1", "c acme 33", "d acme 4", "own acme 9", "x other 7");
        assertThat(offersOf(other)).containsExactly("b acme 2");
    }

    @Test
    void rowsBeyondTheScopeAreBad() throws IOException {
        append(offer("x", "other", false, "7"));
        Order order = replace(
                offer("a", "1"),
                offer("x", "other", false, "8"),
                offer("b", "acme", true, "2"),
                offer("c", "2").replace("\"acme\"", "null"));
        LaunchOutcome outcome = fixture.start(order.with("maxRejects", 3));
        assertThat(fixture.counts(outcome)).containsExactly(4L, 3L, 1L, 0L, 0L, 0L);
        assertThat(fixture.deadLetters(outcome))
                .containsExactly(
                        "2: beyond the scope provider:acme",
                        "3: beyond the scope provider:acme",
                        "4: beyond the scope provider:acme");
        assertThat(offers()).containsExactly("a acme 1", "x other 7");
    }

    @Test
    void refusesAKeyThatARowBeyondTheScopeHas() throws IOException {
        append(offer("own", "acme", true, "9"), offer("a", "1"));
        LaunchOutcome refused = fixture.start(replace(offer("own", "2"), offer("b", "2")));
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.messages())
                .singleElement()
                .asString()
                .contains("1 rows of", "beyond the scope provider:acme", "offer_id");
        assertThat(offers()).containsExactly("a acme 1", "own acme 9");
    }

    @Test
    void anEmptySourceReplacesNothing() throws IOException {
        append(offer("a", "1"));
        assertThat(fixture.counts(fixture.start(replace("")))).containsExactly(0L, 0L, 0L, 0L, 0L, 0L);
        assertThat(fixture.counts(fixture.start(merge("")))).containsExactly(0L, 0L, 0L, 0L, 0L, 0L);
        assertThat(offers()).containsExactly("a acme 1");
    }

    @Test
    void countsWhatPublishingReallyMet() throws IOException {
        append(offer("a", "1"), offer("b", "2"), offer("c", "3"));
        fixture.otherWriter().before("bulk-insert/replace-scope.sql", () -> {
            write("UPDATE OFFERS SET price = 11 WHERE org_slug = ORG AND offer_id = 'a'");
            write("DELETE FROM OFFERS WHERE org_slug = ORG AND offer_id = 'b'");
            write("INSERT INTO OFFERS (org_slug, offer_id, provider, is_custom) VALUES (ORG, 'z', 'acme', FALSE)");
        });
        LaunchOutcome outcome = fixture.start(replace(offer("a", "1"), offer("b", "2"), offer("c", "3")));
        assertThat(fixture.counts(outcome)).containsExactly(3L, 0L, 1L, 1L, 1L, 1L);
        assertThat(offers()).containsExactly("a acme 1", "b acme 2", "c acme 3");
    }

    @Test
    void leavesARowBeyondTheScopeAloneThatAppearsAtTheLastMoment() throws IOException {
        append(offer("a", "1"));
        fixture.otherWriter()
                .before(
                        "bulk-insert/replace-scope.sql",
                        () -> write(
                                "INSERT INTO OFFERS (org_slug, offer_id, provider, is_custom) VALUES (ORG, 'b', 'acme', TRUE)"));
        Order order = replace(offer("b", "2"));
        LaunchOutcome refused = fixture.start(order);
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(offers()).containsExactly("a acme 1", "b acme null");

        write("DELETE FROM OFFERS WHERE org_slug = ORG AND offer_id = 'b'");
        assertThat(fixture.counts(fixture.start(order))).containsExactly(1L, 0L, 1L, 0L, 0L, 1L);
        assertThat(offers()).containsExactly("b acme 2");
    }

    @Test
    void saysWhichScopesThereAre() throws IOException {
        assertThat(refusal(Order.of(OFFERS, file(), org).with("mode", "replace-scope")))
                .contains("needs scope=<name>:<value>", "provider");
        assertThat(refusal(replace().with("scope", "provder:x"))).contains("did you mean 'provider'?");
        assertThat(refusal(replace().with("scope", "provider:"))).contains("needs scope=<name>:<value>");
        assertThat(refusal(merge().with("scope", SCOPE))).contains("mode=merge takes none");
        assertThat(refusal(Order.of("every_type", file(), org)
                        .with("mode", "replace-scope")
                        .with("scope", SCOPE)))
                .contains("has no scopes");
    }

    private static String refusal(Order order) {
        LaunchOutcome outcome = fixture.start(order);
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.INVALID);
        return String.join("\n", outcome.messages());
    }
}
