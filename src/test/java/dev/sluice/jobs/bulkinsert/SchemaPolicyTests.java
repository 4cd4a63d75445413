package dev.sluice.jobs.bulkinsert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.jobs.bulkinsert.BulkInsertFixture.Order;
import dev.sluice.launch.ExitCode;
import dev.sluice.launch.LaunchOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sources with columns that their table has not. */
@ExtendWith(SharedFixture.class)
class SchemaPolicyTests {

    private static final String TABLE = "every_type";
    private static final int DECLARED = 9;

    private static BulkInsertFixture fixture;

    private final String org = fixture.newOrg();

    @BeforeAll
    static void share(BulkInsertFixture shared) {
        fixture = shared;
    }

    private Order order(String policy, String name, String... lines) throws IOException {
        Path file = fixture.file(org + name, String.join("\n", lines) + "\n");
        return Order.of(TABLE, file, org).with("schemaPolicy", policy);
    }

    private List<List<Object>> completed(Order order) {
        LaunchOutcome outcome = fixture.start(order);
        assertThat(outcome.messages()).isEmpty();
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.COMPLETED);
        return fixture.tenantRows(org, TABLE);
    }

    private List<Object> added(List<List<Object>> rows, int row) {
        return rows.get(row).subList(DECLARED, rows.get(row).size());
    }

    @Test
    void refusesUnknownColumnsUnlessItIsToldOtherwise() throws IOException {
        LaunchOutcome json = fixture.start(order("refuse", ".ndjson", "{\"id\":1,\"more\":2}"));
        assertThat(json.exitCode()).isEqualTo(ExitCode.FAILED);
        LaunchOutcome csv = fixture.start(order("refuse", ".csv", "id,more", "1,2"));
        assertThat(csv.exitCode()).isEqualTo(ExitCode.INVALID);
        assertThat(fixture.tenantRows(org, TABLE)).isEmpty();
    }

    @Test
    void ignoresUnknownColumns() throws IOException {
        List<List<Object>> rows = completed(order(
                "ignore", ".ndjson", "{\"more\":{\"a\":[1,{\"id\":7}]},\"id\":1,\"a_string\":\"x\"}", "{\"id\":2}"));
        assertThat(rows).extracting(row -> row.get(0)).containsExactly("1", "2");
        rows = completed(order("ignore", ".csv", "more,id,a_string", "m,3,y"));
        assertThat(rows).hasSize(3);
        assertThat(rows.get(2)).hasSize(DECLARED).startsWith("3", "y");
    }

    @Test
    void stillRejectsWhatIsWrongWithKnownColumns() throws IOException {
        Order order = order(
                "ignore",
                ".ndjson",
                "{\"more\":1,\"id\":\"x\"}",
                "{\"more\":}",
                "{\"sluice_row\":1,\"id\":2}",
                "{\"more\":1,\"id\":1}");
        LaunchOutcome outcome = fixture.start(order.with("mode", "merge").with("maxRejects", 3));
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.COMPLETED);
        assertThat(fixture.deadLetters(outcome)).hasSize(3).contains("3: column 'sluice_row' is not in the table");
    }

    @Test
    void addsColumnsOfTheTypesThatTheirValuesHave() throws IOException {
        List<List<Object>> rows = completed(order(
                "add-nullable",
                ".ndjson",
                "{\"id\":1,\"n_int\":1,\"n_float\":1,\"n_bool\":true,\"n_text\":\"t\",\"n_json\":{\"a\":1},\"n_null\":null}",
                "{\"id\":2,\"n_int\":-2,\"n_float\":2.5,\"n_json\":\"t\",\"N_TEXT\":null}"));
        assertThat(added(rows, 0)).startsWith("1", "1.0", "true", "t").endsWith((Object) null);
        assertThat(added(rows, 1)).startsWith("-2", "2.5", null, null);
        assertThat(rows.get(0)).hasSize(DECLARED + 6);
    }

    @Test
    void addsColumnsOfCsvAsTextAndLoadsAgainIntoThem() throws IOException {
        completed(order("refuse", "-0.csv", "id", "0"));
        List<List<Object>> rows = completed(order("add-nullable", "-1.csv", "id,more", "1,007"));
        assertThat(added(rows, 0)).containsExactly((Object) null);
        assertThat(added(rows, 1)).containsExactly("007");
        rows = completed(order("add-nullable", "-2.csv", "id,more", "2,b").with("mode", "merge"));
        assertThat(added(rows, 2)).containsExactly("b");

        LaunchOutcome other = fixture.start(order("add-nullable", "-3.ndjson", "{\"id\":3,\"more\":5}"));
        assertThat(other.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(other.messages()).singleElement().asString().contains("column more", "INT64");
    }

    @Test
    void addsADeclaredColumnThatTheLiveTableLacks() throws IOException {
        fixture.change("CREATE SCHEMA IF NOT EXISTS `sluice-local.%s_test`".formatted(org));
        fixture.change(("CREATE TABLE `sluice-local.%s_test.every_type` (id INT64 NOT NULL, a_string STRING,"
                        + " a_float FLOAT64, a_numeric NUMERIC, a_bool BOOL, a_timestamp TIMESTAMP, a_datetime DATETIME,"
                        + " a_json JSON)")
                .formatted(org));
        LaunchOutcome refused = fixture.start(order("refuse", "-1.csv", "id,a_date", "1,2026-11-26"));
        assertThat(refused.messages()).singleElement().asString().contains("column a_date");
        List<List<Object>> rows = completed(order("add-nullable", "-1.csv", "id,a_date", "1,2026-11-26"));
        assertThat(rows.get(0)).contains("2026-11-26");
    }
}
