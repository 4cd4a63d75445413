package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.load.JsonValues;
import dev.sluice.local.sql.TableName;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that are partitioned by the time at which rows came. */
class ArrivalTests {

    private static final Clock AT = Clock.fixed(Instant.parse("2024-02-01T10:30:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private Warehouse warehouse;

    @BeforeEach
    void open() throws Exception {
        warehouse = new Warehouse(folder, AT);
        warehouse.dataset("ds");
        warehouse.query("CREATE TABLE ds.t (n INT64) PARTITION BY _PARTITIONDATE");
        warehouse.query("INSERT INTO ds.t (n) VALUES (1)");
        warehouse.query("INSERT INTO ds.t (_PARTITIONTIME, n) SELECT TIMESTAMP('2017-05-01'), 2");
    }

    @AfterEach
    void close() throws Exception {
        warehouse.close();
    }

    @Test
    void aRowIsInThePartitionOfItsArrivalOrOfWhatTheStatementSays() {
        assertThat(warehouse.rows("SELECT _PARTITIONTIME AS pt, _PARTITIONDATE AS pd, * FROM ds.t ORDER BY n"))
                .isEqualTo("[[2024-02-01T00:00, 2024-02-01, 1], [2017-05-01T00:00, 2017-05-01, 2]]");
        assertThat(warehouse.rows("SELECT * FROM ds.t WHERE _PARTITIONDATE = '2017-05-01'"))
                .isEqualTo("[[2]]");
        assertThat(warehouse.rows(
                        "SELECT partition_id, total_rows FROM ds.INFORMATION_SCHEMA.PARTITIONS ORDER BY partition_id"))
                .isEqualTo("[[20170501, 1], [20240201, 1]]");
    }

    @Test
    void partitionsAreLeftOutByBothPseudoColumns() {
        for (String filter : new String[] {
            "_PARTITIONTIME = '2017-05-01'",
            "_PARTITIONDATE IN ('2017-05-01', '2016-05-01')",
            "_PARTITIONTIME < TIMESTAMP('2024-01-01')",
            "TIMESTAMP_ADD(_PARTITIONTIME, INTERVAL 5 DAY) < TIMESTAMP('2024-01-01')"
        }) {
            assertThat(warehouse
                            .query("SELECT n FROM ds.t WHERE " + filter)
                            .statistics()
                            .getTotalBytesProcessed())
                    .as(filter)
                    .isEqualTo(8);
        }
        assertThat(warehouse
                        .query("SELECT n FROM ds.t WHERE _PARTITIONTIME IS NULL")
                        .statistics()
                        .getTotalBytesProcessed())
                .isZero();
    }

    @Test
    void changesMoveRowsAndKeepTheOthersWhereTheyAre() {
        warehouse.query("UPDATE ds.t SET n = n + 10 WHERE TRUE");
        warehouse.query("UPDATE ds.t SET _PARTITIONTIME = '2017-06-01' WHERE _PARTITIONTIME = '2017-05-01' AND n = 12");
        warehouse.query(
                "MERGE ds.t AS t USING (SELECT 11 AS n UNION ALL SELECT 13) AS s ON t.n = s.n WHEN MATCHED THEN UPDATE SET n"
                        + " = 21 WHEN NOT MATCHED THEN INSERT ROW");
        assertThat(warehouse.rows("SELECT n, _PARTITIONDATE AS d FROM ds.t ORDER BY n"))
                .isEqualTo("[[12, 2017-06-01], [13, 2024-02-01], [21, 2024-02-01]]");
        warehouse.query("DELETE FROM ds.t WHERE _PARTITIONTIME = '2017-06-01'");
        assertThat(warehouse.rows("SELECT n FROM ds.t ORDER BY n")).isEqualTo("[[13], [21]]");
    }

    @Test
    void copiesAndNewColumnsLeaveRowsInTheirPartitions() {
        warehouse.query("CREATE TABLE ds.copy COPY ds.t");
        warehouse.query("ALTER TABLE ds.copy ADD COLUMN more STRING");
        assertThat(warehouse.rows("SELECT n, more, _PARTITIONDATE AS d FROM ds.copy ORDER BY n"))
                .isEqualTo("[[1, null, 2024-02-01], [2, null, 2017-05-01]]");
    }

    @Test
    void streamedRowsHaveNoPartitionUntilTheyLeaveTheBuffer() {
        var row = JsonValues.JSON.readTree("{\"rows\": [{\"json\": {\"n\": 3}}]}");
        warehouse.change((connection, tables) ->
                new Streaming(tables, new StreamingBuffer(AT)).insert(connection, new TableName("ds", "t"), row));
        warehouse.query("ALTER TABLE ds.t ADD COLUMN more STRING");
        assertThat(warehouse.rows("SELECT n FROM ds.t WHERE _PARTITIONTIME IS NULL"))
                .isEqualTo("[[3]]");
        assertThat(
                        warehouse.rows(
                                "SELECT total_rows FROM ds.INFORMATION_SCHEMA.PARTITIONS WHERE partition_id = '__UNPARTITIONED__'"))
                .isEqualTo("[[1]]");
        warehouse.change((connection, tables) -> {
            new StreamingBuffer(Clock.offset(AT, Duration.ofHours(20))).flush(connection);
            return tables;
        });
        assertThat(warehouse.rows("SELECT n FROM ds.t WHERE _PARTITIONDATE = '2024-02-01' ORDER BY n"))
                .isEqualTo("[[1], [3]]");
    }

    @Test
    void otherGranularitiesHaveNoDate() {
        warehouse.query("CREATE TABLE ds.hours (n INT64) PARTITION BY TIMESTAMP_TRUNC(_PARTITIONTIME, HOUR)");
        warehouse.query("INSERT INTO ds.hours VALUES (1)");
        assertThat(warehouse.rows("SELECT _PARTITIONTIME AS pt FROM ds.hours")).isEqualTo("[[2024-02-01T10:00]]");
        warehouse.refuses("SELECT _PARTITIONDATE AS d FROM ds.hours", "Unrecognized name: _PARTITIONDATE");
    }

    @Test
    void whatBigQueryRefusesIsRefused() {
        warehouse.refuses(
                "INSERT INTO ds.t (_PARTITIONTIME, n) SELECT TIMESTAMP('2017-05-01 21:30:00'), 1", "exact start");
        warehouse.refuses("SELECT _PARTITIONTIME FROM ds.t", "Invalid field name \"_PARTITIONTIME\"");
        warehouse.refuses("CREATE TABLE ds.x (_PARTITIONTIME TIMESTAMP)", "Invalid field name");
        warehouse.refuses("CREATE TABLE ds.x PARTITION BY _PARTITIONDATE AS SELECT 1 AS n", "create it first");
        warehouse.query("ALTER TABLE ds.t SET OPTIONS(require_partition_filter = TRUE)");
        warehouse.refuses(
                "SELECT n FROM ds.t",
                "Cannot query over table 'test-project.ds.t' without a filter over column(s) '_PARTITION_LOAD_TIME',"
                        + " '_PARTITIONDATE', '_PARTITIONTIME' that can be used for partition elimination");
    }
}
