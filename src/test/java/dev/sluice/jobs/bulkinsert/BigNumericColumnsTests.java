package dev.sluice.jobs.bulkinsert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.jobs.bulkinsert.BulkInsertFixture.Order;
import dev.sluice.launch.LaunchOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** BIGNUMERIC from the first byte to the table, at the ends of its range. */
@ExtendWith(SharedFixture.class)
class BigNumericColumnsTests {

    private static final String TABLE = "amounts";
    private static final String MOST = "578960446186580977117854925043439539266.34992332820282019728792003956564819967";
    private static final String BEYOND =
            "578960446186580977117854925043439539266.34992332820282019728792003956564819968";
    private static final String LEAST_STEP = "0.00000000000000000000000000000000000001";

    private static BulkInsertFixture fixture;

    private final String org = fixture.newOrg();

    @BeforeAll
    static void share(BulkInsertFixture shared) {
        fixture = shared;
    }

    private Order order(String format, boolean object, String... rows) throws IOException {
        byte[] text = String.join("\n", rows).getBytes(StandardCharsets.UTF_8);
        if (object) {
            fixture.object(org + "/rows." + format, text);
            return Order.of(TABLE, "gs://" + org + "/*." + format, org);
        }
        return Order.of(TABLE, fixture.file(org + "." + format, text), org);
    }

    private static String row(int id, String amount) {
        return "{\"amount_id\":%d,\"amount\":%s}".formatted(id, amount);
    }

