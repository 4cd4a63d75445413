package dev.sluice.jobs.bulkinsert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.jobs.bulkinsert.BulkInsertFixture.Order;
import dev.sluice.launch.LaunchOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** STRING(n), BYTES(n), NUMERIC(p, s), BIGNUMERIC(p, s) and REQUIRED, beside records and within them. */
@ExtendWith(SharedFixture.class)
class LimitedColumnsTests {

    private static final String TABLE = "parcels";

    /** As much as fits. */
    private static final String FULL =
            "{\"parcel_id\":1,\"label\":\"äöü😀\",\"weight\":\"-999.99\",\"worth\":999.999,\"seal\":\"YWJj\","
                    + "\"plates\":\"-99999999999999999999999999999\",\"sender\":{\"name\":\"ábcdé\",\"box\":{\"code\":\"äö\",\"fee\":999.9}},\"marks\":[\"ä😀\",\"\"],"
                    + "\"items\":[{\"sku\":\"abc\",\"price\":99.99,\"stamp\":\"YWI=\"},{\"sku\":\"\",\"price\":\"0\"}]}";

    private static final String BARE = "{\"parcel_id\":2}";

    /** What is wrong, and the row without its key. */
    private static final List<List<String>> BAD = List.of(
            List.of("label: not a valid STRING(4)", "\"label\":\"abcde\""),
            List.of("weight: not a valid NUMERIC(5, 2)", "\"weight\":1000"),
            List.of("weight: not a valid NUMERIC(5, 2)", "\"weight\":0.001"),
            List.of("worth: not a valid BIGNUMERIC(6, 3)", "\"worth\":\"1000\""),
            List.of("worth: not a valid BIGNUMERIC(6, 3)", "\"worth\":0.0001"),
            List.of("seal: not a valid BYTES(3)", "\"seal\":\"YWJjZA==\""),
            List.of("plates: not a valid NUMERIC(29, 0)", "\"plates\":\"99999999999999999999999999999.5\""),
            List.of("sender.name is REQUIRED and missing", "\"sender\":{}"),
            List.of("sender.name: REQUIRED and null", "\"sender\":{\"name\":null}"),
            List.of("sender.name: not a valid STRING(5)", "\"sender\":{\"name\":\"abcdef\"}"),
            List.of("sender.box.code is REQUIRED and missing", "\"sender\":{\"name\":\"a\",\"box\":{\"fee\":1}}"),
            List.of(
                    "sender.box.fee: not a valid NUMERIC(4, 1)",
                    "\"sender\":{\"name\":\"a\",\"box\":{\"code\":\"b\",\"fee\":1000}}"),
            List.of("marks[1]: not a valid STRING(2)", "\"marks\":[\"ab\",\"abc\"]"),
            List.of(
                    "items[1].price is REQUIRED and missing",
                    "\"items\":[{\"sku\":\"a\",\"price\":1},{\"sku\":\"b\"}]"),
            List.of("items[0].sku: REQUIRED and null", "\"items\":[{\"sku\":null,\"price\":1}]"),
            List.of("items[0].price: not a valid NUMERIC(4, 2)", "\"items\":[{\"sku\":\"a\",\"price\":100}]"),
            List.of(
                    "items[0].stamp: not a valid BYTES(2)",
                    "\"items\":[{\"sku\":\"a\",\"price\":1,\"stamp\":\"YWJj\"}]"));

    private static BulkInsertFixture fixture;

    private final String org = fixture.newOrg();

    @BeforeAll
    static void share(BulkInsertFixture shared) {
        fixture = shared;
    }

    @BeforeEach
    void create() {
        fixture.createTable(org, TABLE);
    }

    private static String bad(int index) {
        return "{\"parcel_id\":%d,%s}".formatted(index + 10, BAD.get(index).get(1));
    }

