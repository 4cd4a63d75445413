package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long rows of dropped tables stay. */
class DroppedRowsTests extends OwnWarehouse {

    private static final String TABLES =
            "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'data' AND table_name LIKE 't%'";

    private List<String> after(Duration time) {
        return warehouse.change((connection, tables) -> {
            DroppedTables.forgetOld(connection, Instant.now().plus(time));
            return Store.texts(connection, TABLES);
        });
    }

    @Test
    void theyGoWhenNobodyCanTravelThereAnyMore() {
        warehouse.query("CREATE TABLE ds.t AS SELECT 1 AS n");
        warehouse.query("DROP TABLE ds.t");

        assertThat(after(Duration.ofDays(6))).hasSize(1);
        assertThat(after(Duration.ofDays(7))).isEmpty();
    }

    @Test
    void theOldestOfManyGo() {
        warehouse.query("CREATE TABLE ds.t AS SELECT 1 AS n");
        warehouse.query("DROP TABLE ds.t");
        warehouse.change((connection, tables) -> Store.update(
                connection,
                "INSERT INTO meta.dropped SELECT 10000 + i, 'ds', 'u', 'US', created_at, dropped_at + 1, kept_until, resource"
                        + " FROM meta.dropped, range(499) AS many (i)"));
        assertThat(after(Duration.ZERO)).hasSize(1);

        warehouse.query("CREATE TABLE ds.t AS SELECT 1 AS n");
        warehouse.query("CREATE OR REPLACE TABLE ds.t AS SELECT 2 AS n");

        assertThat(after(Duration.ZERO)).hasSize(2);
    }

    @Test
    void viewsAndTemporaryTablesLeaveNone() {
        warehouse.query("CREATE VIEW ds.v AS SELECT 1 AS n");
        warehouse.query("DROP VIEW ds.v");
        warehouse.query("CREATE TEMP TABLE a AS SELECT 1 AS n; SELECT n FROM a");

        List<String> kept =
                warehouse.change((connection, tables) -> Store.texts(connection, "SELECT name FROM meta.dropped"));
        assertThat(kept).isEmpty();
    }
}
