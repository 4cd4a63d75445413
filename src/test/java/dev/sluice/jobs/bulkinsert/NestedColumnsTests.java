package dev.sluice.jobs.bulkinsert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.jobs.bulkinsert.BulkInsertFixture.Order;
import dev.sluice.launch.ExitCode;
import dev.sluice.launch.LaunchOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A table of RECORD and REPEATED columns, and of types that no other table of the tests has. */
@ExtendWith(SharedFixture.class)
class NestedColumnsTests {

    private static final String TABLE = "orders";
    private static final String WHOLE =
            "{\"order_id\":1,\"code\":\"äbcde\",\"amount\":\"9999.99\",\"seal\":\"YWJj\",\"opens\":\"08:00:00\","
                    + "\"buyer\":{\"name\":\"Ada\",\"born\":\"1815-12-10\",\"address\":{\"city\":\"London\",\"zip\":7}},"
                    + "\"marks\":[1,\"-2\"],\"items\":[{\"sku\":\"a\",\"price\":1.50,\"packed\":\"2026-11-24\",\"tags\":[\"x\",\"\"]},"
                    + "{\"sku\":\"b\"}]}";
    private static final String BARE = "{\"order_id\":2,\"buyer\":null,\"items\":[]}";

    private static BulkInsertFixture fixture;

    private final String org = fixture.newOrg();

    @BeforeAll
    static void share(BulkInsertFixture shared) {
        fixture = shared;
    }

    private Order order(String name, String... rows) throws IOException {
        return Order.of(TABLE, fixture.file(org + name + ".ndjson", String.join("\n", rows)), org);
    }

    /** Each row as one JSON text, in the order of the key. */
    private List<String> stored() {
        return fixture.texts("SELECT TO_JSON_STRING(row) FROM `sluice-local.%s_test.orders` AS row ORDER BY order_id"
                .formatted(org));
    }

    @Test
    void appendsRecordsAndArrays() throws IOException {
        assertThat(fixture.counts(fixture.start(order("-1", WHOLE, BARE)))).containsExactly(2L, 0L, 2L, 0L, 0L, 0L);
        assertThat(stored())
                .containsExactly(
                        "{\"order_id\":1,\"code\":\"äbcde\",\"amount\":\"9999.99\",\"seal\":\"YWJj\",\"opens\":\"08:00:00\","
                                + "\"buyer\":{\"name\":\"Ada\",\"born\":\"1815-12-10\",\"address\":{\"city\":\"London\",\"zip\":7}},"
                                + "\"marks\":[1,-2],\"items\":[{\"sku\":\"a\",\"price\":\"1.5\",\"packed\":\"2026-11-24T00:00:00Z\","
                                + "\"tags\":[\"x\",\"\"]},{\"sku\":\"b\",\"price\":null,\"packed\":null,\"tags\":[]}]}",
                        "{\"order_id\":2,\"code\":null,\"amount\":null,\"seal\":null,\"opens\":null,\"buyer\":null,\"marks\":[],\"items\":[]}");
    }

    @Test
    void mergesThemByWhatIsInThem() throws IOException {
        BulkInsertFixture.completed(fixture.start(order("-1", WHOLE, BARE)));
        String dearer = WHOLE.replace("1.50", "2.50");
        String fresh = BARE.replace(":2,", ":3,");
        LaunchOutcome same = fixture.start(order("-2", WHOLE, BARE).with("mode", "merge"));
        assertThat(fixture.counts(same)).containsExactly(2L, 0L, 0L, 0L, 2L, 0L);
        LaunchOutcome merged = fixture.start(order("-3", fresh, dearer, BARE).with("mode", "merge"));
        assertThat(fixture.counts(merged)).containsExactly(3L, 0L, 1L, 1L, 1L, 0L);
        assertThat(stored()).hasSize(3).first().asString().contains("\"price\":\"2.5\"");
    }

    private Order objects(String name, String... rows) throws IOException {
        fixture.object(org + name + "/rows.ndjson", String.join("\n", rows).getBytes(StandardCharsets.UTF_8));
        return Order.of(TABLE, "gs://" + org + name + "/*.ndjson", org);
    }

