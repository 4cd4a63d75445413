package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements that make tables of tables, change them, and read them as they were. */
class TableStatementTests {

    /** Goes on by a second whenever somebody asks. */
    private static final class TickingClock extends Clock {

        private Instant now = Instant.parse("2024-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            now = now.plusSeconds(1);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new AssertionError("nobody asks for the time of a zone");
        }
    }

    @TempDir
    Path folder;

    private final TickingClock clock = new TickingClock();
    private Warehouse warehouse;

    @BeforeEach
    void open() throws Exception {
        warehouse = new Warehouse(folder, clock);
        warehouse.dataset("ds");
        warehouse.query(
                "CREATE TABLE ds.t (id INT64 NOT NULL, day DATE, tags ARRAY<STRING>, place STRUCT<city STRING, zip INT64>)"
                        + " PARTITION BY day CLUSTER BY id OPTIONS(description = 'things', labels = [('team', 'a')])");
        warehouse.query(
                "INSERT INTO ds.t VALUES (1, '2024-01-05', ['x', 'y'], STRUCT('Bern', 3000)), (2, NULL, [], NULL)");
    }

    @AfterEach
    void close() throws Exception {
        warehouse.close();
    }

    @Test
    void arraysAndStructsAreStoredAndRead() {
        assertThat(warehouse.rows("SELECT id, tags, place FROM ds.t ORDER BY id"))
                .isEqualTo("[[1, [x, y], [Bern, 3000]], [2, [], null]]");
        assertThat(warehouse.rows("SELECT tag, place.city FROM ds.t, UNNEST(tags) AS tag ORDER BY tag"))
                .isEqualTo("[[x, Bern], [y, Bern]]");
        assertThat(warehouse.rows("SELECT id, tag FROM ds.t LEFT JOIN UNNEST(tags) AS tag ORDER BY id, tag"))
                .isEqualTo("[[1, x], [1, y], [2, null]]");
    }

    @Test
    void aTableIsReadAsItWas() {
        Instant before = clock.instant();
        warehouse.query("UPDATE ds.t SET id = 20 WHERE id = 2");
        warehouse.query("DELETE FROM ds.t WHERE id = 1");
        assertThat(warehouse.rows("SELECT id FROM ds.t")).isEqualTo("[[20]]");
        assertThat(warehouse.rows(
                        "SELECT id FROM ds.t FOR SYSTEM_TIME AS OF TIMESTAMP '%s' ORDER BY id".formatted(before)))
                .isEqualTo("[[1], [2]]");
        warehouse.query(
                "CREATE SNAPSHOT TABLE ds.old CLONE ds.t FOR SYSTEM_TIME AS OF TIMESTAMP '%s'".formatted(before));
        warehouse.query("TRUNCATE TABLE ds.t");
        assertThat(warehouse.rows("SELECT id FROM ds.old ORDER BY id")).isEqualTo("[[1], [2]]");
        warehouse.refuses("DELETE FROM ds.old WHERE TRUE", "snapshot table and cannot be changed");
        warehouse.refuses("SELECT 1 FROM ds.t FOR SYSTEM_TIME AS OF TIMESTAMP '2020-01-01'", "Cannot read before");
        warehouse.refuses("SELECT 1 FROM ds.t FOR SYSTEM_TIME AS OF TIMESTAMP '2100-01-01'", "read in the future");
        warehouse.refuses("DROP TABLE ds.old", "use DROP SNAPSHOT TABLE");
        warehouse.query("CREATE TABLE ds.again CLONE ds.old");
        warehouse.query("INSERT INTO ds.again (id) VALUES (3)");
        assertThat(warehouse.rows("SELECT COUNT(*) FROM ds.again")).isEqualTo("[[3]]");
    }