    private static String[] rows() {
        Stream<String> bad = java.util.stream.IntStream.range(0, BAD.size()).mapToObj(LimitedColumnsTests::bad);
        return Stream.concat(Stream.concat(Stream.of(FULL), bad), Stream.of(BARE))
                .toArray(String[]::new);
    }

    private Order order(boolean object, String... rows) throws IOException {
        String text = String.join("\n", rows);
        if (object) {
            fixture.object(org + "/rows.ndjson", text.getBytes(StandardCharsets.UTF_8));
            return Order.of(TABLE, "gs://" + org + "/*.ndjson", org);
        }
        return Order.of(TABLE, fixture.file(org + ".ndjson", text), org);
    }

    private List<String> stored() {
        return fixture.texts("SELECT TO_JSON_STRING(row) FROM `sluice-local.%s_test.parcels` AS row ORDER BY parcel_id"
                .formatted(org));
    }

    private void requireGoodRows() {
        assertThat(stored())
                .containsExactly(
                        "{\"parcel_id\":1,\"label\":\"äöü😀\",\"weight\":\"-999.99\",\"worth\":\"999.999\",\"seal\":\"YWJj\","
                                + "\"sender\":{\"name\":\"ábcdé\",\"box\":{\"code\":\"äö\",\"fee\":\"999.9\"}},\"marks\":[\"ä😀\",\"\"],"
                                + "\"items\":[{\"sku\":\"abc\",\"price\":\"99.99\",\"stamp\":\"YWI=\"},{\"sku\":\"\",\"price\":0,\"stamp\":null}],"
                                + "\"plates\":\"-99999999999999999999999999999\"}",
                        "{\"parcel_id\":2,\"label\":null,\"weight\":null,\"worth\":null,\"seal\":null,\"sender\":null,\"marks\":[],\"items\":[],\"plates\":null}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"append", "merge"})
    void areKeptRowByRowAndNamedByTheirMember(String mode) throws IOException {
        LaunchOutcome outcome =
                fixture.start(order(false, rows()).with("mode", mode).with("maxRejects", BAD.size()));
        assertThat(fixture.counts(outcome)).containsExactly(19L, 17L, 2L, 0L, 0L, 0L);
        assertThat(fixture.deadLetters(outcome))
                .containsExactlyElementsOf(java.util.stream.IntStream.range(0, BAD.size())
                        .mapToObj(index -> "%d: column %s"
                                .formatted(index + 2, BAD.get(index).get(0)))
                        .toList());
        assertThat(fixture.run(outcome).rejectFile()).isNotNull();
        requireGoodRows();
    }

    /** Where neither its absolute value nor its rounding is a BIGNUMERIC. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void areKeptAtTheEndsOfTheRange(boolean object) throws IOException {
        String worth =
                "{\"parcel_id\":%d,\"worth\":\"%s578960446186580977117854925043439539266.3499233282028201972879200395656481996%d\"}";
        LaunchOutcome outcome =
                fixture.start(order(object, FULL, worth.formatted(3, "", 7), worth.formatted(4, "-", 8), BARE)
                        .with("maxRejects", 2));
        assertThat(fixture.counts(outcome)).containsExactly(4L, 2L, 2L, 0L, 0L, 0L);
        requireGoodRows();
    }

    @Test
    void areKeptWithinObjectsToo() throws IOException {
        String[] rows = rows();
        LaunchOutcome outcome = fixture.start(order(true, rows).with("maxRejects", BAD.size()));
        assertThat(fixture.counts(outcome)).containsExactly(19L, 17L, 2L, 0L, 0L, 0L);
        assertThat(fixture.deadLetters(outcome))
                .extracting(letter -> letter.replaceFirst("\\d+: column ([^: ]+).*", "$1"))
                .containsExactlyInAnyOrderElementsOf(BAD.stream()
                        .map(bad -> bad.get(0).replaceFirst("[: ].*", ""))
                        .toList());
        requireGoodRows();
    }
}