    @Test
    void fillsThemFromObjectsAsFromFiles() throws IOException {
        assertThat(fixture.counts(fixture.start(order("-1", WHOLE, BARE)))).containsExactly(2L, 0L, 2L, 0L, 0L, 0L);
        List<String> ofFiles = stored();
        fixture.change("DELETE FROM `sluice-local.%s_test.orders` WHERE TRUE".formatted(org));
        LaunchOutcome appended = fixture.start(objects("-a", WHOLE, BARE));
        assertThat(fixture.counts(appended)).containsExactly(2L, 0L, 2L, 0L, 0L, 0L);
        assertThat(stored()).isEqualTo(ofFiles);
        LaunchOutcome merged =
                fixture.start(objects("-b", WHOLE.replace("1.50", "2.50"), BARE, BARE.replace(":2,", ":3,"))
                        .with("mode", "merge"));
        assertThat(fixture.counts(merged)).containsExactly(3L, 0L, 1L, 1L, 1L, 0L);
        assertThat(stored()).hasSize(3).first().asString().contains("\"price\":\"2.5\"");
        LaunchOutcome replaced =
                fixture.start(objects("-c", WHOLE, "{\"order_id\":5,\"code\":\"b\",\"buyer\":{\"name\":5}}")
                        .with("mode", "replace-scope")
                        .with("scope", "code:äbcde")
                        .with("maxRejects", 1));
        assertThat(fixture.counts(replaced)).containsExactly(2L, 1L, 0L, 1L, 0L, 0L);
        assertThat(stored()).hasSize(3).first().isEqualTo(ofFiles.get(0));
    }

    @Test
    void namesTheMemberOfAnObjectsRowThatIsWrong() throws IOException {
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("{\"order_id\":1,\"buyer\":{\"born\":\"1815-13-10\"}}", "buyer.born: not a valid DATE");
        bad.put(
                "{\"order_id\":1,\"buyer\":{\"name\":\"A\",\"address\":{\"zip\":\"x\"}}}",
                "buyer.address.zip: not a valid INT64");
        bad.put("{\"order_id\":1,\"buyer\":{\"name\":{}}}", "buyer.name: not a valid STRING");
        bad.put("{\"order_id\":1,\"buyer\":[]}", "buyer: not an object");
        bad.put("{\"order_id\":1,\"marks\":null}", "marks: REPEATED and null");
        bad.put("{\"order_id\":1,\"marks\":5}", "marks: REPEATED but not an array");
        bad.put("{\"order_id\":1,\"marks\":[1,2,null]}", "marks[2]: null in an array");
        bad.put("{\"order_id\":1,\"marks\":[1,true]}", "marks[1]: not a number");
        bad.put("{\"order_id\":1,\"marks\":[\"x\"]}", "marks[0]: not a valid INT64");
        bad.put(
                "{\"order_id\":1,\"items\":[{\"sku\":\"a\"},{\"sku\":\"b\",\"price\":0.0000000001}]}",
                "items[1].price: not a valid NUMERIC");
        bad.put(
                "{\"order_id\":1,\"items\":[{\"sku\":\"a\",\"tags\":[\"x\",5]}]}",
                "items[0].tags[1]: not a valid STRING");
        bad.put(
                "{\"order_id\":1,\"items\":[{\"sku\":\"a\",\"weight\":5}]}",
                "items[0].'weight' is not in the table, or not written as there");
        bad.put("{\"order_id\":1,\"items\":[{\"sku\":null},[]]}", "items[1]: not an object");
        String[] rows = bad.keySet().toArray(String[]::new);
        LaunchOutcome outcome = fixture.start(objects("", rows).with("maxRejects", rows.length));
        assertThat(fixture.counts(outcome)).startsWith((long) rows.length, (long) rows.length);
        assertThat(fixture.deadLetters(outcome))
                .extracting(letter -> letter.replaceFirst("\\d+: ", ""))
                .containsExactlyInAnyOrderElementsOf(
                        bad.values().stream().map(reason -> "column " + reason).toList());
    }

    @Test
    void passesOverUnknownMembersOfObjectsOnlyIfTold() throws IOException {
        String more = "{\"order_id\":1,\"items\":[{\"sku\":\"a\",\"weight\":{\"kg\":5}}]}";
        BulkInsertFixture.completed(fixture.start(objects("", more).with("schemaPolicy", "ignore")));
        assertThat(stored())
                .singleElement()
                .asString()
                .contains("\"sku\":\"a\"")
                .doesNotContain("weight");
    }

