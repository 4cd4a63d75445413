package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.api.services.bigquery.model.TableDataInsertAllResponse;
import dev.sluice.local.load.JsonValues;
import dev.sluice.local.sql.TableName;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of insertAll that belong to another time. */
class StreamingBoundsTests {

    private static final Clock AT = Clock.fixed(Instant.parse("2024-02-01T10:30:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private Warehouse warehouse;

    @BeforeEach
    void open() throws Exception {
        warehouse = new Warehouse(folder, AT);
        warehouse.dataset("ds");
        warehouse.query("CREATE TABLE ds.moments (day TIMESTAMP, n INT64) PARTITION BY TIMESTAMP_TRUNC(day, MONTH)");
        warehouse.query("CREATE TABLE ds.days (n INT64, day DATE) PARTITION BY day");
        warehouse.query("CREATE TABLE ds.arrivals (day DATE) PARTITION BY _PARTITIONDATE");
        warehouse.query("CREATE TABLE ds.hours (n INT64) PARTITION BY TIMESTAMP_TRUNC(_PARTITIONTIME, HOUR)");
        warehouse.query("CREATE TABLE ds.plain (day DATE)");
    }

    @AfterEach
    void close() throws Exception {
        warehouse.close();
    }

    private TableDataInsertAllResponse stream(String table, String rows) {
        var request = JsonValues.JSON.readTree("{\"skipInvalidRows\": true, \"rows\": [%s]}".formatted(rows));
        return warehouse.change((connection, tables) ->
                new Streaming(tables, new StreamingBuffer(AT)).insert(connection, new TableName("ds", table), request));
    }

    private static String row(String at) {
        return "{\"json\": {\"day\": \"%s\"}}".formatted(at);
    }

    @Test
    void areTenYearsAgoAndAYearAhead() {
        var answer = stream(
                "moments",
                String.join(
                        ", ",
                        row("2014-02-02 23:59:59"),
                        row("2014-02-03 00:00:00"),
                        row("2025-02-01 23:59:59"),
                        row("2025-02-02 00:00:00"),
                        "{\"json\": {\"n\": 1}}"));

        assertThat(answer.getInsertErrors())
                .extracting(error -> error.getIndex())
                .containsExactly(0L, 3L);
        assertThat(answer.getInsertErrors().get(0).getErrors().get(0))
                .containsEntry("reason", "invalid")
                .containsEntry("location", "day")
                .containsEntry(
                        "message",
                        "Value 1391385599000000 for field day of the destination table test-project:ds.moments is outside the allowed bounds."
                                + " You can only stream to date range within 3650 days in the past and 366 days in the future"
                                + " relative to the current date.");
        assertThat(warehouse.rows("SELECT COUNT(*) FROM ds.moments")).isEqualTo("[[3]]");
    }

    @Test
    void holdForDatesToo() {
        assertThat(stream("days", row("2014-02-02") + ", " + row("2014-02-03")).getInsertErrors())
                .hasSize(1);
    }

    @Test
    void areNoneForOtherColumns() {
        assertThat(stream("arrivals", row("1970-01-01")).getInsertErrors()).isNull();
        assertThat(stream("plain", row("1970-01-01")).getInsertErrors()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"20240101", "20240131", "20240217"})
    void letAPartitionBeNamed(String partition) {
        stream("arrivals$" + partition, row("2024-02-01"));

        assertThat(warehouse.rows("SELECT FORMAT_DATE('%Y%m%d', _PARTITIONDATE) FROM ds.arrivals"))
                .isEqualTo("[[" + partition + "]]");
    }

    @ParameterizedTest
    @CsvSource({
        "arrivals$20231231, ds.arrivals, within 31 days in the past and 16 days in the future",
        "arrivals$20240218, ds.arrivals, partition arrivals$20240218 is outside the allowed bounds",
        "arrivals$2024, ds.arrivals, Invalid partition decorator",
        "hours$2024020110, ds.hours, only supported for daily partitioned tables",
        "days$20240201, ds.days, ds.days$20240201 is disallowed.",
        "plain$20240201, ds.plain, that is not partitioned",
    })
    void refusePartitions(String table, String whole, String message) {
        assertThatExceptionOfType(ApiError.class)
                .isThrownBy(() -> stream(table, row("2024-02-01")))
                .withMessageContaining(message);
        assertThat(warehouse.rows("SELECT COUNT(*) FROM " + whole)).isEqualTo("[[0]]");
    }
}