    @Test
    void whatWasAppendedIsToldWhateverBecameOfIt() {
        warehouse.query("UPDATE ds.t SET id = 20 WHERE id = 2");
        Instant middle = clock.instant();
        warehouse.query(
                "MERGE ds.t USING (SELECT 3 AS id) AS s ON t.id = s.id WHEN NOT MATCHED THEN INSERT (id) VALUES (s.id)");
        warehouse.query("DELETE FROM ds.t WHERE id = 1");

        assertThat(warehouse.rows("SELECT id, _CHANGE_TYPE FROM APPENDS(TABLE ds.t, NULL, NULL) ORDER BY id"))
                .isEqualTo("[[1, INSERT], [2, INSERT], [3, INSERT]]");
        assertThat(warehouse.rows(
                        "SELECT a.id, a._CHANGE_TIMESTAMP > TIMESTAMP '%1$s' FROM APPENDS(TABLE ds.t, TIMESTAMP '%1$s') AS a"
                                .formatted(middle)))
                .isEqualTo("[[3, true]]");
        assertThat(warehouse.rows("SELECT COUNT(*) FROM APPENDS(TABLE `ds.t`, TIMESTAMP '2020-01-01', TIMESTAMP '%s')"
                        .formatted(middle)))
                .isEqualTo("[[2]]");
        warehouse.query("CREATE TABLE ds.c CLONE ds.t");
        warehouse.refuses("SELECT 1 FROM APPENDS(TABLE ds.c)", "no ordinary table");
        warehouse.refuses(
                "SELECT 1 FROM APPENDS(TABLE ds.t, TIMESTAMP '2024-01-02', TIMESTAMP '2024-01-01')", "before its end");
        warehouse.refuses("SELECT 1 FROM CHANGES(TABLE ds.t, NULL, NULL)", "table functions but APPENDS");
    }

    @Test
    void whatWasAppendedIsToldOfColumnsThatCommitsHaveToo() {
        warehouse.query("CREATE TABLE ds.n (number INT64, committed_at INT64, job STRING, tags ARRAY<STRING>)");
        warehouse.query("INSERT INTO ds.n (number, committed_at, job) VALUES (7, 8, 'j')");

        assertThat(warehouse.rows("SELECT number, committed_at, job, tags FROM APPENDS(TABLE ds.n, NULL, NULL)"))
                .isEqualTo("[[7, 8, j, []]]");
    }

    @Test
    void aTableKeepsItsRowsAndVersionsThroughChanges() {
        Instant before = clock.instant();
        warehouse.query("ALTER TABLE ds.t ADD COLUMN note STRING, ADD COLUMN IF NOT EXISTS id INT64");
        warehouse.query("UPDATE ds.t SET note = 'n' WHERE id = 1");
        warehouse.query(
                "ALTER TABLE ds.t RENAME COLUMN note TO remark, DROP COLUMN tags, ALTER COLUMN place DROP NOT NULL");
        warehouse.query("ALTER TABLE ds.t RENAME TO u");
        assertThat(warehouse.rows("SELECT id, remark FROM ds.u ORDER BY id")).isEqualTo("[[1, n], [2, null]]");
        assertThat(warehouse.rows(
                        "SELECT remark FROM ds.u FOR SYSTEM_TIME AS OF TIMESTAMP '%s' WHERE id = 1".formatted(before)))
                .isEqualTo("[[null]]");
        warehouse.query("CREATE TABLE ds.t (id INT64)");
        warehouse.refuses("ALTER TABLE ds.u RENAME TO t", "Already Exists");
        warehouse.refuses("ALTER TABLE ds.u DROP COLUMN day", "partitioning or clustering");
        warehouse.refuses("ALTER TABLE ds.none RENAME TO x", "Not found");
        warehouse.query("ALTER TABLE IF EXISTS ds.none RENAME TO x");
    }

    @Test
    void aTableIsMadeOfAQuery() {
        warehouse.query("CREATE TABLE ds.u CLUSTER BY city AS SELECT 3 AS id, 'Chur' AS city");
        warehouse.query("CREATE OR REPLACE TABLE ds.u CLUSTER BY city AS SELECT id, place.city AS city FROM ds.t");
        warehouse.query("DROP TABLE ds.t");
        warehouse.query("ALTER TABLE ds.u RENAME TO t");
        assertThat(warehouse.rows("SELECT * FROM ds.t ORDER BY id")).isEqualTo("[[1, Bern], [2, null]]");
        warehouse.query("CREATE TABLE IF NOT EXISTS ds.t AS SELECT 1 AS other");
        warehouse.refuses("CREATE TABLE ds.t AS SELECT 1 AS other", "Already Exists");
        warehouse.query("CREATE TABLE ds.like LIKE ds.t");
        assertThat(warehouse.rows("SELECT COUNT(*) FROM ds.like")).isEqualTo("[[0]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "(id INT64, day DATE)|none",
                "(id INT64, day DATE) PARTITION BY day|interval(type:day,field:day)",
                "PARTITION BY DATE_TRUNC(day, MONTH) CLUSTER BY id AS SELECT 1 AS id, DATE '2024-01-01' AS day|interval(type:month,field:day) clustering(id)",
                "(id INT64) PARTITION BY RANGE_BUCKET(id, GENERATE_ARRAY(0, 100, 10))|range(type:integer,field:id,start:0,end:100,interval:10)",
                "(id INT64) PARTITION BY _PARTITIONDATE|interval(type:day)",
                "CLONE ds.clustered|clustering(id)",
            })
    void aTableIsNotReplacedByOneWhoseRowsLieOtherwise(String replacement, String spec) {
        warehouse.query("CREATE TABLE ds.clustered (id INT64) CLUSTER BY id");

        warehouse.refuses(
                "CREATE OR REPLACE TABLE ds.t " + replacement,
                ("Cannot replace a table with a different partitioning spec. Instead, DROP the table, and then recreate it."
                                + " New partitioning spec is %s and existing spec is interval(type:day,field:day) clustering(id)")
                        .formatted(spec));
        assertThat(warehouse.rows("SELECT COUNT(*) FROM ds.t")).isEqualTo("[[2]]");
    }

