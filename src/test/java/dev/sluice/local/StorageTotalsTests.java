package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.sql.TableName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a table stores, told by one statement. */
class StorageTotalsTests extends OwnWarehouse {

    private static final String ROWS =
            " SELECT 5 AS n, TIMESTAMP '2024-01-31 23:59:59.999999' AS at, DATE '2024-01-31' AS day,"
                    + " DATETIME '2024-01-31 12:00:00' AS noon UNION ALL SELECT 15, TIMESTAMP '2024-02-01 00:00:00', DATE '2024-02-01',"
                    + " DATETIME '2024-02-01 12:00:00' UNION ALL SELECT NULL, NULL, NULL, NULL UNION ALL SELECT 1000,"
                    + " TIMESTAMP '1959-12-31 00:00:00', DATE '2160-01-01', DATETIME '1959-12-31 12:00:00' UNION ALL SELECT -1,"
                    + " TIMESTAMP '2160-01-01 00:00:00', DATE '1950-01-01', DATETIME '2024-02-29 00:00:00'";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|0",
                "PARTITION BY day|4",
                "PARTITION BY DATE_TRUNC(day, MONTH)|4",
                "PARTITION BY DATE_TRUNC(day, YEAR)|3",
                "PARTITION BY TIMESTAMP_TRUNC(`at`, HOUR)|4",
                "PARTITION BY TIMESTAMP_TRUNC(`at`, DAY)|4",
                "PARTITION BY TIMESTAMP_TRUNC(`at`, YEAR)|3",
                "PARTITION BY DATETIME_TRUNC(noon, MONTH)|4",
                "PARTITION BY RANGE_BUCKET(n, GENERATE_ARRAY(0, 100, 10))|4",
            })
    void rowsBytesAndPartitionsAreCounted(@Nullable String partitioning, int partitions) {
        String clause = partitioning == null ? "" : partitioning;
        warehouse.query("CREATE TABLE ds.t %s AS%s".formatted(clause, ROWS.replace(" AS at", " AS `at`")));
        warehouse.query("INSERT ds.t (n) VALUES (5)");
        warehouse.query("DELETE FROM ds.t WHERE n = 5 AND day IS NULL");

        StorageTotals totals = warehouse.change(
                (connection, tables) -> StorageTotals.of(connection, tables.get(connection, new TableName("ds", "t"))));

        assertThat(totals).isEqualTo(new StorageTotals(5, 4 * 4 * 8, partitions));
        if (partitions > 0) {
            assertThat(warehouse.rows("SELECT COUNT(*), SUM(total_rows), SUM(total_logical_bytes) FROM"
                            + " ds.INFORMATION_SCHEMA.PARTITIONS"))
                    .isEqualTo("[[%d, 5, 128]]".formatted(partitions));
        }
    }

    @Test
    void anEmptyTableStoresNothing() {
        warehouse.query("CREATE TABLE ds.t (day DATE) PARTITION BY day");

        StorageTotals totals = warehouse.change(
                (connection, tables) -> StorageTotals.of(connection, tables.get(connection, new TableName("ds", "t"))));

        assertThat(totals).isEqualTo(new StorageTotals(0, 0, 0));
    }
}
