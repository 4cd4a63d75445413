package dev.sluice.local.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What a dataset says of itself, and its tables' pasts. */
final class InformationChecks extends Area {

    InformationChecks(ConformanceTarget at) {
        super(at);
    }

    @Override
    String page() {
        return "information-schema-intro";
    }

    @Override
    Stream<DynamicTest> checks() {
        return Stream.concat(schema(), pasts());
    }

    private Stream<DynamicTest> schema() {
        return Stream.of(
                check("TABLES lists tables", () -> {
                    at.run("CREATE TABLE $.told (id INT64 NOT NULL, day DATE, tags ARRAY<STRING>) PARTITION BY day"
                            + " OPTIONS (description = 'told')");
                    at.run("INSERT INTO $.told (id, day) VALUES (1, '2024-01-01'), (2, '2024-01-01'), (3, NULL)");
                    assertThat(at.rows("SELECT table_type FROM $.INFORMATION_SCHEMA.TABLES WHERE table_name = 'told'"))
                            .isEqualTo("[[BASE TABLE]]");
                }),
                answers(
                        "COLUMNS lists columns in their order",
                        "SELECT column_name, is_nullable, data_type FROM $.INFORMATION_SCHEMA.COLUMNS"
                                + " WHERE table_name = 'told' ORDER BY ordinal_position",
                        "[[id, NO, INT64], [day, YES, DATE], [tags, NO, ARRAY<STRING>]]"),
                answers(
                        "COLUMNS tells the partitioning column",
                        "SELECT column_name FROM $.INFORMATION_SCHEMA.COLUMNS"
                                + " WHERE table_name = 'told' AND is_partitioning_column = 'YES'",
                        "[[day]]"),
                answers(
                        "PARTITIONS counts rows",
                        "SELECT partition_id, total_rows FROM $.INFORMATION_SCHEMA.PARTITIONS"
                                + " WHERE table_name = 'told' ORDER BY partition_id",
                        "[[20240101, 2], [__NULL__, 1]]"),
                answers(
                        "TABLE_OPTIONS tells the description",
                        "SELECT option_value FROM $.INFORMATION_SCHEMA.TABLE_OPTIONS"
                                + " WHERE table_name = 'told' AND option_name = 'description'",
                        "[[\"told\"]]"),
                check(
                        "partitions are listed",
                        () -> assertThat(at.client().listPartitions(at.table("told")))
                                .containsExactlyInAnyOrder("20240101", "__NULL__")));
    }

    private Stream<DynamicTest> pasts() {
        return Stream.of(
                check(
                        "a query that filters partitions reads and pays for them alone",
                        () -> assertThat(at.statistics("SELECT MAX(id) FROM $.told WHERE day = '2024-01-01'")
                                        .getTotalBytesProcessed())
                                .isEqualTo(2 * 16)),
                check("a table has a past", () -> {
                    String before = at.rows("SELECT CAST(CURRENT_TIMESTAMP() AS STRING)")
                            .replaceAll("[\\[\\]]", "");
                    at.run("DELETE FROM $.told WHERE id = 3");
                    assertThat(at.rows("SELECT COUNT(*) FROM $.told FOR SYSTEM_TIME AS OF TIMESTAMP '%s'"
                                    .formatted(before)))
                            .isEqualTo("[[3]]");
                    assertThat(at.rows("SELECT COUNT(*) FROM $.told")).isEqualTo("[[2]]");
                }),
                refuses(
                        "the future is not read",
                        "SELECT * FROM $.told FOR SYSTEM_TIME AS OF TIMESTAMP '2100-01-01 00:00:00+00'",
                        400,
                        "invalidQuery"),
                check("a table may demand a filter", () -> {
                    at.run("ALTER TABLE $.told SET OPTIONS (require_partition_filter = TRUE)");
                    assertThat(at.rows("SELECT COUNT(*) FROM $.told WHERE day > '2023-01-01'"))
                            .isEqualTo("[[2]]");
                }),
                refuses("a query without the filter is refused", "SELECT COUNT(*) FROM $.told", 400, "invalidQuery"));
    }
}