    /** In the order of the amounts. */
    private List<String> stored() {
        return fixture.texts(
                "SELECT CONCAT(CAST(amount_id AS STRING), ' ', CAST(amount AS STRING)) FROM `sluice-local.%s_test.amounts` ORDER BY amount, amount_id"
                        .formatted(org));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void comesThroughDigitByDigit(boolean object) throws IOException {
        LaunchOutcome outcome = fixture.start(order(
                        "ndjson",
                        object,
                        row(1, "\"" + MOST + "\""),
                        row(2, "\"-" + MOST + "\""),
                        row(3, "\"" + LEAST_STEP + "\""),
                        row(4, "-7.5"),
                        row(5, "\"" + BEYOND + "\""),
                        row(6, "\"" + LEAST_STEP + "5\""),
                        row(7, "\"1e40\""),
                        row(8, "true"))
                .with("maxRejects", 4));
        assertThat(fixture.counts(outcome)).containsExactly(8L, 4L, 4L, 0L, 0L, 0L);
        assertThat(stored()).containsExactly("2 -" + MOST, "4 -7.5", "3 " + LEAST_STEP, "1 " + MOST);
        if (!object) {
            assertThat(fixture.deadLetters(outcome))
                    .containsExactly(
                            "5: column amount: not a valid BIGNUMERIC",
                            "6: column amount: not a valid BIGNUMERIC",
                            "7: column amount: not a valid BIGNUMERIC",
                            "8: column amount: not a valid BIGNUMERIC");
            assertThat(Files.readString(
                            Path.of(Objects.requireNonNull(fixture.run(outcome).rejectFile()))))
                    .contains(BEYOND, LEAST_STEP + "5");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void comesThroughWithAnExponent(boolean object) throws IOException {
        LaunchOutcome outcome = fixture.start(order(
                        "ndjson",
                        object,
                        row(1, "\"1e38\""),
                        row(2, "\"1E-1\""),
                        row(3, "\"1.5e-37\""),
                        row(4, "\".5\""),
                        row(5, "\"-12.50e+3\""),
                        row(9, "\"100.0e-40\""),
                        row(10, "\"0e-50\""),
                        row(11, "\"-0.0E-40\""),
                        row(12, "\".0e-50\""),
                        row(6, "\"1e-39\""),
                        row(7, "\"1.5e-38\""),
                        row(8, "\"6e38\""))
                .with("maxRejects", 3));
        assertThat(fixture.counts(outcome)).containsExactly(12L, 3L, 9L, 0L, 0L, 0L);
        assertThat(stored())
                .containsExactly(
                        "5 -12500",
                        "10 0",
                        "11 0",
                        "12 0",
                        "9 " + LEAST_STEP,
                        "3 0.00000000000000000000000000000000000015",
                        "2 0.1",
                        "4 0.5",
                        "1 1" + "0".repeat(38));
    }

    @Test
    void comesThroughFromCsv() throws IOException {
        LaunchOutcome outcome = fixture.start(
                Order.of(TABLE, fixture.file(org + ".csv", csv()), org).with("maxRejects", 1));
        assertThat(fixture.counts(outcome)).containsExactly(4L, 1L, 3L, 0L, 0L, 0L);
        assertThat(stored()).containsExactly("2 -" + MOST, "4 1.5", "1 " + MOST);
    }

    @Test
    void comesThroughFromAvro() throws IOException {
        String fields = "{\"name\":\"amount_id\",\"type\":\"long\"},{\"name\":\"amount\",\"type\":[\"null\","
                + "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":40,\"scale\":20}]}";
        Path file = TypedFiles.avro(
                fixture.file(org + ".avro", ""),
                fields,
                "{\"amount_id\":1,\"amount\":{\"bytes\":\"\\u0008\\u0021\\u00ab\\u000d\\u0044\\u0014\\u0098\\u0000\\u0000\"}}",
                "{\"amount_id\":2,\"amount\":{\"bytes\":\"\\u00ff\"}}");
        assertThat(fixture.counts(fixture.start(Order.of(TABLE, file, org)))).containsExactly(2L, 0L, 2L, 0L, 0L, 0L);
        assertThat(stored()).containsExactly("2 -0.00000000000000000001", "1 1.5");
    }

    private static String csv() {
        return "amount_id,amount\n1,%s\n2,-%s\n3,%s\n4,1.50\n".formatted(MOST, MOST, BEYOND);
    }

    @Test
    void isMergedByItsValueInRecordsAndArraysToo() throws IOException {
        String nested = "{\"amount_id\":1,\"amount\":1.50,\"parts\":[\"%s\",\"-%s\"],\"fee\":{\"rate\":\"%s\"}}"
                .formatted(MOST, MOST, LEAST_STEP);
        assertThat(fixture.counts(fixture.start(order("ndjson", false, nested, row(2, "2")))))
                .containsExactly(2L, 0L, 2L, 0L, 0L, 0L);
        String same = nested.replace("1.50", "\"1.5\"");
        LaunchOutcome merged =
                fixture.start(order("ndjson", false, same, row(2, "\"2." + LEAST_STEP.substring(2) + "\""), row(3, "3"))
                        .with("mode", "merge")
                        .with("batch", "2"));
        assertThat(fixture.counts(merged)).containsExactly(3L, 0L, 1L, 1L, 1L, 0L);
        assertThat(stored()).containsExactly("1 1.5", "2 2." + LEAST_STEP.substring(2), "3 3");
        assertThat(fixture.texts(
                        "SELECT TO_JSON_STRING(row) FROM `sluice-local.%s_test.amounts` AS row WHERE amount_id = 1"
                                .formatted(org)))
                .containsExactly(
                        "{\"amount_id\":1,\"amount\":\"1.5\",\"parts\":[\"%s\",\"-%s\"],\"fee\":{\"rate\":\"%s\"}}"
                                .formatted(MOST, MOST, LEAST_STEP));
    }

    @Test
    void isWhatTheLiveTableSaysItIs() throws IOException {
        fixture.counts(fixture.start(order("ndjson", false, row(1, "1"))));
        assertThat(fixture.texts(
                        "SELECT data_type FROM `sluice-local.%s_test.INFORMATION_SCHEMA.COLUMNS` WHERE table_name = 'amounts' ORDER BY ordinal_position"
                                .formatted(org)))
                .containsExactly("INT64", "BIGNUMERIC", "ARRAY<BIGNUMERIC>", "STRUCT<rate BIGNUMERIC>");
        assertThat(fixture.tenantRows(org, TABLE).get(0)).element(1).isEqualTo("1");
    }
}