    @Test
    void namesTheMemberThatIsWrong() throws IOException {
        String[] rows = {
            "{\"order_id\":1,\"buyer\":{\"born\":\"1815-13-10\"}}",
            "{\"order_id\":1,\"buyer\":{\"name\":\"A\",\"address\":{\"zip\":\"x\"}}}",
            "{\"order_id\":1,\"buyer\":{\"name\":\"A\",\"NAME\":\"B\"}}",
            "{\"order_id\":1,\"marks\":null}",
            "{\"order_id\":1,\"marks\":[1,2,null]}",
            "{\"order_id\":1,\"items\":[{\"sku\":\"a\"},{\"sku\":\"b\",\"price\":0.0000000001}]}",
            "{\"order_id\":1,\"items\":[{\"sku\":\"a\",\"tags\":[\"x\",5]}]}",
            "{\"order_id\":1,\"items\":[{\"sku\":\"a\",\"weight\":5}]}",
            "{\"order_id\":1,\"items\":[{\"sku\":null},[]]}",
            "{\"order_id\":1,\"code\":5}",
            "{\"order_id\":1,\"amount\":\"1e29\"}",
            "{\"order_id\":1,\"seal\":\"YWJjZA\"}",
            "{\"order_id\":1,\"opens\":\"24:00:00\"}",
            BARE
        };
        LaunchOutcome outcome = fixture.start(order("", rows).with("maxRejects", rows.length - 1));
        assertThat(fixture.counts(outcome)).containsExactly(14L, 13L, 1L, 0L, 0L, 0L);
        assertThat(fixture.deadLetters(outcome))
                .containsExactly(
                        "1: column buyer.born: not a valid DATE",
                        "2: column buyer.address.zip: not a valid INT64",
                        "3: column buyer.name: given twice",
                        "4: column marks: REPEATED and null",
                        "5: column marks[2]: null in an array",
                        "6: column items[1].price: not a valid NUMERIC",
                        "7: column items[0].tags[1]: not a valid STRING",
                        "8: column items[0].'weight' is not in the table",
                        "9: column items[1]: not an object",
                        "10: column code: not a valid STRING",
                        "11: column amount: not a valid NUMERIC",
                        "12: column seal: not a valid BYTES",
                        "13: column opens: not a valid TIME");
    }

    @Test
    void passesOverUnknownMembersOnlyIfTold() throws IOException {
        String more = "{\"order_id\":1,\"items\":[{\"sku\":\"a\",\"weight\":{\"kg\":5}}]}";
        BulkInsertFixture.completed(fixture.start(order("-1", more).with("schemaPolicy", "ignore")));
        assertThat(stored())
                .singleElement()
                .asString()
                .contains("\"sku\":\"a\"")
                .doesNotContain("weight");
        LaunchOutcome refused = fixture.start(
                order("-2", more).with("schemaPolicy", "add-nullable").with("batch", "2"));
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.messages())
                .singleElement()
                .asString()
                .contains("column items[0].'weight' is not in the table");
    }

    @Test
    void refusesALiveTableWhoseRecordsAreInAnotherOrder() throws IOException {
        fixture.change("CREATE SCHEMA IF NOT EXISTS `sluice-local.%s_test`".formatted(org));
        fixture.change(
                ("CREATE TABLE `sluice-local.%s_test.orders` (order_id INT64 NOT NULL, code STRING, amount NUMERIC,"
                                + " seal BYTES, opens TIME, buyer STRUCT<name STRING, born DATE, address STRUCT<zip INT64, city STRING>>,"
                                + " marks ARRAY<INT64>, items ARRAY<STRUCT<sku STRING, price NUMERIC, packed TIMESTAMP, tags ARRAY<STRING>>>)")
                        .formatted(org));
        LaunchOutcome refused = fixture.start(order("", BARE));
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.messages())
                .singleElement()
                .asString()
                .contains("column buyer", "STRUCT<name STRING, born DATE, address STRUCT<city STRING, zip INT64>>");
    }
}