    @Test
    void aReplacementMayKeepItsPartitionsForAnotherTime() {
        warehouse.query("CREATE OR REPLACE TABLE ds.t (id INT64, day DATE) PARTITION BY day CLUSTER BY id"
                + " OPTIONS (partition_expiration_days = 3)");

        assertThat(warehouse.rows("SELECT COUNT(*) FROM ds.t")).isEqualTo("[[0]]");
    }

    @Test
    void viewsAndSnapshotsAreNotTruncated() {
        warehouse.query("CREATE VIEW ds.v AS SELECT id FROM ds.t");
        warehouse.query("CREATE SNAPSHOT TABLE ds.s CLONE ds.t");

        warehouse.refuses("TRUNCATE TABLE ds.v", "is a view and cannot be changed by DML");
        warehouse.refuses("TRUNCATE TABLE ds.s", "is a snapshot table and cannot be changed by DML");
        assertThat(warehouse.rows("SELECT COUNT(*) FROM ds.s")).isEqualTo("[[2]]");
    }

    @Test
    void viewsAreComputedWhenTheyAreRead() {
        warehouse.query("CREATE VIEW ds.v AS SELECT id * 10 AS ten FROM ds.t");
        warehouse.query("INSERT INTO ds.t (id) VALUES (3)");
        assertThat(warehouse.rows("SELECT SUM(ten) FROM ds.v")).isEqualTo("[[60]]");
        warehouse.refuses("DELETE FROM ds.v WHERE TRUE", "cannot be changed");
        warehouse.query("DROP VIEW ds.v");
        warehouse.refuses("SELECT * FROM ds.v", "Not found");
    }

    @Test
    void theInformationSchemaTellsTablesAndTheirPartitions() {
        assertThat(warehouse.rows(
                        "SELECT column_name, data_type, is_nullable, is_partitioning_column, clustering_ordinal_position"
                                + " FROM ds.INFORMATION_SCHEMA.COLUMNS ORDER BY ordinal_position"))
                .isEqualTo("[[id, INT64, NO, NO, 1], [day, DATE, YES, YES, null], [tags, ARRAY<STRING>, NO, NO, null],"
                        + " [place, STRUCT<city STRING, zip INT64>, YES, NO, null]]");
        assertThat(warehouse.rows(
                        "SELECT option_name, option_value FROM ds.INFORMATION_SCHEMA.TABLE_OPTIONS ORDER BY 1"))
                .isEqualTo("[[description, \"things\"], [labels, [STRUCT(\"team\", \"a\")]]]");
        assertThat(warehouse.rows(
                        "SELECT partition_id, total_rows, total_logical_bytes FROM ds.INFORMATION_SCHEMA.PARTITIONS"
                                + " ORDER BY partition_id"))
                .isEqualTo("[[20240105, 1, 36], [__NULL__, 1, 8]]");
        assertThat(
                        warehouse.rows(
                                "SELECT table_name, total_rows, total_partitions FROM `region-us`.INFORMATION_SCHEMA.TABLE_STORAGE"))
                .isEqualTo("[[t, 2, 2]]");
        assertThat(
                        warehouse.rows(
                                "SELECT total_rows, total_partitions FROM `region-us`.INFORMATION_SCHEMA.TABLE_STORAGE_BY_PROJECT"))
                .isEqualTo("[[2, 2]]");
        assertThat(warehouse
                        .query("SELECT 1 FROM ds.INFORMATION_SCHEMA.TABLES")
                        .statistics()
                        .getTotalBytesProcessed())
                .isEqualTo(10L << 20);
        assertThat(List.of(warehouse.rows("SELECT table_type FROM ds.INFORMATION_SCHEMA.TABLES")))
                .containsExactly("[[BASE TABLE]]");
    }
}
